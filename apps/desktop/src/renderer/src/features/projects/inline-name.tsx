import { type KeyboardEvent, useState } from "react";

type Props = {
  label: string;
  name: string;
  readOnly: boolean;
  onRename: (name: string) => void;
};

/** A name that is changed where it stands: Enter or leaving saves, Escape puts it back. */
export function InlineName({ label, name, readOnly, onRename }: Props) {
  const [typed, setTyped] = useState<string | null>(null);

  function save() {
    const next = typed?.trim();
    setTyped(null);
    if (next && next !== name) onRename(next);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Enter") event.currentTarget.blur();
    if (event.key === "Escape") {
      event.stopPropagation();
      setTyped(null);
    }
  }

  return (
    <input
      dir="auto"
      aria-label={label}
      maxLength={50}
      readOnly={readOnly}
      value={typed ?? name}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={onKeyDown}
      className="h-7 min-w-0 flex-1 rounded-control border border-transparent bg-transparent px-2 font-medium transition-colors not-read-only:hover:border-line-strong focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0"
    />
  );
}
