import { expect, it } from "vitest";
import { aTask, done, todo } from "@/entities/tasks/testing-tasks.ts";
import { defaultsOf } from "./filter-defaults.ts";
import { isFiltering, noFilter, taskFilter } from "./task-filter.ts";

// A Wednesday.
const now = new Date(2026, 10, 25, 12);
const fits = (filter: Partial<typeof noFilter>, task: ReturnType<typeof aTask>) =>
  taskFilter({ ...noFilter, ...filter }, [todo, done], now)(task);

it("finds every word of the text in the key or the title", () => {
  const task = aTask({ key: "APP-12", title: "Retry an upload" });
  expect(fits({ text: "UPLOAD retry" }, task)).toBe(true);
  expect(fits({ text: "app-12" }, task)).toBe(true);
  expect(fits({ text: "retry download" }, task)).toBe(false);
});

it("takes any value of one property, and asks for all properties", () => {
  const task = aTask({ priority: "high", assigneeIds: ["ada"] });
  expect(fits({ priorities: ["high", "urgent"], assignees: ["ada", "alan"] }, task)).toBe(true);
  expect(fits({ priorities: ["high"], assignees: ["alan"] }, task)).toBe(false);
});

it("knows nobody and no label as values of their own", () => {
  expect(fits({ assignees: ["none"] }, aTask({}))).toBe(true);
  expect(fits({ assignees: ["none"] }, aTask({ assigneeIds: ["ada"] }))).toBe(false);
  expect(fits({ labels: ["none", "bug"] }, aTask({ labelIds: ["bug"] }))).toBe(true);
});

it("counts the week from Monday to Sunday, and nothing done as overdue", () => {
  const due = (dueDate: string | null, statusId = todo.id) => aTask({ dueDate, statusId });
  expect(fits({ due: ["overdue"] }, due("2026-11-24"))).toBe(true);
  expect(fits({ due: ["overdue"] }, due("2026-11-25"))).toBe(false);
  expect(fits({ due: ["overdue"] }, due("2026-11-24", done.id))).toBe(false);
  expect(fits({ due: ["week"] }, due("2026-11-29"))).toBe(true);
  expect(fits({ due: ["week"] }, due("2026-11-30"))).toBe(false);
  expect(fits({ due: ["none"] }, due(null))).toBe(true);
});

it("hides the archive until it is asked for, which is no filter by itself", () => {
  const task = aTask({ archivedAt: now });
  expect(fits({}, task)).toBe(false);
  expect(fits({ archived: true }, task)).toBe(true);
  expect(isFiltering({ ...noFilter, archived: true })).toBe(false);
});

it("gives a new task what the filter asks for, where that is one thing", () => {
  const filter = { ...noFilter, assignees: ["none"], labels: ["bug"], priorities: [] };
  expect(defaultsOf(filter)).toEqual({ labelIds: ["bug"] });
  expect(defaultsOf({ ...noFilter, labels: ["bug", "sync"] })).toEqual({});
});
