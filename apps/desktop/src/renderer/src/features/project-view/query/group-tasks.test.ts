import { expect, it } from "vitest";
import { aTask, doing, done, todo } from "@/entities/tasks/testing-tasks.ts";
import { byRank, groupTasks, orderOf, patchInto } from "./group-tasks.ts";

const parts = {
  statuses: [todo, doing, done],
  people: new Map(
    [
      { id: "ada", name: "Ada" },
      { id: "alan", name: "Alan" },
    ].map((person) => [person.id, person]),
  ),
};

it("groups by status in the columns' order, without empty groups", () => {
  const groups = groupTasks([aTask({ statusId: "done" }), aTask({})], "statusId", parts);
  expect(groups.map(({ id, tasks }) => [id, tasks.length])).toEqual([
    ["todo", 1],
    ["done", 1],
  ]);
});

it("puts a task with its first assignee, and who has left under nobody", () => {
  const tasks = [aTask({ assigneeIds: ["alan", "ada"] }), aTask({ assigneeIds: ["gone"] })];
  const groups = groupTasks(tasks, "assigneeIds", parts);
  expect(groups.map(({ name }) => name)).toEqual(["Alan", "No assignee"]);
});

it("begins with what is urgent", () => {
  const tasks = [aTask({}), aTask({ priority: "low" }), aTask({ priority: "urgent" })];
  const groups = groupTasks(tasks, "priority", parts);
  expect(groups.map(({ id }) => id)).toEqual(["urgent", "low", "none"]);
});

it("says what putting a task into a group changes", () => {
  const task = aTask({ assigneeIds: ["alan", "ada"] });
  const to = (userId: string) => ({ of: "assigneeIds" as const, id: userId });
  expect(patchInto(to("alan"), task)).toBeNull();
  expect(patchInto(to("ada"), task)).toEqual({ assigneeIds: ["ada"] });
  expect(patchInto(to(""), task)).toEqual({ assigneeIds: [] });
  expect(patchInto({ of: "priority", id: "high" }, task)).toEqual({
    priority: "high",
  });
});

it("orders equal ranks by id, and ranks by code unit", () => {
  const tasks = [aTask({ rank: "a1", id: "b" }), aTask({ rank: "a1", id: "a" })];
  tasks.push(aTask({ rank: "Zz", id: "c" }));
  expect(tasks.sort(byRank).map(({ id }) => id)).toEqual(["c", "a", "b"]);
});

it("puts what has no due date or estimate last, and settles ties by rank", () => {
  const none = aTask({ rank: "a0" });
  const late = aTask({ dueDate: "2026-12-24", estimate: 1, rank: "a2" });
  const soon = aTask({ dueDate: "2026-12-01", estimate: 5, rank: "a3" });
  expect([none, late, soon].sort(orderOf("dueDate"))).toEqual([soon, late, none]);
  expect([none, late, soon].sort(orderOf("estimate"))).toEqual([soon, late, none]);
  expect([soon, late, none].sort(orderOf("priority"))).toEqual([none, late, soon]);
});
