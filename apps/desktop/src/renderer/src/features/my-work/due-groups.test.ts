import { expect, test } from "vitest";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { groupByDue } from "./due-groups.ts";

/** A Wednesday. */
const now = new Date(2026, 2, 11, 15);

const task = (title: string, dueDate: string | null, more: Partial<TaskView> = {}) => ({
  title,
  dueDate,
  priority: "none" as const,
  updatedAt: new Date(2026, 2, 1),
  completedAt: null as Date | null,
  ...more,
});

const groups = (tasks: ReturnType<typeof task>[]) =>
  groupByDue(tasks, (t) => t.completedAt !== null, now).map(({ name, tasks: found }) => [
    name,
    found.map(({ title }) => title),
  ]);

test("by when it is due, on the person's own calendar", () => {
  const tasks = [
    task("none", null),
    task("monday after", "2026-03-16"),
    task("sunday", "2026-03-15"),
    task("today", "2026-03-11"),
    task("yesterday", "2026-03-10"),
    task("done", "2026-03-01", { completedAt: now }),
  ];
  expect(groups(tasks)).toEqual([
    ["overdue", ["yesterday"]],
    ["today", ["today"]],
    ["week", ["sunday"]],
    ["later", ["monday after"]],
    ["none", ["none"]],
    ["finished", ["done"]],
  ]);
});

test("on a Sunday what is due tomorrow is not this week", () => {
  const sunday = new Date(2026, 2, 15);
  const [first] = groupByDue([task("monday", "2026-03-16")], () => false, sunday);
  expect(first?.name).toBe("later");
});

test("within a group: the earlier day, then what is more urgent, then what was touched last", () => {
  const newer = { updatedAt: new Date(2026, 2, 5) };
  const tasks = [
    task("c", "2026-04-02"),
    task("d", "2026-04-02", { priority: "low" }),
    task("b", "2026-04-01", newer),
    task("a", "2026-04-01", { priority: "urgent" }),
    task("e", "2026-04-02", newer),
  ];
  expect(groups(tasks)).toEqual([["later", ["a", "b", "d", "e", "c"]]]);
});
