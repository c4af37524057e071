import type { DocumentRow } from "@/entities/documents/sync/document.ts";
import { useFavourites, useTree } from "@/entities/documents/sync/use-tree.ts";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { documentMenu } from "./document-menu.tsx";
import { useTreeCommands, useTreeParts } from "./tree-parts.ts";

/** The menu of a document outside of the tree, where the keys of the tree do not work. */
export function useDocumentMenu(document: DocumentRow): () => MenuEntry[] {
  const tree = useTree();
  const parts = useTreeParts();
  const commands = useTreeCommands();
  const isFavourite = useFavourites().includes(document.id);
  return () => {
    const row = tree.rows.get(document.id);
    if (!row) return [];
    return documentMenu({ row, tree, commands, parts, isFavourite }).map((entry) =>
      "onSelect" in entry ? { ...entry, keys: undefined } : entry,
    );
  };
}

/** On the page of the document itself, which is open already and has its own way to copy the link. */
export function useOpenDocumentMenu(document: DocumentRow): () => MenuEntry[] {
  const entries = useDocumentMenu(document);
  const here = new Set(["Open", "Copy link"]);
  return () => entries().filter((entry) => !("label" in entry && here.has(entry.label)));
}
