import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/ui/button.tsx";
import type { UploadTarget } from "./file-place.ts";
import { useUpload } from "./use-upload.ts";

type Props = { place: UploadTarget; label?: string; variant?: "ghost" | "secondary" | "primary" };

export function AttachButton({ place, label = "Attach", variant = "ghost" }: Props) {
  const upload = useUpload();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        size={variant === "ghost" ? "small" : "medium"}
        variant={variant}
        icon={<Paperclip size={13} />}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        // A file has one newest version.
        multiple={!("replaces" in place)}
        hidden
        aria-label="Files to attach"
        onChange={(event) => {
          for (const file of event.target.files ?? []) upload(file, place);
          // The same file again is a new choice.
          event.target.value = "";
        }}
      />
    </>
  );
}
