import { CircleCheck } from "lucide-react";
import { use, useState } from "react";
import { type ImportPlace, importPlace } from "@/entities/documents/export/import-place.ts";
import { formatFileName } from "@/entities/files/shown-name.ts";
import { formatWaiting } from "@/entities/imports/format-waiting.ts";
import { formatNumber } from "@/lib/locale.ts";
import { useObservable } from "@/lib/observable.ts";
import { paths } from "@/lib/paths.ts";
import { Button } from "@/ui/controls/button.tsx";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { formatBytes } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ProgressBar } from "@/ui/layout/progress-bar.tsx";
import { DocumentImportReport } from "./document-import-report.tsx";
import { FolderDrop } from "./folder-drop.tsx";
import { useDocumentImport } from "./use-document-import.ts";

/** Stands once in the workspace; `openDocumentImport` opens it from anywhere. */
export function DocumentImportDialog() {
  const place = useObservable(importPlace);
  // What was asked last stays while the dialog goes.
  const [shown, setShown] = useState(place);
  if (place && place !== shown) setShown(place);
  if (!shown) return null;
  return <Importing key={keyOf(shown)} place={shown} isOpen={place !== null} />;
}

const keyOf = ({ workspaceId, projectId, parentId }: ImportPlace) =>
  `${workspaceId}.${projectId}.${parentId}`;

function Importing({ place, isOpen }: { place: ImportPlace; isOpen: boolean }) {
  const navigate = use(NavigateContext);
  const importing = useDocumentImport(place);
  const { row, sending, problem, isStarted, send, cancel, again } = importing;
  const close = () => importPlace.set(null);
  const isDone = row?.state === "done";
  const isOver = isDone || row?.state === "failed" || row?.state === "cancelled";

  function show() {
    close();
    again();
    if (row?.rootId) navigate?.(paths.document(place.workspaceId, row.rootId));
  }

  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => !open && close()}
      width="large"
      title={isDone ? "Import complete" : `Import into ${place.name}`}
      description={
        isDone
          ? undefined
          : isStarted && !isOver
            ? "You can close this window. The import continues on the server, and everything appears when it's complete."
            : "Your files become a folder of documents. Links between them and images keep working."
      }
      footer={
        isDone ? (
          <>
            <Button onClick={again}>Import more</Button>
            <Button variant="primary" icon={<CircleCheck size={14} />} onClick={show}>
              Show documents
            </Button>
          </>
        ) : isOver ? (
          <Button onClick={again}>Start over</Button>
        ) : undefined
      }
    >
      {isDone && row.report ? (
        <DocumentImportReport report={row.report} />
      ) : row?.state === "failed" ? (
        <ErrorNotice title="Import stopped">{row.error?.message}</ErrorNotice>
      ) : row?.state === "cancelled" ? (
        <p className="py-4 text-13 text-muted">The import was cancelled. Nothing was imported.</p>
      ) : sending ? (
        <ProgressBar
          label={sending.size > 0 ? `Uploading ${formatFileName(sending.name)}` : "Reading files…"}
          value={sending.size > 0 ? sending.sent / sending.size : null}
          detail={
            sending.size > 0
              ? `${formatBytes(sending.sent)} of ${formatBytes(sending.size)} · ${formatBytes(sending.speed)}/s`
              : ""
          }
          onCancel={cancel}
        />
      ) : isStarted ? (
        <ProgressBar
          label={
            row && row.state !== "waiting" ? "Reading documents" : formatWaiting(row?.waitsFor)
          }
          value={row && row.total > 0 ? row.done / row.total : null}
          detail={
            row && row.total > 0
              ? `${formatNumber(row.done)} of ${formatNumber(row.total)} files`
              : ""
          }
          onCancel={cancel}
        />
      ) : (
        <div className="grid gap-3">
          {problem && <ErrorNotice title="Nothing was imported">{problem}</ErrorNotice>}
          <FolderDrop onPack={send} />
        </div>
      )}
    </Dialog>
  );
}
