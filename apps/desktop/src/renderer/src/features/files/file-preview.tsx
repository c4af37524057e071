import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { byteWords } from "@/features/import/byte-words.ts";
import type { FileRow } from "@/sync/shapes.ts";
import { Button } from "@/ui/button.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { Spinner } from "@/ui/spinner.tsx";
import { saveFile, useFileAddress } from "./file-address.ts";
import { isPicture, kindOf } from "./file-kind.ts";
import { FilePicture } from "./file-picture.tsx";

/** A file, looked at without leaving. What cannot be shown is offered to be saved. */
export function FilePreview({ file, onClose }: { file: FileRow; onClose: () => void }) {
  const address = useFileAddress(file.id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={file.name}
      description={byteWords(file.size)}
      width="large"
      footer={
        <Button
          icon={<Download size={14} />}
          disabled={!address}
          onClick={() => address && saveFile(address, file.name)}
        >
          Download
        </Button>
      }
    >
      {address ? <Content file={file} address={address} /> : <Spinner />}
    </Dialog>
  );
}

function Content({ file, address }: { file: FileRow; address: string }) {
  const kind = kindOf(file.type);
  if (isPicture(file.type)) {
    return (
      <img
        src={address}
        alt={file.name}
        className="mx-auto max-h-[64vh] rounded-control object-contain"
      />
    );
  }
  if (kind === "video") {
    return (
      // biome-ignore lint/a11y/useMediaCaption: somebody's own recording; there are no captions to show.
      <video src={address} controls className="max-h-[64vh] w-full rounded-control bg-black" />
    );
  }
  if (kind === "audio") {
    // biome-ignore lint/a11y/useMediaCaption: somebody's own recording; there are no captions to show.
    return <audio src={address} controls className="w-full" />;
  }
  if (kind === "text" || file.type === "text/csv") return <TextContent address={address} />;
  return (
    <div className="flex flex-col items-center gap-3 py-10 text-center text-13 text-muted">
      <span className="size-14 overflow-hidden rounded-panel border">
        <FilePicture file={file} iconSize={24} />
      </span>
      {file.type === "application/pdf"
        ? "A PDF opens in a window of its own: choose Open in the menu beside it."
        : "This kind of file has no preview. Download it to look at it."}
    </div>
  );
}

/** The beginning is enough to know what it is. */
const SHOWN_BYTES = 200_000;

function TextContent({ address }: { address: string }) {
  const { data, error } = useQuery({
    queryKey: ["file-text", address],
    queryFn: async ({ signal }) => {
      const range = `bytes=0-${SHOWN_BYTES - 1}`;
      const answer = await fetch(address, { headers: { range }, signal, credentials: "include" });
      if (!answer.ok && answer.status !== 416) throw new Error("not read");
      return answer.status === 416 ? "" : decode(await answer.arrayBuffer());
    },
  });
  if (error) return <p className="text-13 text-muted">The text could not be read.</p>;
  if (data === undefined) return <Spinner />;
  return (
    <pre className="max-h-[60vh] overflow-auto whitespace-pre-wrap rounded-control border bg-inset p-3 font-mono text-12">
      {data || "This file is empty."}
    </pre>
  );
}

function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}
