import { useEffect, useState } from "react";
import { type ExportAsked, exportAsked } from "@/entities/documents/export/export-request.ts";
import { fetchExport } from "@/entities/documents/export/fetch-export.ts";
import { useObservable } from "@/lib/observable.ts";
import { formatError } from "@/sync/format-error.ts";
import { type Received, saveBlob } from "@/sync/server/fetch-file.ts";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { formatBytes } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ProgressBar } from "@/ui/layout/progress-bar.tsx";
import { notify } from "@/ui/overlays/toast.ts";

/** Stands once in the workspace; `startDocumentExport` begins one from anywhere. */
export function DocumentExportDialog() {
  const asked = useObservable(exportAsked);
  return asked && <Exporting asked={asked} />;
}

function Exporting({ asked }: { asked: ExportAsked }) {
  const [received, setReceived] = useState<Received | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const close = () => exportAsked.set(null);

  useEffect(() => {
    const calledOff = new AbortController();
    fetchExport(asked, { signal: calledOff.signal, onProgress: setReceived }).then(
      ({ blob, name }) => {
        saveBlob(blob, name);
        notify({ title: `Saved ${name} (${formatBytes(blob.size)})` });
        exportAsked.set(null);
      },
      (error) => {
        if (!calledOff.signal.aborted) setProblem(formatError(error));
      },
    );
    return () => calledOff.abort();
  }, [asked]);

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      width="small"
      title={problem ? "Export failed" : `Exporting ${asked.name}`}
    >
      {problem ? (
        <ErrorNotice title="No file was saved">{problem}</ErrorNotice>
      ) : (
        <ProgressBar
          label="Collecting documents and files"
          // How much it will be is only known when it is there.
          value={
            received && received.about > 0 ? Math.min(0.97, received.bytes / received.about) : null
          }
          detail={
            received ? `${formatBytes(received.bytes)} · ${formatBytes(received.speed)}/s` : ""
          }
          onCancel={close}
        />
      )}
    </Dialog>
  );
}
