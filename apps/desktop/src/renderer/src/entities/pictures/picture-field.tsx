import { ImageUp } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { sendToServer } from "@/entities/files/upload/send-bytes.ts";
import { formatError } from "@/sync/format-error.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { chooseFiles } from "@/ui/controls/choose-files.ts";
import { cx } from "@/ui/format/cx.ts";
import { ProgressBar } from "@/ui/layout/progress-bar.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import type { PictureKind } from "./use-pictures.ts";

type Props = {
  kind: PictureKind;
  id: string;
  /** As it is now, whatever stands there without one. */
  picture: ReactNode;
  hasPicture: boolean;
  onRemove: () => Promise<unknown>;
};

const ACCEPTED = "image/png,image/jpeg,image/gif,image/webp,image/avif";

/** Chosen, or dropped onto it. What comes of it is told by the feed, as to everybody else. */
export function PictureField({ kind, id, picture, hasPicture, onRemove }: Props) {
  const { progress, problem, send, stop, remove } = usePicture({ kind, id, onRemove });
  const [isOver, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void send(file);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop a file; the button does the same.
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx("flex items-center gap-4 rounded-panel", isOver && "bg-hover")}
    >
      {picture}
      <div className="grid min-w-0 flex-1 gap-1.5">
        {progress === null ? (
          <div className="flex flex-wrap gap-2">
            <Button
              icon={<ImageUp size={14} />}
              onClick={() =>
                chooseFiles({ multiple: false, accept: ACCEPTED }, ([file]) => file && send(file))
              }
            >
              {hasPicture ? "Change picture…" : "Upload picture…"}
            </Button>
            {hasPicture && (
              <Button variant="ghost" onClick={remove}>
                Remove
              </Button>
            )}
          </div>
        ) : (
          <ProgressBar
            label="Uploading picture"
            value={progress < 1 ? progress : null}
            detail=""
            onCancel={stop}
          />
        )}
        {problem ? (
          <p role="alert" className="text-12 text-danger-ink">
            {problem}
          </p>
        ) : (
          <p className="text-12 text-muted">
            PNG, JPEG, GIF, WebP or AVIF, up to 10 MB. Its middle is shown as a square.
          </p>
        )}
      </div>
    </div>
  );
}

function usePicture({ kind, id, onRemove }: Pick<Props, "kind" | "id" | "onRemove">) {
  const { id: userId } = useMe();
  /** From 0 to 1; null while nothing is sent. */
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const sending = useRef<AbortController | null>(null);

  async function attempt(act: () => Promise<unknown>, title: string) {
    setProblem(null);
    try {
      await act();
      notify({ title });
    } catch (error) {
      if (!sending.current?.signal.aborted) setProblem(formatError(error));
    }
    setProgress(null);
  }

  return {
    progress,
    problem,
    send: (body: File) => {
      const stopper = new AbortController();
      sending.current = stopper;
      setProgress(0);
      const sent = {
        ...{ address: `pictures/${kind}/${id}`, userId, body, signal: stopper.signal },
        onProgress: (bytes: number) => setProgress(body.size ? bytes / body.size : 1),
      };
      return attempt(() => sendToServer(sent), "Picture saved");
    },
    stop: () => sending.current?.abort(),
    remove: () => {
      sending.current = null;
      return attempt(onRemove, "Picture removed");
    },
  };
}
