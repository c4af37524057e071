import { ChevronDown, Plus, Trash2 } from "lucide-react";
import { WorkspaceMark } from "@/entities/pictures/workspace-mark.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";

type Marked = { id: string; name: string; pictureKey?: string | null };

type Props = {
  workspace: Marked;
  workspaces: readonly Marked[];
  onSwitchWorkspace: (id: string) => void;
  onCreateWorkspace: () => void;
  accountEntries: readonly MenuEntry[];
  /** When there are any that can be restored. */
  onShowDeleted?: (() => void) | undefined;
};

/** The name of where one is; opens the other workspaces and what belongs to the person. */
export function WorkspaceSwitcher({
  workspace,
  workspaces,
  onSwitchWorkspace,
  onCreateWorkspace,
  accountEntries,
  onShowDeleted,
}: Props) {
  const entries: MenuEntry[] = [
    { kind: "heading", label: "Workspaces" },
    ...workspaces.map((each) => ({
      label: each.name,
      icon: <WorkspaceMark workspace={each} size={16} />,
      checked: each.id === workspace.id,
      onSelect: () => onSwitchWorkspace(each.id),
    })),
    { label: "New workspace", icon: <Plus size={14} />, onSelect: onCreateWorkspace },
    ...(onShowDeleted
      ? [{ label: "Deleted workspaces", icon: <Trash2 size={14} />, onSelect: onShowDeleted }]
      : []),
    { kind: "separator" },
    ...accountEntries,
  ];
  return (
    <Menu
      entries={entries}
      trigger={
        <button
          type="button"
          className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-1.5 text-left transition-colors hover:bg-hover data-popup-open:bg-active"
        >
          <WorkspaceMark workspace={workspace} size={20} />
          <span className="truncate font-semibold text-13">{workspace.name}</span>
          <ChevronDown size={13} className="shrink-0 text-faint" aria-hidden="true" />
        </button>
      }
    />
  );
}
