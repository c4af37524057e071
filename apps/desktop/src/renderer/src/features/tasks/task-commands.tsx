import { Archive, ArchiveRestore, Copy, Ellipsis, Trash2 } from "lucide-react";
import { FollowButton } from "@/entities/notifications/follow-button.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { useTaskCommands } from "./use-task-commands.ts";

type Props = {
  task: TaskView;
  project: Project;
  /** After deleting: there is nothing to look at any more. */
  onLeave: () => void;
};

/** Follow; archive, delete, copy, nothing of which is for a viewer. */
export function TaskCommands({ task, project, onLeave }: Props) {
  const commands = useTaskCommands(task, onLeave);
  const mayEdit = project.role !== "viewer";
  const key = (keys: string) => (mayEdit ? keys : null);
  useShortcut({ keys: key("mod+d"), label: "Duplicate", group: "Task" }, commands.duplicate);
  useShortcut({ keys: key("mod+backspace"), label: "Delete", group: "Task" }, commands.remove);
  useShortcut(
    { keys: task.archivedAt ? null : key("shift+backspace"), label: "Archive", group: "Task" },
    commands.archive,
  );
  const follow = (
    <FollowButton about={{ entity: "task", id: task.id }} isKnown={task.version > 0} group="Task" />
  );
  if (!mayEdit) return follow;
  return (
    <>
      {follow}
      <Menu
        align="end"
        trigger={<IconButton label="Task options" icon={<Ellipsis size={16} />} />}
        entries={[
          {
            label: "Duplicate",
            icon: <Copy size={14} />,
            keys: "mod+d",
            onSelect: commands.duplicate,
          },
          task.archivedAt
            ? {
                label: "Unarchive",
                icon: <ArchiveRestore size={14} />,
                onSelect: commands.restore,
              }
            : {
                label: "Archive",
                icon: <Archive size={14} />,
                keys: "shift+backspace",
                onSelect: commands.archive,
              },
          { kind: "separator" },
          {
            label: "Delete",
            icon: <Trash2 size={14} />,
            keys: "mod+backspace",
            danger: true,
            onSelect: commands.remove,
          },
        ]}
      />
    </>
  );
}
