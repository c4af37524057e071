import { shownName } from "@guildhall/api/client";
import { CircleAlert, Pause, Play, RotateCw, X } from "lucide-react";
import { Button } from "@/ui/controls/button.tsx";
import { chooseFiles } from "@/ui/controls/choose-files.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { formatBytes } from "@/ui/format/format-count.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { FileName } from "./file-name.tsx";
import { formatFileName } from "./shown-name.ts";
import {
  cancelUpload,
  giveFile,
  pauseUpload,
  resumeUpload,
  type Upload,
} from "./upload/upload-queue.ts";

const words: Record<Upload["state"], (upload: Upload) => string> = {
  waiting: () => "Waiting to upload",
  sending: ({ sentBytes, size, speed }) =>
    sentBytes >= size
      ? "Saving…"
      : `${formatBytes(sentBytes)} of ${formatBytes(size)} · ${formatBytes(speed)}/s`,
  lost: () => "Offline. The upload resumes when you're back online.",
  paused: ({ sentBytes, size }) => `Paused at ${formatBytes(sentBytes)} of ${formatBytes(size)}`,
  away: () => "Incomplete because the page was closed. Choose the file again to resume.",
  failed: ({ problem }) => problem ?? "Not uploaded",
  done: ({ size }) => formatBytes(size),
};

/** One file on its way: how far it is, and what one may do about it. */
export function UploadLine({ upload }: { upload: Upload }) {
  const { id, state, sentBytes, size } = upload;
  const name = shownName(upload.name);
  const isUnderWay = state === "sending" || state === "waiting" || state === "lost";
  return (
    <li className="relative flex min-h-11 items-center py-1 gap-3 overflow-hidden rounded-control border px-3">
      <div className="min-w-0 flex-1">
        <FileName name={name} className="text-13" />
        <p
          role={state === "failed" ? "alert" : undefined}
          className={`text-12 tabular-nums ${state === "failed" ? "text-danger-ink" : "truncate text-muted"}`}
        >
          {state === "failed" && (
            <CircleAlert size={12} className="mr-1 inline align-[-2px]" aria-hidden="true" />
          )}
          {words[state](upload)}
        </p>
      </div>
      <span className="flex shrink-0 items-center">
        {isUnderWay && (
          <IconButton
            label={`Pause ${name}`}
            size="small"
            icon={<Pause size={13} />}
            onClick={() => pauseUpload(id)}
          />
        )}
        {state === "away" && (
          <Button size="small" onClick={() => chooseAgain(upload)}>
            Choose file
          </Button>
        )}
        {(state === "paused" || state === "failed") && (
          <IconButton
            label={state === "paused" ? `Resume ${name}` : `Retry ${name}`}
            size="small"
            icon={state === "paused" ? <Play size={13} /> : <RotateCw size={13} />}
            onClick={() => resumeUpload(id)}
          />
        )}
        {state !== "done" && (
          <IconButton
            label={`Cancel ${name}`}
            size="small"
            icon={<X size={14} />}
            onClick={() => cancelUpload(id)}
          />
        )}
      </span>
      {isUnderWay && (
        <span
          role="progressbar"
          aria-label={name}
          aria-valuenow={Math.round((sentBytes / Math.max(1, size)) * 100)}
          className="absolute bottom-0 left-0 h-0.5 bg-accent transition-[width] duration-150"
          style={{ width: `${(sentBytes / Math.max(1, size)) * 100}%` }}
        />
      )}
    </li>
  );
}

export function chooseAgain({ id, name }: Pick<Upload, "id" | "name">) {
  chooseFiles({ multiple: false }, ([file]) => {
    if (!file || giveFile(id, file)) return;
    notify({
      title: "That's a different file",
      description: `Choose ${formatFileName(name)} again, with the same name and size.`,
      tone: "failed",
    });
  });
}
