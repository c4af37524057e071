import { RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { DocumentIcon } from "@/entities/documents/document-icon.tsx";
import type { TrashItem } from "@/entities/documents/sync/document.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { restoreFromTrash } from "@/entities/documents/sync/document-mutations.ts";
import { useDocumentMutations } from "@/entities/documents/sync/use-document-mutations.ts";
import { peopleById } from "@/entities/people/people-by-id.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useObservable } from "@/lib/observable.ts";
import { isEntryOf } from "@/sync/define-mutation.ts";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { AlertDialog } from "@/ui/dialogs/alert-dialog.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ScreenBody } from "@/ui/layout/screen-body.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { Rows } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

/** What was deleted and can be brought back, for thirty days. */
export function TrashScreen() {
  const { id: workspaceId } = useWorkspace();
  const { outbox } = useSyncClient();
  const trash = trpc.documents.trash.useQuery({ workspaceId }, { refetchOnMount: "always" });
  const [doomed, setDoomed] = useState<TrashItem | null>(null);
  const entries = useObservable(outbox.entries);
  const coming = new Set(
    entries.flatMap((e) => (isEntryOf(restoreFromTrash, e) && !e.refusal ? e.input.id : [])),
  );
  const items = trash.data?.filter(({ id }) => !coming.has(id));
  return (
    <>
      <ScreenHeader title="Bin" />
      {trash.error && !items ? (
        <div className="p-4">
          <ErrorNotice title="Couldn't load the bin" onRetry={() => trash.refetch()}>
            {formatError(trash.error)}
          </ErrorNotice>
        </div>
      ) : !items ? (
        <div role="status" aria-label="Loading bin" className="p-8">
          <Skeleton width="50%" height={14} />
        </div>
      ) : items.length === 0 ? (
        <div className="min-h-0 flex-1">
          <EmptyState icon={<Trash2 size={18} />} title="The bin is empty">
            Deleted documents appear here with everything inside them, and can be restored for 30
            days.
          </EmptyState>
        </div>
      ) : (
        <ScreenBody width="page">
          <p className="mb-3 text-muted">Documents are deleted permanently after 30 days.</p>
          <Rows label="Deleted documents">
            {items.map((item) => (
              <Item key={item.id} item={item} onPurge={() => setDoomed(item)} />
            ))}
          </Rows>
        </ScreenBody>
      )}
      <Purge item={doomed} onClose={() => setDoomed(null)} />
    </>
  );
}

function Item({ item, onPurge }: { item: TrashItem; onPurge: () => void }) {
  const { members } = useWorkspace();
  const { restoreFromTrash } = useDocumentMutations();
  const { undo } = useSyncClient();
  const by = peopleById(members).get(item.deletedBy ?? "");
  function bringBack() {
    const step = restoreFromTrash(item);
    notify({ title: `Restored “${nameOf(item)}”`, onUndo: () => undo.undo(step) });
  }
  return (
    <li className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      <span className="grid w-5 shrink-0 place-items-center text-muted">
        <DocumentIcon document={item} size={16} />
      </span>
      <div className="min-w-40 flex-1">
        <p dir="auto" className="truncate font-medium">
          {nameOf(item)}
        </p>
        <p className="truncate text-12 text-muted">
          Deleted <RelativeTime at={item.deletedAt} />
          {by && ` by ${by.name}`}
          {item.below > 0 && `, with ${item.below} inside it`}
        </p>
      </div>
      <div className="flex gap-2">
        <Button icon={<RotateCcw size={13} />} onClick={bringBack}>
          Restore
        </Button>
        {item.role === "owner" && (
          <Button
            variant="ghost"
            onClick={onPurge}
            aria-label={`Delete permanently: “${nameOf(item)}”`}
          >
            Delete permanently
          </Button>
        )}
      </div>
    </li>
  );
}

function Purge({ item, onClose }: { item: TrashItem | null; onClose: () => void }) {
  const { id: workspaceId } = useWorkspace();
  const cache = trpc.useUtils();
  const purge = trpc.documents.purge.useMutation({
    onSuccess: ({ id }) =>
      cache.documents.trash.setData({ workspaceId }, (list) => list?.filter((i) => i.id !== id)),
    onError: reportFailure("Couldn't delete the document"),
  });
  return (
    <AlertDialog
      open={item !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete “${item ? nameOf(item) : ""}” permanently?`}
      confirmLabel="Delete permanently"
      onConfirm={() => {
        if (item) purge.mutate({ id: item.id, mutationId: uuidv7() });
        onClose();
      }}
    >
      {item && item.below > 0 ? `It and ${item.below} below it are` : "It is"} gone then, with the
      text, its history and its comments. Nobody can bring that back.
    </AlertDialog>
  );
}
