import { expect, test } from "vitest";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { relationsOf, withDescendants } from "./relations.ts";

const task = (id: string, number: number, more: Partial<TaskView> = {}) =>
  ({ id, number, parentId: null, blockedByIds: [], ...more }) as unknown as TaskView;

const all = [
  task("new", 0, { parentId: "a" }),
  task("a", 1, { blockedByIds: ["b", "deleted"] }),
  task("b", 2, { parentId: "c" }),
  task("c", 3, { parentId: "a" }),
  task("d", 4, { blockedByIds: ["a"] }),
];
const tasks = new Map(all.map((t) => [t.id, t]));
const a = all[1] as TaskView;
const ids = (list: TaskView[]) => list.map(({ id }) => id);

test("the tasks around one, in both directions, and which of them are gone", () => {
  const { parent, subtasks, blockedBy, blocks, deleted } = relationsOf(a, tasks);
  expect(parent).toBeUndefined();
  expect(ids(subtasks)).toEqual(["c", "new"]);
  expect(ids(blockedBy)).toEqual(["b"]);
  expect(ids(blocks)).toEqual(["d"]);
  expect(deleted).toEqual({ parentId: null, blockerIds: ["deleted"] });
  const orphan = task("orphan", 5, { parentId: "deleted" });
  expect(relationsOf(orphan, tasks).deleted.parentId).toBe("deleted");
  expect(relationsOf(orphan, new Map(), false).deleted.parentId).toBeNull();
});

test("what is part of a task, at any depth, also in a circle that two people made at once", () => {
  expect([...withDescendants(a, tasks)].sort()).toEqual(["a", "b", "c", "new"]);
  const x = task("x", 1, { parentId: "y" });
  const y = task("y", 2, { parentId: "x" });
  expect(withDescendants(x, new Map([x, y].map((t) => [t.id, t])))).toEqual(new Set(["x", "y"]));
});
