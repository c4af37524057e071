/** Lays what waits in the outbox over the server's rows, so that every act shows at once. */
import type { Act } from "@/sync/mutations.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import { swapped } from "./swap-tasks.ts";
import type { TaskPatch, TaskRow, TaskView } from "./task.ts";

type Tasks = Map<string, TaskView>;

/** The rows themselves when nothing waits that concerns them: then no view draws again. */
export function overlayTasks(
  rows: ReadonlyMap<string, TaskRow>,
  entries: readonly OutboxEntry[],
  projectId: string,
): ReadonlyMap<string, TaskView> {
  const relevant = entries.filter((e) => touches(e, rows, projectId));
  if (relevant.length === 0) return rows;
  const tasks: Tasks = new Map(rows);
  for (const entry of relevant) layTask(tasks, entry, projectId);
  return tasks;
}

function touches(entry: OutboxEntry, rows: ReadonlyMap<string, unknown>, projectId: string) {
  if (entry.act === "tasks.create") return entry.input.projectId === projectId;
  return taskIds(entry).some((id) => rows.has(id)) || isRestore(entry);
}

const isRestore = ({ act }: Act) => act === "tasks.restoreMany" || act === "tasks.undo";

export function taskIds(act: Act): string[] {
  switch (act.act) {
    case "tasks.create":
    case "tasks.update":
    case "tasks.move":
      return [act.input.id];
    case "tasks.updateMany":
    case "tasks.archiveMany":
    case "tasks.restoreMany":
    case "tasks.deleteMany":
    case "tasks.undo":
      return act.input.ids;
    default:
      return [];
  }
}

export const markOf = (entry: OutboxEntry): TaskView["edit"] =>
  entry.refusal
    ? { state: "failed", entryId: entry.id, message: entry.refusal.message }
    : { state: "waiting" };

function layTask(tasks: Tasks, entry: OutboxEntry, projectId: string) {
  const edit = markOf(entry);
  const change = (ids: string[], to: (task: TaskView) => Partial<TaskView>) => {
    for (const id of ids) {
      const task = tasks.get(id);
      if (task) tasks.set(id, { ...task, ...to(task), edit });
    }
  };
  switch (entry.act) {
    case "tasks.create":
      // The server has it when its change came before its answer.
      if (entry.shown && !tasks.has(entry.input.id)) {
        tasks.set(entry.input.id, { ...entry.shown, edit });
      }
      return;
    case "tasks.update":
      return change([entry.input.id], () => ({ ...shownPatch(entry.input.patch), ...entry.place }));
    case "tasks.updateMany":
      return change(entry.input.ids, () => shownPatch(entry.input.patch));
    case "tasks.move":
      return change([entry.input.id], () => ({ statusId: entry.input.statusId, ...entry.place }));
    case "tasks.archiveMany":
      return change(entry.input.ids, () => ({ archivedAt: new Date() }));
    case "tasks.restoreMany":
      return change(entry.input.ids, () => ({ archivedAt: null }));
    case "tasks.deleteMany":
      // A refused delete brings the task back, with what the server said.
      if (entry.refusal) return change(entry.input.ids, () => ({}));
      for (const id of entry.input.ids) tasks.delete(id);
      return;
    case "tasks.undo":
      if (entry.refusal) return change(entry.input.ids, () => ({}));
      for (const swap of entry.swaps ?? []) {
        const { id, from, to } = swap;
        if (!to) tasks.delete(id);
        else if (tasks.has(id)) change([id], (task) => swapped(task, swap));
        else if (!from && to.projectId === projectId) tasks.set(id, { ...(to as TaskView), edit });
      }
  }
}

/** undefined in a patch means "not touched", and must not wipe what is shown. */
const shownPatch = (patch: TaskPatch): Partial<TaskView> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

/** An entry's id is a UUIDv7: it begins with its time. */
export const madeAt = ({ id }: OutboxEntry) =>
  new Date(Number.parseInt(id.replace("-", "").slice(0, 12), 16));
