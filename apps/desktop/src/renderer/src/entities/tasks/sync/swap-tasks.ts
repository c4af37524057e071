/**
 * An undo as it is shown until the server answers, by the rule of the server: what the mutation
 * changed, and nobody has changed since, goes back.
 */
import { listProperties, valueProperties } from "@guildhall/api/client";
import type { Swap } from "@/sync/swap.ts";
import type { TaskView } from "./task.ts";

/** What differs; all of the task, where it comes back. */
export type TaskSwap = Swap<TaskView>;

type Side = TaskView | null;

/** Those that go back by themselves; lists do by what was added and removed. */
const fields = [...valueProperties, "parentId", "archivedAt"] as const;
const place = ["statusId", "rank", "completedAt"] as const;

/** From how a task was shown on one side of a mutation to how it was on the other. */
export function swapOf(id: string, from: Side, to: Side): TaskSwap {
  if (!from || !to) return { id, from, to };
  const swap = { id, from: {} as Partial<TaskView>, to: {} as Partial<TaskView> };
  const isMoved = from.statusId !== to.statusId || from.rank !== to.rank;
  for (const name of [...fields, ...listProperties, ...(isMoved ? place : [])]) {
    if (!place.includes(name as "rank") && isSame(from[name], to[name])) continue;
    Object.assign(swap.from, { [name]: from[name] });
    Object.assign(swap.to, { [name]: to[name] });
  }
  return swap;
}

/** What of `now` changes; the column decides on the place, as its rank is the server's to choose. */
export function swapped(now: TaskView, { from, to }: TaskSwap): Partial<TaskView> {
  if (!from || !to) return {};
  const changed: Partial<TaskView> = {};
  for (const name of fields) {
    if (name in to && isSame(now[name], from[name])) Object.assign(changed, { [name]: to[name] });
  }
  for (const name of listProperties) {
    const [was, is] = [to[name], from[name]];
    if (!was || !is) continue;
    const stays = now[name].filter((id) => was.includes(id) || !is.includes(id));
    const back = was.filter((id) => !is.includes(id) && !stays.includes(id));
    changed[name] = [...stays, ...back];
  }
  const isThere = from.statusId === undefined || from.statusId === now.statusId;
  if (isThere) {
    for (const name of place) if (name in to) Object.assign(changed, { [name]: to[name] });
  }
  return changed;
}

/** Of an archived task only whether it is. */
const isSame = (a: unknown, b: unknown) =>
  (a instanceof Date && b instanceof Date) || JSON.stringify(a) === JSON.stringify(b);
