import { useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import type { FileRow } from "./file.ts";
import { useFileMutations } from "./use-file-mutations.ts";

export function RenameFile({ file, onClose }: { file: FileRow; onClose: () => void }) {
  const mutations = useFileMutations();
  const [name, setName] = useState(file.name);
  const bytes = new TextEncoder().encode(name).length;
  const problem = bytes > 255 ? "The name is too long." : undefined;
  const isReady = name.trim() !== "" && !problem;

  async function rename() {
    if (!isReady) return;
    if (name !== file.name) await mutations.rename(file, name);
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename file"
      width="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!isReady} onClick={rename}>
            Rename
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        error={problem}
        onValueChange={setName}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) void rename();
        }}
      />
    </Dialog>
  );
}
