import { shownName } from "@guildhall/api/client";
import { Download, RotateCcw } from "lucide-react";
import { peopleById } from "@/entities/people/people-by-id.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { trpc } from "@/sync/trpc.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { formatBytes } from "@/ui/format/format-count.ts";
import { Spinner } from "@/ui/icons/spinner.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows } from "@/ui/layout/section.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { AttachButton } from "./attach-button.tsx";
import type { FileRow } from "./file.ts";
import { addressOf, saveFile, useFileAddress } from "./file-url.ts";
import { useUploadsTo } from "./upload/use-upload.ts";
import { UploadLine } from "./upload-line.tsx";
import { useFileMutations } from "./use-file-mutations.ts";

type Props = { file: FileRow; readOnly: boolean; onClose: () => void };

/** What the file was before: each of it to be fetched, or to be the newest again. */
export function FileVersions({ file, readOnly, onClose }: Props) {
  const { members } = useWorkspace();
  const { data, error, refetch } = trpc.files.versions.useQuery({ id: file.id });
  const arriving = useUploadsTo({ replaces: file.id });
  const address = useFileAddress(file.id);
  const mutations = useFileMutations();
  const people = peopleById(members);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Versions"
      description={<bdi>{shownName(file.name)}</bdi>}
      footer={
        !readOnly && (
          <AttachButton
            place={{ replaces: file.id }}
            label="Upload a new version"
            variant="secondary"
          />
        )
      }
    >
      {error && !data && <ErrorNotice title="Couldn't load versions" onRetry={refetch} />}
      {!data && !error && <Spinner />}
      {arriving.length > 0 && (
        <ul aria-label="Uploads" className="mb-2 grid gap-1">
          {arriving.map((upload) => (
            <UploadLine key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
      {data && (
        <Rows label="Versions">
          {data.map(({ id, n, size, createdAt, createdBy }) => (
            <li key={id} className="flex h-13 items-center gap-2 pr-2 pl-3">
              <p className="min-w-0 flex-1">
                <span className="block text-13">
                  Version {n}
                  {n === file.version && <span className="text-muted"> · current</span>}
                </span>
                <span className="block truncate text-12 text-muted">
                  {formatBytes(size)} · {people.get(createdBy ?? "")?.name ?? "A former member"},{" "}
                  <RelativeTime at={createdAt} />
                </span>
              </p>
              <IconButton
                label={`Download version ${n}`}
                icon={<Download size={14} />}
                disabled={!address}
                onClick={() => address && saveFile(addressOf(address, { version: n }), file.name)}
              />
              {!readOnly && n !== file.version && (
                <IconButton
                  label={`Restore version ${n}`}
                  icon={<RotateCcw size={14} />}
                  onClick={() => void mutations.restoreVersion(file, n)}
                />
              )}
            </li>
          ))}
        </Rows>
      )}
    </Dialog>
  );
}
