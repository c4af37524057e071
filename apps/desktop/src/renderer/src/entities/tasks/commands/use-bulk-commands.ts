import { useMemo } from "react";
import type { TaskPatch, TaskView } from "@/entities/tasks/sync/task.ts";
import { formatCount } from "@/entities/tasks/sync/task-view.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { paths } from "@/lib/paths.ts";
import { appLinkTo, linkTo } from "@/platform/links.ts";
import type { Undoable } from "@/sync/undo.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { copyText } from "@/ui/controls/copy-text.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { chunked, groupByPatch } from "./many-tasks.ts";

type Tasks = readonly TaskView[];

export type BulkCommands = ReturnType<typeof useBulkCommands>;

/** What is done to one task or to many at once, each command with one way back. */
export function useBulkCommands() {
  const mutations = useTaskMutations();
  const sync = useSyncClient();
  return useMemo(() => {
    /** However many calls it takes, it is one step to undo. */
    function together(label: string, said: string, run: () => unknown) {
      const step = sync.undo.together(label, () => void run());
      if (step) notify({ title: said, onUndo: () => sync.undo.undo(step) });
    }
    const inChunks = (tasks: Tasks, run: (chunk: TaskView[]) => Undoable) =>
      chunked(tasks).map(run);

    return {
      /** Each task gets its own patch; those that get the same one go together. */
      patch(tasks: Tasks, patchOf: (task: TaskView) => TaskPatch) {
        const [only] = tasks;
        if (only && tasks.length === 1) return void mutations.update(only, patchOf(only));
        const words = formatCount(tasks);
        together(`Edit ${words}`, `${words} changed`, () => {
          for (const { patch, tasks: alike } of groupByPatch(tasks, patchOf)) {
            inChunks(alike, (chunk) => mutations.updateMany(chunk, patch));
          }
        });
      },
      archive(tasks: Tasks) {
        const words = formatCount(tasks);
        together(`Archive ${words}`, `${words} archived`, () => inChunks(tasks, mutations.archive));
      },
      restore(tasks: Tasks) {
        const words = formatCount(tasks);
        together(`Restore ${words}`, `${words} unarchived`, () =>
          inChunks(tasks, mutations.restore),
        );
      },
      remove(tasks: Tasks) {
        const words = formatCount(tasks);
        together(`Delete ${words}`, `${words} deleted`, () => inChunks(tasks, mutations.remove));
      },
      async copyLink(task: TaskView) {
        const path = paths.task(task.workspaceId, task.key);
        await copyText(await linkTo(path));
        notify({ title: `Link to ${task.key} copied` });
      },
      async copyAppLink(task: TaskView) {
        await copyText(await appLinkTo(paths.task(task.workspaceId, task.key)));
        notify({ title: `Link to ${task.key} for the app copied` });
      },
    };
  }, [mutations, sync]);
}
