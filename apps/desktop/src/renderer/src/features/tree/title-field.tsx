import { useEffect, useRef } from "react";
import { useTreeCommands, useTreeParts } from "@/entities/documents/menu/tree-parts.ts";
import type { DocumentView } from "@/entities/documents/sync/document.ts";
import { usePageHide } from "@/ui/layout/use-page-hide.ts";

/** A title named in its place. Enter takes it, Escape leaves it as it was; a new document then opens. */
export function TitleField({ row, isNew }: { row: DocumentView; isNew: boolean }) {
  const { renaming, current } = useTreeParts();
  const { rename, show } = useTreeCommands();
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => field.current?.select(), []);

  function end(how: "take" | "leave" | "drop") {
    if (isDone.current) return;
    isDone.current = true;
    const title = field.current?.value ?? "";
    renaming.set(null);
    if (how !== "drop") rename(row, title);
    if (how === "leave") return;
    current.set({ id: row.id, wantsFocus: true });
    if (isNew && how === "take" && row.kind === "document") show(row);
  }

  usePageHide(() => end("leave"));

  return (
    <input
      dir="auto"
      ref={field}
      aria-label="Title"
      defaultValue={row.title}
      placeholder="Untitled"
      maxLength={500}
      // biome-ignore lint/a11y/noAutofocus: it was asked for by a key, a menu or a button.
      autoFocus
      onClick={(event) => event.stopPropagation()}
      onBlur={() => end("leave")}
      onKeyDown={(event) => {
        // The keys of the tree are letters here.
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") end("take");
        if (event.key === "Escape") end("drop");
      }}
      className="mx-0.5 h-6 min-w-0 flex-1 rounded-[4px] border border-accent bg-surface px-1 font-normal text-ink outline-none"
    />
  );
}
