import { FileText, X } from "lucide-react";
import { FileName } from "@/entities/files/file-name.tsx";
import { formatFileName } from "@/entities/files/shown-name.ts";
import { MAX_FILE_BYTES } from "@/entities/imports/send-import-file.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { formatBytes } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ProgressBar } from "@/ui/layout/progress-bar.tsx";
import type { Upload } from "./use-uploads.ts";

type Props = { upload: Upload; onRetry: () => void; onRemove: () => void };

export function UploadRow({ upload, onRetry, onRemove }: Props) {
  const { file, sentBytes, speed, state, problem } = upload;
  const remove = (
    <IconButton
      label={`Remove ${formatFileName(file.name)}`}
      size="small"
      icon={<X size={14} />}
      onClick={onRemove}
    />
  );
  if (state === "sending") {
    const isSent = sentBytes >= file.size;
    return (
      <li className="rounded-control border px-3 py-2">
        <ProgressBar
          label={formatFileName(file.name)}
          value={isSent ? null : sentBytes / file.size}
          detail={
            isSent
              ? "Saving…"
              : `${formatBytes(sentBytes)} of ${formatBytes(file.size)} · ${formatBytes(speed)}/s`
          }
          onCancel={onRemove}
        />
      </li>
    );
  }
  if (state === "failed") {
    return (
      <li className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <ErrorNotice
            title={`Couldn't upload ${formatFileName(file.name)}`}
            onRetry={file.size > MAX_FILE_BYTES ? undefined : onRetry}
          >
            {problem}
          </ErrorNotice>
        </div>
        {remove}
      </li>
    );
  }
  return (
    <li className="flex h-10 items-center gap-2.5 rounded-control border px-3">
      <FileText size={15} className="shrink-0 text-muted" aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate font-medium">
        <FileName name={file.name} />
      </span>
      <span className="text-12 text-muted tabular-nums">{formatBytes(file.size)}</span>
      {remove}
    </li>
  );
}
