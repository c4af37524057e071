import { Download } from "lucide-react";
import type { ReactNode } from "react";
import type { FileRow } from "@/entities/files/file.ts";
import { FilePicture } from "@/entities/files/file-picture.tsx";
import { saveFile, useFileAddress } from "@/entities/files/file-url.ts";
import { Button } from "@/ui/controls/button.tsx";

/** Why there is nothing to see, and the way to the file itself. */
export function NoPreview({ file, children }: { file: FileRow; children: ReactNode }) {
  const address = useFileAddress(file.id);
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-4 px-16 text-center">
      <span className="size-16 overflow-hidden rounded-panel border">
        <FilePicture file={{ ...file, preview: "none" }} iconSize={28} />
      </span>
      <p className="max-w-96 text-13 text-muted">{children}</p>
      <Button
        icon={<Download size={14} />}
        disabled={!address}
        onClick={() => address && saveFile(address, file.name)}
      >
        Download
      </Button>
    </div>
  );
}
