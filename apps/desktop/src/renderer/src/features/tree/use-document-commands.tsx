import { FilePlus2, FolderPlus, LayoutTemplate } from "lucide-react";
import { DocumentIcon } from "@/entities/documents/document-icon.tsx";
import { useTreeCommands, useTreeParts } from "@/entities/documents/menu/tree-parts.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { useRecent, useTree } from "@/entities/documents/sync/use-tree.ts";
import { useCurrentProject } from "@/entities/projects/use-current-project.ts";
import type { Command } from "@/ui/dialogs/command.ts";

/** So many of what was open last stand in the palette. */
const RECENT = 6;

/** What the palette offers of documents. */
export function useDocumentCommands(): { create: Command[]; recent: Command[] } {
  const tree = useTree();
  const commands = useTreeCommands();
  const { dialog } = useTreeParts();
  const { project } = useCurrentProject();
  const recent = useRecent();

  const create: Command[] = [];
  const root = { parentId: null, projectId: null };
  if (tree.mayEditIn(null)) {
    create.push(
      {
        id: "new-document",
        label: "New document",
        group: "Create",
        icon: <FilePlus2 size={15} />,
        keywords: ["create", "page", "note", "write", "add"],
        run: () => commands.create("document", root, "open"),
      },
      {
        id: "new-from-template",
        label: "New document from template…",
        group: "Create",
        icon: <LayoutTemplate size={15} />,
        keywords: ["create", "copy"],
        run: () => dialog.set({ kind: "templates", spot: root }),
      },
      {
        id: "new-folder",
        label: "New folder",
        group: "Create",
        icon: <FolderPlus size={15} />,
        keywords: ["create", "documents", "add"],
        run: () => commands.create("folder", root, "name"),
      },
    );
  }
  if (project && !project.archivedAt && project.role !== "viewer") {
    create.push({
      id: "new-project-document",
      label: `New document in ${project.name}`,
      group: "Create",
      icon: <FilePlus2 size={15} />,
      keywords: ["create", "page", "note"],
      run: () => commands.create("document", { parentId: null, projectId: project.id }, "open"),
    });
  }

  const rows = recent.flatMap((id) => tree.rows.get(id) ?? []).slice(0, RECENT);
  return {
    create,
    recent: rows.map((row) => ({
      id: `document:${row.id}`,
      label: nameOf(row),
      group: "Recent documents",
      icon: <DocumentIcon document={row} />,
      run: () => commands.show(row),
    })),
  };
}
