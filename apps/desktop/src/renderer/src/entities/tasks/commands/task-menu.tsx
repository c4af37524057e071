import type { TaskProperty } from "@guildhall/api/client";
import { AppWindow, Archive, ArchiveRestore, Link2, PanelRight, Trash2 } from "lucide-react";
import { pickedProperties } from "@/entities/tasks/properties/property-views.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import type { BulkCommands } from "./use-bulk-commands.ts";

type Parts = {
  tasks: readonly TaskView[];
  project: Project;
  canEdit: boolean;
  commands: BulkCommands;
  /** Left out where several are chosen. */
  open?: () => void;
  pick: (property: TaskProperty) => void;
};

/** The menu of a card or a row. Few values open beside it, many in a picker one types into. */
export function taskMenu({ tasks, project, canEdit, commands, open, pick }: Parts): MenuEntry[] {
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
      onSelect: () => void commands.copyLink(first),
    });
    looking.push({
      label: "Copy link for the app",
      icon: <AppWindow size={14} />,
      onSelect: () => void commands.copyAppLink(first),
    });
  }
  if (!canEdit) return looking;
  return [
    ...pickedProperties.map((property) => entryOf(property, { tasks, project, commands, pick })),
    { kind: "separator" },
    ...looking,
    { kind: "separator" },
    first.archivedAt
      ? {
          label: "Unarchive",
          icon: <ArchiveRestore size={14} />,
          onSelect: () => commands.restore(tasks),
        }
      : {
          label: "Archive",
          icon: <Archive size={14} />,
          keys: "shift+backspace",
          onSelect: () => commands.archive(tasks),
        },
    {
      label: "Delete",
      icon: <Trash2 size={14} />,
      keys: "mod+backspace",
      danger: true,
      onSelect: () => commands.remove(tasks),
    },
  ];
}

type Entry = Pick<Parts, "tasks" | "project" | "commands" | "pick">;

function entryOf(
  { name, label, icon: Icon, picked }: (typeof pickedProperties)[number],
  { tasks, project, commands, pick }: Entry,
): MenuEntry {
  const icon = <Icon size={14} />;
  if (picked.choices) {
    const entries = picked.choices(project).map(({ id, patch, ...choice }) => ({
      ...choice,
      checked: tasks.every((task) => task[name] === id),
      onSelect: () => commands.patch(tasks, () => patch),
    }));
    return { kind: "submenu", label, icon, entries };
  }
  // The menu gives the focus back before the picker takes it.
  const onSelect = () => void setTimeout(() => pick(name));
  return { label: `${label}…`, keys: picked.keys, icon, onSelect };
}
