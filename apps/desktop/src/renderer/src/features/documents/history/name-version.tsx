import { Bookmark } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { DocumentVersion } from "@/entities/documents/sync/document.ts";
import { useNameVersion } from "@/entities/documents/sync/use-versions.ts";
import { formatError } from "@/sync/format-error.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Popover } from "@/ui/overlays/popover.tsx";

type Props = {
  documentId: string;
  /** Null: how the document reads now. */
  version: DocumentVersion | null;
};

/** A name keeps a version for good, and makes it easy to find. */
export function NameVersion({ documentId, version }: Props) {
  const [isOpen, setOpen] = useState(false);
  const label = version?.name ? "Rename version" : "Name version";
  return (
    <Popover
      label={label}
      align="end"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" variant="ghost" icon={<Bookmark size={13} />} aria-label={label}>
          {version?.name ? "Rename" : "Name"}
        </Button>
      }
    >
      {isOpen && <NameForm {...{ documentId, version }} onDone={() => setOpen(false)} />}
    </Popover>
  );
}

function NameForm({ documentId, version, onDone }: Props & { onDone: () => void }) {
  const nameVersion = useNameVersion(documentId);
  const [name, setName] = useState(version?.name ?? "");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function save(to: string | null) {
    setBusy(true);
    try {
      await nameVersion(version, to);
      onDone();
    } catch (failure) {
      setError(formatError(failure));
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) save(name.trim());
  }

  return (
    <form onSubmit={submit} className="w-72 p-3">
      <TextField
        label="Version name"
        hint="Named versions are kept permanently."
        placeholder="Sent to the printer"
        maxLength={200}
        autoFocus
        value={name}
        onValueChange={setName}
        error={error}
      />
      <div className="mt-3 flex justify-end gap-2">
        {version?.name && (
          <Button size="small" variant="ghost" onClick={() => save(null)} disabled={isBusy}>
            Remove name
          </Button>
        )}
        <Button type="submit" size="small" variant="primary" disabled={!name.trim()} busy={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}
