import { Download } from "lucide-react";
import { useRef, useState } from "react";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { fetchFile, type Received, saveBlob } from "@/sync/server/fetch-file.ts";
import { Button } from "@/ui/controls/button.tsx";
import { formatBytes } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ProgressBar } from "@/ui/layout/progress-bar.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";

/** Made while it is sent, so that nobody knows beforehand how much it is. */
export default function OwnDataSection() {
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
      saveBlob(blob, name ?? "Guildhall data.zip");
      notify({ title: `Saved ${name} (${formatBytes(blob.size)})` });
    } catch (error) {
      if (!stopper.signal.aborted) setProblem(error instanceof Error ? error.message : "");
    }
    setReceived(null);
  }

  const begin = useConfirmed(({ exports }) => exports.askForOwnData.mutate({}), {
    onSuccess: (asked) => void save(asked),
    onError: (error) => setProblem(error instanceof Error ? error.message : ""),
  });

  return (
    <Section
      title="Your data"
      lead="A ZIP file with your profile, sessions and settings, what you wrote, and the documents and tasks you made, as far as you have access to them now. Files you uploaded are listed in it."
    >
      {problem !== null && (
        <div className="mb-3">
          <ErrorNotice title="No file was saved">{problem}</ErrorNotice>
        </div>
      )}
      {received ? (
        <div className="max-w-[440px]">
          <ProgressBar
            label="Collecting your data"
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
          Export your data
        </Button>
      )}
    </Section>
  );
}
