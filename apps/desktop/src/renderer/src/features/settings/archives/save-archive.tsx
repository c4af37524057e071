import { Download } from "lucide-react";
import { useRef, useState } from "react";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { fetchFile, type Received, saveBlob } from "@/sync/server/fetch-file.ts";
import { Button } from "@/ui/controls/button.tsx";
import { formatBytes } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ProgressBar } from "@/ui/layout/progress-bar.tsx";
import { notify } from "@/ui/overlays/toast.ts";

type Props = {
  label: string;
  /** What is said while it comes. */
  progress: string;
  /** Where the server names none. */
  fileName: string;
  /** Asks for it, once its person has shown that it's them: where it is to be had. */
  ask: Parameters<typeof useConfirmed<{ path: string }, void>>[0];
};

/** A ZIP file that is made while it is sent, so that nobody knows beforehand how much it is. */
export function SaveArchive({ label, progress, fileName, ask }: Props) {
  const [received, setReceived] = useState<Received | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const calledOff = useRef<AbortController | null>(null);

  async function save({ path }: { path: string }) {
    const stopper = new AbortController();
    calledOff.current = stopper;
    setReceived({ bytes: 0, about: 0, speed: 0 });
    try {
      const how = { signal: stopper.signal, onProgress: setReceived };
      const { blob, name } = await fetchFile(path, how);
      saveBlob(blob, name ?? fileName);
      notify({ title: `Saved ${name ?? fileName} (${formatBytes(blob.size)})` });
    } catch (error) {
      if (!stopper.signal.aborted) setProblem(error instanceof Error ? error.message : "");
    }
    setReceived(null);
  }

  const begin = useConfirmed(ask, {
    onSuccess: (asked) => void save(asked),
    onError: (error) => setProblem(error instanceof Error ? error.message : ""),
  });

  return (
    <>
      {problem !== null && (
        <div className="mb-3">
          <ErrorNotice title="No file was saved">{problem}</ErrorNotice>
        </div>
      )}
      {received ? (
        <div className="max-w-[440px]">
          <ProgressBar
            label={progress}
            value={null}
            detail={`${formatBytes(received.bytes)} · ${formatBytes(received.speed)}/s`}
            onCancel={() => calledOff.current?.abort()}
          />
        </div>
      ) : (
        <Button
          icon={<Download size={14} />}
          busy={begin.isPending}
          onClick={() => {
            setProblem(null);
            begin.mutate();
          }}
        >
          {label}
        </Button>
      )}
    </>
  );
}
