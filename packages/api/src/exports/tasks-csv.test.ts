import { writeChecklists } from "@guildhall/importers/tasks";
import { parseImport } from "@guildhall/importers/tasks/parse";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Property, propertyRows, type Texts, valueProperties } from "../tasks/properties.ts";
import { type TaskCsvRow, tasksToCsv } from "./tasks-csv.ts";

const row: TaskCsvRow = {
  key: "APP-1",
  texts: {
    title: "=1+1",
    description: 'a "b"\nc',
    statusId: "Done",
    priority: "high",
    assigneeIds: ["Ada, Countess", "Lin"],
    labelIds: [],
    startDate: "",
    dueDate: "2024-02-29",
    estimate: "2.5",
    parentId: "",
    blockedByIds: ["APP-2", "APP-3"],
  },
  checklists: "### Doors\n- [x] Oil",
  createdAt: new Date("2024-01-02T03:04:05.678Z"),
  completedAt: new Date("2024-01-03T00:00:00.000Z"),
  archivedAt: null,
};

test("RFC 4180 with CRLF, no byte order mark, and no cell that a spreadsheet would run", () => {
  expect(tasksToCsv([row])).toBe(
    "Key,Title,Description,Status,Priority,Assignees,Labels,Start date,Due date,Estimate,Parent,Blocked by,Checklists,Created,Completed,Archived\r\n" +
      'APP-1,\'=1+1,"a ""b""\nc",Done,high,"""Ada, Countess"", Lin",,,2024-02-29,2.5,,"APP-2, APP-3","### Doors\n- [x] Oil",2024-01-02T03:04:05.678Z,2024-01-03T00:00:00.000Z,\r\n',
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

/** By kind, so that a new property is among them. */
const texts: { [K in Property["kind"]]: (property: Property) => fc.Arbitrary<string | string[]> } =
  {
    line: () => line,
    text: () => fc.oneof(text, formula).map((it) => (it.trim() === "" ? "" : it)),
    choice: (property) =>
      fc.constantFrom(...Object.keys("names" in property ? property.names : {})),
    day: () => fc.option(date.map((it) => it.toISOString().slice(0, 10))).map((it) => it ?? ""),
    number: () =>
      fc.option(fc.integer({ min: 0, max: 40_000 })).map((it) => (it === null ? "" : `${it / 4}`)),
    status: () => fc.constantFrom("Done", "In progress"),
    parent: () => fc.constant(""),
    list: () => names,
  };

const tasks = fc.array(
  fc.record({
    texts: fc.record(
      Object.fromEntries(
        propertyRows.map(([name, property]) => [name, texts[property.kind](property)]),
      ) as { [P in keyof Texts]: fc.Arbitrary<Texts[P]> },
    ),
    checklists: fc
      .array(
        fc.record({
          title: line,
          items: fc.array(fc.record({ text: line, isDone: fc.boolean() })),
        }),
        { maxLength: 3 },
      )
      .map(writeChecklists),
    createdAt: date,
    completedAt: date,
    archivedAt: fc.option(date),
  }),
  { minLength: 1, maxLength: 6 },
);

/** A row that a project could have: links to rows above, and each day not after the one it precedes. */
function possible(drafted: Texts, index: number): Texts {
  const drawn: Record<string, string | string[]> = { ...drafted };
  for (const [name, property] of propertyRows) {
    if (property.kind !== "day" || !property.notAfter) continue;
    const [earlier, later] = [String(drawn[name]), String(drawn[property.notAfter])];
    if (later && earlier > later) drawn[name] = "";
  }
  const above = Array.from({ length: index }, (_, i) => `APP-${i + 1}`);
  return { ...(drawn as Texts), parentId: above.at(-1) ?? "", blockedByIds: above.slice(0, -1) };
}

const keyIn = (sourceId: string) => sourceId.replace("csv:", "");

test("what is exported comes back with the same values", () => {
  fc.assert(
    fc.property(tasks, (drafts) => {
      const rows: TaskCsvRow[] = drafts.map((draft, index) => ({
        ...draft,
        key: `APP-${index + 1}`,
        texts: possible(draft.texts, index),
        completedAt: draft.texts.statusId === "Done" ? draft.completedAt : null,
      }));
      const bytes = new TextEncoder().encode(tasksToCsv(rows));
      const plan = parseImport({ files: [{ name: "tasks.csv", bytes }] });
      expect(plan.problems).toEqual([]);
      const back = plan.tasks.map((task): TaskCsvRow => {
        const values = Object.fromEntries(
          valueProperties.map((name) => [name, `${task[name] ?? ""}`]),
        );
        const others = {
          statusId: task.statusName,
          assigneeIds: task.assignees.map(({ name }) => name),
          labelIds: task.labels.map(({ name }) => name),
          parentId: keyIn(task.parentSourceId ?? ""),
          blockedByIds: task.blockedBySourceIds.map(keyIn),
        };
        return {
          key: task.sourceKey ?? "",
          checklists: writeChecklists(task.checklists),
          texts: { ...values, ...others } as Texts,
          createdAt: task.createdAt ?? new Date(0),
          completedAt: task.completedAt,
          archivedAt: task.archivedAt,
        };
      });
      expect(back).toEqual(rows);
    }),
    { numRuns: 500 },
  );
});
