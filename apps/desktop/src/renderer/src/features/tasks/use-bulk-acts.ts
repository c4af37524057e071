import { useMemo } from "react";
import { addresses } from "@/routes/addresses.ts";
import type { TaskPatch, TaskView } from "@/sync/shapes.ts";
import type { Undoable } from "@/sync/undo.ts";
import { useRoom } from "@/sync/use-room.ts";
import { useTaskVerbs } from "@/sync/use-task-verbs.ts";
import { copyText } from "@/ui/copy-text.ts";
import { notify } from "@/ui/toast.ts";
import { chunked, groupByPatch } from "./many-tasks.ts";

type Tasks = readonly TaskView[];

export type BulkActs = ReturnType<typeof useBulkActs>;

/** What is done to one task or to many at once, each act with one way back. */
export function useBulkActs() {
  const verbs = useTaskVerbs();
  const room = useRoom();
  return useMemo(() => {
    function tell(title: string, steps: readonly Undoable[]) {
      const onUndo = () => {
        for (const step of steps.toReversed()) room.undo.undo(step);
      };
      notify({ title, onUndo });
    }
    const inChunks = (tasks: Tasks, act: (chunk: TaskView[]) => Undoable) =>
      chunked(tasks).map(act);

    return {
      /** Each task gets its own patch; those that get the same one go together. */
      patch(tasks: Tasks, patchOf: (task: TaskView) => TaskPatch) {
        const [only] = tasks;
        if (only && tasks.length === 1) return void verbs.update(only, patchOf(only));
        const steps = groupByPatch(tasks, patchOf).flatMap(({ patch, tasks: alike }) =>
          inChunks(alike, (chunk) => verbs.updateMany(chunk, patch)),
        );
        if (steps.length > 0) tell(`${countWords(tasks)} changed`, steps);
      },
      archive(tasks: Tasks) {
        tell(`${countWords(tasks)} archived`, inChunks(tasks, verbs.archive));
      },
      restore(tasks: Tasks) {
        tell(`${countWords(tasks)} unarchived`, inChunks(tasks, verbs.restore));
      },
      remove(tasks: Tasks) {
        tell(`${countWords(tasks)} deleted`, inChunks(tasks, verbs.remove));
      },
      async copyLink(task: TaskView) {
        const path = addresses.task(task.workspaceId, task.key);
        await copyText(window.location.origin + path);
        notify({ title: `Link to ${task.key} copied` });
      },
    };
  }, [verbs, room]);
}

function countWords(tasks: Tasks): string {
  const [only] = tasks;
  return only && tasks.length === 1 ? only.key : `${tasks.length} tasks`;
}
