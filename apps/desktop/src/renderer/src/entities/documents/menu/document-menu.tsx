import {
  AppWindow,
  Archive,
  ArchiveRestore,
  CopyPlus,
  FilePlus2,
  FileText,
  FolderInput,
  FolderPlus,
  FolderUp,
  History,
  LayoutTemplate,
  Link2,
  LockKeyhole,
  Pencil,
  SmilePlus,
  Star,
  StarOff,
  Trash2,
} from "lucide-react";
import type { ReactNode } from "react";
import { exportEntries } from "@/entities/documents/export/export-entries.tsx";
import { openDocumentImport } from "@/entities/documents/export/import-place.ts";
import type { DocumentView } from "@/entities/documents/sync/document.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import type { ShownTree } from "@/entities/documents/sync/use-tree.ts";
import { keepOfflineEntry } from "@/entities/offline/keep-offline-entry.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import type { TreeCommands, TreeParts } from "./tree-parts.ts";
import { mayMove } from "./tree-places.ts";

type Parts = {
  row: DocumentView;
  tree: ShownTree;
  commands: TreeCommands;
  parts: TreeParts;
  isFavourite: boolean;
  /** Where it can be named in its place. */
  rename?: () => void;
};

const separator: MenuEntry = { kind: "separator" };

/** The menu of a document or folder: what may not be done there is left out. */
export function documentMenu({
  row,
  tree,
  commands,
  parts,
  isFavourite,
  rename,
}: Parts): MenuEntry[] {
  const ask = (kind: "move" | "share" | "icon") => () => parts.dialog.set({ kind, id: row.id });
  const entries: MenuEntry[] = [
    item("Open", <FileText size={14} />, () => commands.show(row), "enter"),
    item(
      isFavourite ? "Remove from favourites" : "Add to favourites",
      isFavourite ? <StarOff size={14} /> : <Star size={14} />,
      () => commands.setFavourite(row, !isFavourite),
    ),
    item("Copy link", <Link2 size={14} />, () => void commands.copyLink(row), "mod+shift+c"),
    item("Copy link for the app", <AppWindow size={14} />, () => void commands.copyAppLink(row)),
    item(tree.mayShare(row) ? "Access…" : "View access…", <LockKeyhole size={14} />, ask("share")),
    item("Activity", <History size={14} />, () => commands.showActivity(row)),
    keepOfflineEntry({
      ...{ kind: "document", id: row.id, workspaceId: row.workspaceId, name: nameOf(row) },
    }),
    ...exportEntries(row),
  ];
  if (!tree.mayEdit(row)) return entries;
  const spot = { parentId: row.id, projectId: row.projectId };
  entries.unshift(
    item(
      "New document inside",
      <FilePlus2 size={14} />,
      () => commands.create("document", spot, "name"),
      "mod+enter",
    ),
    item("New folder inside", <FolderPlus size={14} />, () =>
      commands.create("folder", spot, "name"),
    ),
    item("New from template inside…", <LayoutTemplate size={14} />, () =>
      parts.dialog.set({ kind: "templates", spot }),
    ),
    item("Import inside…", <FolderUp size={14} />, () =>
      openDocumentImport({ ...spot, workspaceId: row.workspaceId, name: `“${nameOf(row)}”` }),
    ),
    separator,
  );
  entries.push(separator);
  if (rename) entries.push(item("Rename", <Pencil size={14} />, rename, "f2"));
  entries.push(item("Icon…", <SmilePlus size={14} />, ask("icon")));
  if (mayMove(tree, row)) {
    entries.push(
      item("Move to…", <FolderInput size={14} />, ask("move"), "mod+shift+m"),
      item("Duplicate", <CopyPlus size={14} />, () => void commands.duplicate(row), "mod+d"),
    );
  }
  entries.push(
    item(
      row.isTemplate ? "Remove from templates" : "Save as template",
      <LayoutTemplate size={14} />,
      () => commands.setTemplate(row, !row.isTemplate),
    ),
    separator,
    row.archivedAt
      ? item("Unarchive", <ArchiveRestore size={14} />, () => commands.restore(row))
      : item("Archive", <Archive size={14} />, () => commands.archive(row), "alt+e"),
    {
      label: "Delete",
      icon: <Trash2 size={14} />,
      keys: "mod+backspace",
      danger: true,
      onSelect: () => commands.remove(row),
    },
  );
  return entries;
}

// A menu gives the focus back when it closes; what takes it comes after that.
const item = (label: string, icon: ReactNode, run: () => unknown, keys?: string): MenuEntry => ({
  label,
  icon,
  ...(keys && { keys }),
  onSelect: () => setTimeout(run),
});
