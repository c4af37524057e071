import type { ItemPatch } from "@/entities/checklists/sync/checklist.ts";
import type { ChecklistView, ItemView } from "@/entities/checklists/sync/checklist-view.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { useChecklistsParts } from "./checklists-context.ts";
import { MOST_LETTERS } from "./lines.ts";

export type ItemCommands = ReturnType<typeof useItemCommands>;

/** What is done to an item as a whole. */
export function useItemCommands(item: ItemView, list: ChecklistView) {
  const { checklists, mutations, project, people, caret, move } = useChecklistsParts();
  const tasks = useTaskMutations();
  const { undo } = useSyncClient();
  const at = list.items.findIndex(({ id }) => id === item.id);
  const [previous, next] = [list.items[at - 1], list.items[at + 1]];

  /** One place up or down; from the edge of its checklist into the one beside it. */
  function shift(by: 1 | -1) {
    const others = list.items.filter(({ id }) => id !== item.id);
    const to = at + by;
    if (to >= 0 && to <= others.length) {
      return move(item, list, { after: others[to - 1], before: others[to] });
    }
    const beside = checklists[checklists.findIndex(({ id }) => id === list.id) + by];
    if (!beside) return;
    const end = by < 0 ? { after: beside.items.at(-1) } : { before: beside.items[0] };
    const isText = document.activeElement instanceof HTMLTextAreaElement;
    move(item, beside, end);
    caret.go({ at: isText ? "text" : "box", id: item.id });
  }

  /** What stands in it becomes a subtask; the item shows how far that is. */
  function makeTask() {
    const { text, assigneeId, dueDate } = item;
    const status =
      project.statuses.find(
        ({ category }) => category === (item.doneAt ? "completed" : "unstarted"),
      ) ?? project.statuses[0];
    if (!status) return;
    undo.together(`Turn “${text}” into a task`, () => {
      const linkedTaskId = tasks.create({
        projectId: project.id,
        title: text.slice(0, 500),
        statusId: status.id,
        parentId: item.taskId,
        assigneeIds: assigneeId ? [assigneeId] : [],
        dueDate,
      });
      mutations.update(item, { linkedTaskId, assigneeId: null, dueDate: null });
    });
  }

  /** The way back; what the task says is the item's again, and the task is in the trash. */
  function makeItem(task: TaskView) {
    const step = undo.together(`Make a checklist item of ${task.key}`, () => {
      mutations.update(item, {
        linkedTaskId: null,
        text: task.title.slice(0, MOST_LETTERS),
        // An item is one person's, and no group's.
        assigneeId: task.assigneeIds.find((id) => people.some((each) => each.id === id)) ?? null,
        dueDate: task.dueDate,
        isDone: task.completedAt !== null,
      });
      tasks.remove([task]);
    });
    if (step) notify({ title: `${task.key} deleted`, onUndo: () => undo.undo(step) });
  }

  return {
    patch: (patch: ItemPatch) => mutations.update(item, patch),
    tick: (isDone: boolean) => void mutations.update(item, { isDone }),
    shift,
    isFirst: !previous && checklists[0]?.id === list.id,
    isLast: !next && checklists.at(-1)?.id === list.id,
    makeTask,
    makeItem,
    remove() {
      const step = mutations.remove(item);
      notify({ title: "Checklist item deleted", onUndo: () => undo.undo(step) });
      caret.go(next ? { at: "text", id: next.id } : { at: "new", id: list.id });
    },
    /** With the caret in the item before it, as in a text. */
    removeBackwards() {
      mutations.remove(item);
      caret.go(previous ? { at: "text", id: previous.id } : { at: "new", id: list.id });
    },
  };
}
