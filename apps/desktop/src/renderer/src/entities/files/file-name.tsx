import { shownName } from "@guildhall/api/client";

/** On one line, cut where its place ends; the whole of it in the tooltip. */
export function FileName({ name, className = "" }: { name: string; className?: string }) {
  const shown = shownName(name);
  return (
    <span className={`block truncate ${className}`} title={shown}>
      <bdi>{shown}</bdi>
    </span>
  );
}
