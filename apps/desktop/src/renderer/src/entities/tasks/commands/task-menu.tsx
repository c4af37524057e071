import {
  Archive,
  ArchiveRestore,
  CalendarDays,
  CircleDashed,
  Link2,
  PanelRight,
  SignalHigh,
  Tag,
  Trash2,
  UserRound,
} from "lucide-react";
import type { PickerName } from "@/entities/tasks/properties/task-properties.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { PriorityIcon, priorities, priorityNames } from "@/ui/icons/priority-icon.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import type { BulkActs } from "./use-bulk-commands.ts";

type Parts = {
  tasks: readonly TaskView[];
  project: Project;
  canEdit: boolean;
  acts: BulkActs;
  /** Left out where several are chosen. */
  open?: () => void;
  pick: (property: PickerName) => void;
};

/** The menu of a card or a row. Few values open beside it, many in a picker one types into. */
export function taskMenu({ tasks, project, canEdit, acts, open, pick }: Parts): MenuEntry[] {
  const [first] = tasks;
  if (!first) return [];
  const looking: MenuEntry[] = [];
  if (open) {
    const icon = <PanelRight size={14} />;
    looking.push({ label: "Open", icon, keys: "enter", onSelect: open });
  }
  if (tasks.length === 1 && first.number > 0) {
    looking.push({
      label: "Copy link",
      icon: <Link2 size={14} />,
      keys: "mod+shift+c",
      onSelect: () => void acts.copyLink(first),
    });
  }
  if (!canEdit) return looking;
  return [
    {
      kind: "submenu",
      label: "Status",
      icon: <CircleDashed size={14} />,
      entries: project.statuses.map(({ id, name, category }) => ({
        label: name,
        icon: <StatusIcon category={category} />,
        checked: tasks.every((task) => task.statusId === id),
        onSelect: () => acts.patch(tasks, () => ({ statusId: id })),
      })),
    },
    {
      kind: "submenu",
      label: "Priority",
      icon: <SignalHigh size={14} />,
      entries: priorities.toReversed().map((priority) => ({
        label: priorityNames[priority],
        icon: <PriorityIcon priority={priority} />,
        checked: tasks.every((task) => task.priority === priority),
        onSelect: () => acts.patch(tasks, () => ({ priority })),
      })),
    },
    picker("Assignees…", "a", <UserRound size={14} />, () => pick("assignees")),
    picker("Labels…", "l", <Tag size={14} />, () => pick("labels")),
    picker("Due date…", "d", <CalendarDays size={14} />, () => pick("dueDate")),
    { kind: "separator" },
    ...looking,
    { kind: "separator" },
    first.archivedAt
      ? {
          label: "Unarchive",
          icon: <ArchiveRestore size={14} />,
          onSelect: () => acts.restore(tasks),
        }
      : {
          label: "Archive",
          icon: <Archive size={14} />,
          keys: "shift+backspace",
          onSelect: () => acts.archive(tasks),
        },
    {
      label: "Delete",
      icon: <Trash2 size={14} />,
      keys: "mod+backspace",
      danger: true,
      onSelect: () => acts.remove(tasks),
    },
  ];
}

const picker = (
  label: string,
  keys: string,
  icon: React.ReactNode,
  run: () => void,
): MenuEntry => ({
  label,
  keys,
  icon,
  // The menu gives the focus back before the picker takes it.
  onSelect: () => setTimeout(run),
});
