/** Tasks for tests: what a test does not speak of has a plain value. */
import { rowOf } from "@guildhall/api/client";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Group, Status } from "@/entities/workspaces/workspace.ts";

export const todo: Status = { id: "todo", name: "To do", category: "unstarted", rank: "a1" };
export const doing: Status = { id: "doing", name: "In progress", category: "started", rank: "a2" };
export const done: Status = { id: "done", name: "Done", category: "completed", rank: "a3" };

export const aGroup = (id: string, userIds: string[]): Group =>
  ({ id, name: id, members: userIds.map((userId) => ({ userId, managedBy: null })) }) as Group;

let number = 0;

export function aTask(patch: Partial<TaskView>): TaskView {
  number += 1;
  return {
    id: `task-${String(number).padStart(4, "0")}`,
    workspaceId: "w",
    projectId: "p",
    number,
    key: `APP-${number}`,
    ...rowOf({ title: "A task", statusId: todo.id }),
    rank: `a${number}`,
    commentCount: 0,
    checklistTotal: 0,
    checklistDone: 0,
    version: 1,
    source: null,
    createdBy: "ada",
    createdAt: new Date(2026, 0, number),
    updatedAt: new Date(2026, 0, number),
    completedAt: null,
    archivedAt: null,
    ...patch,
  };
}
