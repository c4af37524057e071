import { expect, it } from "vitest";
import { aGroup, aTask, done, todo } from "@/entities/tasks/testing-tasks.ts";
import { defaultsOf } from "./filter-defaults.ts";
import { type Filter, isFiltering, noFilter, taskFilter } from "./task-filter.ts";

// A Wednesday.
const now = new Date(2026, 10, 25, 12);
const groups = [aGroup("design", ["ada"])];
const fits = ({ text = "", archived = false, ...values }: Asked, task: ReturnType<typeof aTask>) =>
  taskFilter({ text, archived, values }, { statuses: [todo, done], groups, now })(task);
type Asked = Partial<Filter> & Filter["values"];

it("finds every word of the text in the key or the title", () => {
  const task = aTask({ key: "APP-12", title: "Retry an upload" });
  expect(fits({ text: "UPLOAD retry" }, task)).toBe(true);
  expect(fits({ text: "app-12" }, task)).toBe(true);
  expect(fits({ text: "retry download" }, task)).toBe(false);
});

it("takes any value of one property, and asks for all properties", () => {
  const task = aTask({ priority: "high", assigneeIds: ["ada"] });
  expect(fits({ priority: ["high", "urgent"], assigneeIds: ["ada", "alan"] }, task)).toBe(true);
  expect(fits({ priority: ["high"], assigneeIds: ["alan"] }, task)).toBe(false);
});

it("takes what is assigned to a group of somebody's as theirs", () => {
  const task = aTask({ assigneeIds: ["design"] });
  expect(fits({ assigneeIds: ["ada"] }, task)).toBe(true);
  expect(fits({ assigneeIds: ["alan"] }, task)).toBe(false);
  expect(fits({ assigneeIds: ["design"] }, task)).toBe(true);
  expect(fits({ assigneeIds: ["design"] }, aTask({ assigneeIds: ["ada"] }))).toBe(false);
});

it("knows nobody and no label as values of their own", () => {
  expect(fits({ assigneeIds: ["none"] }, aTask({}))).toBe(true);
  expect(fits({ assigneeIds: ["none"] }, aTask({ assigneeIds: ["ada"] }))).toBe(false);
  expect(fits({ labelIds: ["none", "bug"] }, aTask({ labelIds: ["bug"] }))).toBe(true);
});

it("counts the week from Monday to Sunday, and nothing done as overdue", () => {
  const due = (dueDate: string | null, statusId = todo.id) => aTask({ dueDate, statusId });
  expect(fits({ dueDate: ["overdue"] }, due("2026-11-24"))).toBe(true);
  expect(fits({ dueDate: ["overdue"] }, due("2026-11-25"))).toBe(false);
  expect(fits({ dueDate: ["overdue"] }, due("2026-11-24", done.id))).toBe(false);
  expect(fits({ dueDate: ["week"] }, due("2026-11-29"))).toBe(true);
  expect(fits({ dueDate: ["week"] }, due("2026-11-30"))).toBe(false);
  expect(fits({ dueDate: ["none"] }, due(null))).toBe(true);
});

it("hides the archive until it is asked for, which is no filter by itself", () => {
  const task = aTask({ archivedAt: now });
  expect(fits({}, task)).toBe(false);
  expect(fits({ archived: true }, task)).toBe(true);
  expect(isFiltering({ ...noFilter, archived: true })).toBe(false);
});

it("gives a new task what the filter asks for, where that is one thing", () => {
  const born = (values: Filter["values"]) => defaultsOf({ ...noFilter, values, archived: false });
  expect(born({ assigneeIds: ["none"], labelIds: ["bug"] })).toEqual({ labelIds: ["bug"] });
  expect(born({ labelIds: ["bug", "sync"] })).toEqual({});
});
