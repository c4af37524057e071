import { useMemo } from "react";
import { countWords, useTaskVerbs } from "@/entities/tasks/sync/use-task-mutations.ts";
import { addresses } from "@/lib/paths.ts";
import type { TaskPatch, TaskView } from "@/sync/types.ts";
import type { Undoable } from "@/sync/undo.ts";
import { useRoom } from "@/sync/use-sync-client.ts";
import { copyText } from "@/ui/controls/copy-text.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { chunked, groupByPatch } from "./many-tasks.ts";

type Tasks = readonly TaskView[];

export type BulkActs = ReturnType<typeof useBulkActs>;

/** What is done to one task or to many at once, each act with one way back. */
export function useBulkActs() {
  const verbs = useTaskVerbs();
  const room = useRoom();
  return useMemo(() => {
    /** However many calls it takes, it is one step to undo. */
    function together(label: string, said: string, act: () => unknown) {
      const step = room.undo.together(label, () => void act());
      if (step) notify({ title: said, onUndo: () => room.undo.undo(step) });
    }
    const inChunks = (tasks: Tasks, act: (chunk: TaskView[]) => Undoable) =>
      chunked(tasks).map(act);

    return {
      /** Each task gets its own patch; those that get the same one go together. */
      patch(tasks: Tasks, patchOf: (task: TaskView) => TaskPatch) {
        const [only] = tasks;
        if (only && tasks.length === 1) return void verbs.update(only, patchOf(only));
        const words = countWords(tasks);
        together(`Edit ${words}`, `${words} changed`, () => {
          for (const { patch, tasks: alike } of groupByPatch(tasks, patchOf)) {
            inChunks(alike, (chunk) => verbs.updateMany(chunk, patch));
          }
        });
      },
      archive(tasks: Tasks) {
        const words = countWords(tasks);
        together(`Archive ${words}`, `${words} archived`, () => inChunks(tasks, verbs.archive));
      },
      restore(tasks: Tasks) {
        const words = countWords(tasks);
        together(`Restore ${words}`, `${words} unarchived`, () => inChunks(tasks, verbs.restore));
      },
      remove(tasks: Tasks) {
        const words = countWords(tasks);
        together(`Delete ${words}`, `${words} deleted`, () => inChunks(tasks, verbs.remove));
      },
      async copyLink(task: TaskView) {
        const path = addresses.task(task.workspaceId, task.key);
        await copyText(window.location.origin + path);
        notify({ title: `Link to ${task.key} copied` });
      },
    };
  }, [verbs, room]);
}
