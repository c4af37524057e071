import { Command } from "cmdk";
import { House, Search } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { DocumentIcon } from "@/entities/documents/document-icon.tsx";
import { type Spot, useTreeCommands, useTreeParts } from "@/entities/documents/menu/tree-parts.ts";
import { isThere, mayGo } from "@/entities/documents/menu/tree-places.ts";
import type { DocumentView } from "@/entities/documents/sync/document.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { pathOf } from "@/entities/documents/sync/tree-index.ts";
import { type ShownTree, useTree } from "@/entities/documents/sync/use-tree.ts";
import { projectColor } from "@/entities/projects/project-color.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";

/** Of 20,000 places one types to find one. */
const SHOWN = 50;

type Props = { id: string; open: boolean; onClose: () => void };
type Target = { id: string; name: string; detail: string; icon: ReactNode; spot: Spot };

/** Where else a document may stand, found by typing: the way of the keyboard to what the hand drags. */
export function MoveDialog({ id, open, onClose }: Props) {
  const tree = useTree();
  const row = tree.rows.get(id);
  return (
    <Dialog
      open={open && row !== undefined}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Move “${row ? nameOf(row) : ""}”`}
      description="Everything inside it moves too. It takes on the access settings of its new location."
    >
      {row && <Targets row={row} tree={tree} onClose={onClose} />}
    </Dialog>
  );
}

function Targets({
  row,
  tree,
  onClose,
}: {
  row: DocumentView;
  tree: ShownTree;
  onClose: () => void;
}) {
  const [query, setQuery] = useState("");
  const { move } = useTreeCommands();
  const { announcement, current } = useTreeParts();
  const targets = useTargets(row, tree, query);

  function pick({ spot, name }: Target) {
    onClose();
    move(row, spot);
    announcement.set(`${nameOf(row)} moved to ${name}`);
    current.set({ id: row.id, wantsFocus: true });
  }

  return (
    <Command label="Destination" shouldFilter={false} loop className="-mx-2">
      <div className="flex h-9 items-center gap-2 rounded-control border border-line-strong bg-surface px-2.5 shadow-card">
        <Search size={14} className="text-faint" aria-hidden="true" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder="Search folders, documents and projects…"
          className="min-w-0 flex-1 bg-transparent text-14 outline-none"
        />
      </div>
      <Command.List className="mt-2 h-72 overflow-y-auto text-13">
        <Command.Empty className="px-3 py-6 text-center text-muted">
          No matching places you can edit.
        </Command.Empty>
        {targets.map((target) => (
          <Command.Item
            key={target.id}
            value={target.id}
            onSelect={() => pick(target)}
            className="popup-item min-h-8!"
          >
            <span className="grid w-5 place-items-center text-muted">{target.icon}</span>
            <span dir="auto" className="min-w-0 shrink truncate">
              {target.name}
            </span>
            <span className="min-w-0 flex-1 truncate text-right text-12 text-faint">
              {target.detail}
            </span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

function useTargets(row: DocumentView, tree: ShownTree, query: string): Target[] {
  const { name, projects } = useWorkspace();
  return useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text: string) => words.every((w) => text.toLowerCase().includes(w));
    const found: Target[] = [];
    const offer = (target: Target) => {
      const place = { ...target.spot };
      if (mayGo(tree, row, place) && !isThere(tree, row, place)) found.push(target);
    };
    const root = { parentId: null, projectId: null };
    if (fits(name)) {
      const detail = "Top level of the workspace";
      offer({ id: "workspace", name, detail, icon: <House size={14} />, spot: root });
    }
    for (const project of projects) {
      if (!project.archivedAt && fits(project.name)) offer(projectTarget(project));
    }
    const documents = words.length > 0 ? tree.rows.values() : firstOnes(tree, projects);
    for (const each of documents) {
      if (found.length >= SHOWN) break;
      if (each.archivedAt || each.id === row.id || !fits(each.title)) continue;
      offer(documentTarget(each, tree, projects));
    }
    return found;
  }, [row, tree, query, name, projects]);
}

/** Folders at the top, before anything is typed. */
function firstOnes(tree: ShownTree, projects: readonly Project[]): DocumentView[] {
  const tops = ["", ...projects.map(({ id }) => id)].flatMap((id) => tree.children(id));
  return tops
    .filter(({ kind }) => kind === "folder")
    .concat(tops.filter((t) => t.kind !== "folder"));
}

const projectTarget = ({ id, name, key }: Project): Target => ({
  id,
  name,
  detail: `Project ${key}`,
  icon: <LabelDot color={projectColor(id)} size={10} />,
  spot: { parentId: null, projectId: id },
});

function documentTarget(row: DocumentView, tree: ShownTree, projects: readonly Project[]): Target {
  const project = projects.find(({ id }) => id === row.projectId)?.name;
  const above = pathOf(tree.rows, row).map(nameOf);
  return {
    id: row.id,
    name: nameOf(row),
    detail: [...(project ? [project] : []), ...above].join(" / "),
    icon: <DocumentIcon document={row} />,
    spot: { parentId: row.id, projectId: row.projectId },
  };
}
