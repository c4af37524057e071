/** A list as it is drawn, line by line: a header, its tasks, the next header. */

import type { Names } from "@/entities/tasks/properties/property-view.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { type Group, groupTasks, orderOf } from "@/features/project-view/query/group-tasks.ts";
import type { Grouping, Sorting } from "@/features/project-view/query/view-search.ts";

export type Row =
  | { kind: "header"; key: string; group: Group; isFolded: boolean }
  | { kind: "task"; key: string; task: TaskView; group: Group };

type Parts = Pick<Names, "people"> & {
  grouping: Grouping;
  sorting: Sorting;
  statuses: readonly Status[];
};

export function groupsOf(tasks: Iterable<TaskView>, parts: Parts): Group[] {
  const groups = groupTasks(tasks, parts.grouping, parts);
  const order = orderOf(parts.sorting);
  // Ranks compare within one column only; across columns the statuses' order comes first.
  const place = new Map(parts.statuses.map(({ id }, index) => [id, index]));
  const inColumns = parts.sorting === "manual" && parts.grouping !== "statusId";
  for (const group of groups) {
    group.tasks.sort((a, b) => {
      const columns = inColumns ? (place.get(a.statusId) ?? 0) - (place.get(b.statusId) ?? 0) : 0;
      return columns || order(a, b);
    });
  }
  return groups;
}

export function rowsOf(groups: readonly Group[], folded: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  for (const group of groups) {
    const isFolded = folded.has(group.id);
    if (group.of) {
      rows.push({ kind: "header", key: `group:${group.id}`, group, isFolded });
    }
    if (isFolded) continue;
    for (const task of group.tasks) rows.push({ kind: "task", key: task.id, task, group });
  }
  return rows;
}

/** The header under which line `index` stands. */
export function headerOf(rows: readonly Row[], index: number): number | null {
  for (let at = Math.min(index, rows.length - 1); at >= 0; at--) {
    if (rows[at]?.kind === "header") return at;
  }
  return null;
}

/** The next task from line `from` in this direction; the nearest one at an end. */
export function stepRow(rows: readonly Row[], from: number, by: 1 | -1): number {
  let at = from + by;
  while (rows[at] && rows[at]?.kind !== "task") at += by;
  return rows[at] ? at : from;
}

/** The ids of the tasks between two lines, both included, in whichever order they are given. */
export function idsBetween(rows: readonly Row[], a: number, b: number): string[] {
  return rows
    .slice(Math.min(a, b), Math.max(a, b) + 1)
    .flatMap((row) => (row.kind === "task" ? row.task.id : []));
}
