import { CircleAlert, CloudUpload } from "lucide-react";
import { useObservable } from "@/lib/observable.ts";
import { formatCount } from "@/ui/format/format-count.ts";
import { Popover } from "@/ui/overlays/popover.tsx";
import { type Upload, uploads } from "./upload/upload-queue.ts";
import { UploadLine } from "./upload-line.tsx";

/** What is on its way, wherever one looks meanwhile. A click lists it. */
export function UploadState() {
  const all = useObservable(uploads);
  const open = all.filter(({ state }) => state !== "done");
  if (open.length === 0) return null;
  const stuck = open.filter(({ state }) => state === "failed" || state === "away").length;
  const isStuck = stuck === open.length;
  return (
    <Popover
      label="Uploads"
      align="end"
      trigger={
        <button
          type="button"
          className={`inline-flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-control px-2 text-12 tabular-nums transition-colors hover:bg-hover data-popup-open:bg-active ${isStuck ? "text-danger-ink" : "text-muted"}`}
        >
          {isStuck ? (
            <CircleAlert size={13} aria-hidden="true" />
          ) : (
            <CloudUpload size={13} aria-hidden="true" />
          )}
          {isStuck ? `${formatCount(stuck, "file")} not uploaded` : formatProgress(open)}
        </button>
      }
    >
      <ul
        aria-label="Uploads"
        className="grid max-h-96 w-96 max-w-[calc(100vw-24px)] gap-1 overflow-y-auto p-2"
      >
        {all.map((upload) => (
          <UploadLine key={upload.id} upload={upload} />
        ))}
      </ul>
    </Popover>
  );
}

function formatProgress(open: readonly Upload[]): string {
  const sum = (of: (upload: Upload) => number) => open.reduce((all, each) => all + of(each), 0);
  const part =
    sum(({ sentBytes }) => sentBytes) /
    Math.max(
      1,
      sum(({ size }) => size),
    );
  return `Uploading ${formatCount(open.length, "file")}, ${Math.floor(part * 100)} %`;
}
