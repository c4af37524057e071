import { type FormEvent, useId, useState } from "react";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { formatError } from "@/sync/format-error.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";

type Props = {
  passkey: { id: string; name: string };
  onClose: () => void;
  onRenamed: () => void;
};

export function NamePasskeyDialog({ passkey, onClose, onRenamed }: Props) {
  const form = useId();
  const [name, setName] = useState(passkey.name);
  const rename = useConfirmed(
    ({ factors }, input: { id: string; name: string }) => factors.renamePasskey.mutate(input),
    { onSuccess: onRenamed },
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    rename.mutate({ id: passkey.id, name: name.trim() });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="small"
      title="Rename passkey"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            busy={rename.isPending}
            disabled={!name.trim()}
          >
            Rename
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <TextField
          label="Name"
          maxLength={100}
          value={name}
          onValueChange={setName}
          error={rename.error && formatError(rename.error)}
        />
      </form>
    </Dialog>
  );
}
