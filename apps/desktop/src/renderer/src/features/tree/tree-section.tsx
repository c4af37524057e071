import { useLocation } from "@tanstack/react-router";
import { FilePlus2, FolderPlus, LayoutTemplate, Plus, Star, Trash2 } from "lucide-react";
import { use } from "react";
import { DocumentIcon } from "@/entities/documents/document-icon.tsx";
import {
  TreeContext,
  useTreeCommands,
  useTreeParts,
} from "@/entities/documents/menu/tree-parts.ts";
import { useDocumentMenu } from "@/entities/documents/menu/use-document-menu.ts";
import type { DocumentView } from "@/entities/documents/sync/document.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { useFavourites, useTree } from "@/entities/documents/sync/use-tree.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { NavItem } from "@/ui/layout/nav-item.tsx";
import { ContextMenu } from "@/ui/overlays/context-menu.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { DocumentTree, TreeEnd } from "./document-tree.tsx";

/** What the sidebar shows of documents. */
export function TreeSection() {
  // Screens that are looked at without a workspace's shell have no tree.
  if (!use(TreeContext)) return null;
  return (
    <>
      <Favourites />
      <Documents />
    </>
  );
}

function Documents() {
  const { id: workspaceId, role } = useWorkspace();
  const { isLoading, mayEditIn, rows } = useTree();
  const { pathname } = useLocation();
  const entries = useNewEntries();
  return (
    <>
      <SectionTitle title="Documents">
        {mayEditIn(null) && (
          <Menu
            align="end"
            entries={entries}
            trigger={<IconButton label="New document" size="small" icon={<Plus size={14} />} />}
          />
        )}
      </SectionTitle>
      <DocumentTree />
      <TreeEnd>
        {!isLoading && rows.size === 0 && (
          <p className="px-2 py-1 text-12 text-muted">
            {role === "guest"
              ? "Documents that are shared with you appear here."
              : "No documents yet. Write down what you know."}
          </p>
        )}
      </TreeEnd>
      <NavItem href={paths.trash(workspaceId)} path={pathname} icon={<Trash2 size={15} />}>
        Bin
      </NavItem>
    </>
  );
}

/** Into the workspace itself. */
function useNewEntries(): MenuEntry[] {
  const { create } = useTreeCommands();
  const { dialog } = useTreeParts();
  const spot = { parentId: null, projectId: null };
  return [
    {
      label: "Document",
      icon: <FilePlus2 size={14} />,
      onSelect: () => setTimeout(() => create("document", spot, "name")),
    },
    {
      label: "Folder",
      icon: <FolderPlus size={14} />,
      onSelect: () => setTimeout(() => create("folder", spot, "name")),
    },
    {
      label: "From a template…",
      icon: <LayoutTemplate size={14} />,
      onSelect: () => setTimeout(() => dialog.set({ kind: "templates", spot })),
    },
  ];
}

function Favourites() {
  const ids = useFavourites();
  const { rows: all } = useTree();
  const rows = ids.flatMap((id) => all.get(id) ?? []);
  if (rows.length === 0) return null;
  return (
    <>
      <SectionTitle title="Favourites" icon={<Star size={12} aria-hidden="true" />} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-px">
        {rows.map((row) => (
          <Favourite key={row.id} row={row} />
        ))}
      </div>
    </>
  );
}

function Favourite({ row }: { row: DocumentView }) {
  const { pathname } = useLocation();
  const entries = useDocumentMenu(row);
  return (
    <ContextMenu entries={entries}>
      <div>
        <NavItem
          href={paths.document(row.workspaceId, row.id)}
          path={pathname}
          icon={<DocumentIcon document={row} />}
        >
          {nameOf(row)}
        </NavItem>
      </div>
    </ContextMenu>
  );
}

type TitleProps = { title: string; icon?: React.ReactNode; children?: React.ReactNode };

function SectionTitle({ title, icon, children }: TitleProps) {
  return (
    <div className="mt-4 flex h-7 shrink-0 items-center justify-between pl-2">
      <h2 className="flex items-center gap-1.5 font-medium text-12 text-faint">
        {icon}
        {title}
      </h2>
      {children}
    </div>
  );
}
