import { rowOf, taskProperties } from "@guildhall/api/client";
import { useNavigate } from "@tanstack/react-router";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { paths } from "@/lib/paths.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { notify } from "@/ui/overlays/toast.ts";

/** What is done to a task as a whole, each with its way back. */
export function useTaskCommands(task: TaskView, onLeave: () => void) {
  const mutations = useTaskMutations();
  const { undo } = useSyncClient();
  const navigate = useNavigate();

  return {
    archive() {
      const step = mutations.archive([task]);
      notify({ title: `${task.key} archived`, onUndo: () => undo.undo(step) });
    },
    restore() {
      const step = mutations.restore([task]);
      notify({ title: `${task.key} unarchived`, onUndo: () => undo.undo(step) });
    },
    remove() {
      const step = mutations.remove([task]);
      notify({ title: `${task.key} deleted`, onUndo: () => undo.undo(step) });
      onLeave();
    },
    duplicate() {
      const id = mutations.create({
        ...rowOf(task),
        projectId: task.projectId,
        title: `${task.title} (copy)`.slice(0, taskProperties.title.most),
        description: task.description,
        // What it refers to may be deleted by now: the copy is saved all the same.
        unavailable: "omit",
        checklistsOf: task.id,
      });
      notify({ title: `${task.key} duplicated` });
      navigate({ to: paths.task(task.workspaceId, id) });
    },
  };
}
