import { Paperclip } from "lucide-react";
import { Button } from "@/ui/controls/button.tsx";
import { chooseFiles } from "@/ui/controls/choose-files.ts";
import type { UploadTarget } from "./upload/file-place.ts";
import { useUpload } from "./upload/use-upload.ts";

type Props = { place: UploadTarget; label?: string; variant?: "ghost" | "secondary" | "primary" };

export function AttachButton({ place, label = "Attach", variant = "ghost" }: Props) {
  const upload = useUpload();
  return (
    <Button
      size={variant === "ghost" ? "small" : "medium"}
      variant={variant}
      icon={<Paperclip size={13} />}
      onClick={() =>
        // A file has one newest version.
        chooseFiles({ multiple: !("replaces" in place) }, (files) => {
          for (const file of files) upload(file, place);
        })
      }
    >
      {label}
    </Button>
  );
}
