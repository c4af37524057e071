import { shownName } from "@guildhall/api/client";
import { RotateCcw, Trash2 } from "lucide-react";
import type { FileRow } from "@/entities/files/file.ts";
import { FileName } from "@/entities/files/file-name.tsx";
import { FilePicture } from "@/entities/files/file-picture.tsx";
import { useFileMutations } from "@/entities/files/use-file-mutations.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { formatBytes } from "@/ui/format/format-count.ts";
import { Spinner } from "@/ui/icons/spinner.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows } from "@/ui/layout/section.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

type Props = { projectId: string; readOnly: boolean };

/** What was deleted in a project, to be brought back. */
export function DeletedFiles({ projectId, readOnly }: Props) {
  const { data, error, refetch } = trpc.files.list.useQuery({ projectId, deleted: true });
  if (error && !data) {
    return <ErrorNotice title="Couldn't load deleted files" onRetry={() => refetch()} />;
  }
  if (!data) return <Spinner />;
  if (data.items.length === 0) {
    return (
      <EmptyState icon={<Trash2 size={18} />} title="No deleted files">
        Deleted files appear here and can be restored for 30 days.
      </EmptyState>
    );
  }
  return (
    <>
      <p className="mb-3 text-13 text-muted">Files are deleted permanently after 30 days.</p>
      <Rows label="Deleted files">
        {data.items.map((file) => (
          <Deleted key={file.id} {...{ file, readOnly }} />
        ))}
      </Rows>
    </>
  );
}

function Deleted({ file, readOnly }: { file: FileRow; readOnly: boolean }) {
  const mutations = useFileMutations();
  return (
    <li className="flex h-13 items-center gap-3 px-3">
      <span className="size-8 shrink-0 overflow-hidden rounded-control border">
        {/* Its bytes are given to nobody while it is here. */}
        <FilePicture file={{ ...file, preview: "declined" }} />
      </span>
      <div className="min-w-0 flex-1">
        <FileName name={file.name} className="text-13" />
        <p className="truncate text-12 text-muted tabular-nums">
          {formatBytes(file.size)}
          {file.deletedAt && (
            <>
              {" · deleted "}
              <RelativeTime at={file.deletedAt} />
            </>
          )}
        </p>
      </div>
      {!readOnly && (
        <Button
          icon={<RotateCcw size={13} />}
          aria-label={`Restore ${shownName(file.name)}`}
          onClick={() => void mutations.restore(file)}
        >
          Restore
        </Button>
      )}
    </li>
  );
}
