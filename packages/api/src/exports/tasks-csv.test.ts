import fc from "fast-check";
import { expect, test } from "vitest";
import { parseImport } from "../imports/parse/parse-import.ts";
import { type TaskCsvRow, tasksToCsv } from "./tasks-csv.ts";

const row: TaskCsvRow = {
  key: "APP-1",
  title: "=1+1",
  description: 'a "b"\nc',
  status: "Done",
  priority: "high",
  assignees: ["Ada, Countess", "Lin"],
  labels: [],
  dueDate: "2024-02-29",
  estimate: 2.5,
  parent: null,
  createdAt: new Date("2024-01-02T03:04:05.678Z"),
  completedAt: new Date("2024-01-03T00:00:00.000Z"),
  archivedAt: null,
};

test("RFC 4180 with CRLF, no byte order mark, and no cell that a spreadsheet would run", () => {
  expect(tasksToCsv([row])).toBe(
    "Key,Title,Description,Status,Priority,Assignees,Labels,Due date,Estimate,Parent,Created,Completed,Archived\r\n" +
      'APP-1,\'=1+1,"a ""b""\nc",Done,high,"""Ada, Countess"", Lin",,2024-02-29,2.5,,2024-01-02T03:04:05.678Z,2024-01-03T00:00:00.000Z,\r\n',
  );
});

/** Text as tasks hold it: storable, and names and titles in one line. */
const text = fc
  .string({ unit: "binary", maxLength: 60 })
  .map((it) => it.replaceAll("\0", "").replace(/\r\n?/g, "\n"));
const formula = fc.constantFrom(
  "=1",
  "+a",
  "-b",
  "@c",
  "\tq",
  "'=x",
  "''=x",
  "'",
  '"',
  '",',
  ";",
  "a, b",
  " x ",
);
const line = fc
  .oneof(text, formula)
  .map((it) => it.replace(/\s+/g, " ").trim())
  .filter((it) => it !== "");
const names = fc.uniqueArray(line, { maxLength: 4, selector: (it) => it.toLowerCase() });
const date = fc.date({
  min: new Date("1970-01-01"),
  max: new Date("2100-01-01"),
  noInvalidDate: true,
});

const tasks = fc.array(
  fc.record({
    title: line,
    description: fc.oneof(text, formula).map((it) => (it.trim() === "" ? "" : it)),
    isDone: fc.boolean(),
    priority: fc.constantFrom("none", "low", "medium", "high", "urgent"),
    assignees: names,
    labels: names,
    dueDate: fc.option(date.map((it) => it.toISOString().slice(0, 10))),
    estimate: fc.option(fc.integer({ min: 0, max: 40_000 }).map((it) => it / 4)),
    createdAt: date,
    completedAt: date,
    archivedAt: fc.option(date),
  }),
  { minLength: 1, maxLength: 6 },
);

test("what is exported comes back with the same values", () => {
  fc.assert(
    fc.property(tasks, (drafts) => {
      const rows: TaskCsvRow[] = drafts.map(({ isDone, ...draft }, index) => ({
        ...draft,
        key: `APP-${index + 1}`,
        status: isDone ? "Done" : "In progress",
        completedAt: isDone ? draft.completedAt : null,
        parent: index === 0 ? null : `APP-${index}`,
      }));
      const bytes = new TextEncoder().encode(tasksToCsv(rows));
      const plan = parseImport({ files: [{ name: "tasks.csv", bytes }] });
      expect(plan.problems).toEqual([]);
      const back = plan.tasks.map((task) => ({
        title: task.title,
        description: task.description,
        key: task.sourceKey,
        status: task.statusName,
        priority: task.priority,
        assignees: task.assignees.map(({ name }) => name),
        labels: task.labels.map(({ name }) => name),
        dueDate: task.dueDate,
        estimate: task.estimate,
        parent: task.parentSourceId?.replace("csv:", "") ?? null,
        createdAt: task.createdAt,
        completedAt: task.completedAt,
        archivedAt: task.archivedAt,
      }));
      expect(back).toEqual(rows);
    }),
    { numRuns: 500 },
  );
});
