import {
  fixture,
  hasRealExports,
  realExport,
  refusal,
  taskByKey,
  textFile,
  WITH_REAL,
} from "@guildhall/testing/export-files";
import { expect, test } from "vitest";
import { isLinear } from "../../../testing/is-linear.ts";
import { parseImport, previewCsv } from "../parse-import.ts";
import { suggestMapping } from "./csv-mapping.ts";
import { splitValues } from "./split-values.ts";

const csv = (text: string) => [textFile("tasks.csv", text)];

test("Linear's columns are recognised, and its ids link the rows", () => {
  const plan = parseImport({ files: fixture("linear.csv") });
  expect(taskByKey(plan, "CLA-1")).toMatchObject({
    sourceId: "linear:CLA-1",
    statusCategory: "started",
    priority: "high",
    estimate: 5,
    labels: [
      { name: "Feature", color: null },
      { name: "big, heavy", color: null },
    ],
    assignees: [{ name: "ada@example.com", email: "ada@example.com" }],
    reporter: "ada@example.com",
    dueDate: "2023-02-28",
    createdAt: new Date("2022-08-23T13:54:01Z"),
    parentSourceId: "linear:CLA-2",
  });
  const second = taskByKey(plan, "CLA-2");
  expect(second).toMatchObject({
    statusCategory: "cancelled",
    priority: "none",
    createdAt: new Date("2022-08-24T12:06:02Z"),
    completedAt: new Date("2023-02-11T01:51:53Z"),
    blockedBySourceIds: ["linear:CLA-1"],
  });
});

test("a circle of parents is cut where it closes, and told", () => {
  const plan = parseImport({ files: fixture("linear.csv") });
  expect(taskByKey(plan, "CLA-2").parentSourceId).toBeNull();
  expect(plan.problems.map(({ message }) => message)).toContain(
    "The parent CLA-1 would create a loop, so it was skipped.",
  );
});

test("a mapping may name columns by header or index; unknown columns are refused", () => {
  const files = csv("Was,Wer,Stand\nSchmieden,Ada; Lin,Erledigt\n");
  const plan = parseImport({ files, mapping: { Was: "title", 1: "assignees" } });
  expect(plan.tasks).toMatchObject([
    { title: "Schmieden", assignees: [{ name: "Ada" }, { name: "Lin" }], statusName: "To Do" },
  ]);
  expect(plan.problems).toMatchObject([{ field: "Stand", severity: "note" }]);
  const wrong = refusal(() => parseImport({ files, mapping: { Was: "title", Wann: "dueDate" } }));
  expect(wrong.reason).toBe("unknown_column");
  expect(wrong.message).toContain("“Was”, “Wer”, “Stand”");
  expect(refusal(() => parseImport({ files })).reason).toBe("no_title_column");
});

test("rows without ids get ids by content, so that equal rows stay two and order does not matter", () => {
  const ids = (text: string) => parseImport({ files: csv(text) }).tasks.map((it) => it.sourceId);
  const [a, b, again] = ids("title,body\na,1\nb,2\na,1\n");
  expect(new Set([a, b, again]).size).toBe(3);
  expect(ids("title,body\nb,2\na,1\n")).toEqual([b, a]);
});

test("a formula is text, and the apostrophe of an export is taken off", () => {
  const plan = parseImport({ files: csv("title,labels\n'=1+1,'+a\n=HYPERLINK(1),'quoted'\n") });
  expect(plan.tasks.map(({ title }) => title)).toEqual(["=1+1", "=HYPERLINK(1)"]);
  expect(plan.tasks.flatMap(({ labels }) => labels.map(({ name }) => name))).toEqual([
    "+a",
    "'quoted'",
  ]);
});

test("a status of the team's own is completed when all its rows have a completion date", () => {
  const plan = parseImport({
    files: csv(
      "title,status,closed at\na,Paid,2024-01-01\nb,Paid,2024-01-02\nc,Odd,\nd,DONE,\ne,done,\n",
    ),
  });
  expect(plan.statuses).toEqual([
    { name: "Odd", category: "unstarted" },
    { name: "Paid", category: "completed" },
    { name: "DONE", category: "completed" },
  ]);
});

test("odd cells are told and left out, never the row", () => {
  const plan = parseImport({
    files: csv(
      "title,due,estimate,priority,url\na,someday,many,tall,javascript:x\nb,1/2/24,-3,,\n,,,,x\nc\n",
    ),
  });
  expect(plan.tasks.map(({ title, url }) => [title, url])).toEqual([
    ["a", null],
    ["b", null],
    ["c", null],
  ]);
  const told = plan.problems.map(({ place, field, severity }) => `${place} ${field} ${severity}`);
  expect(told).toEqual([
    "row 2 priority note",
    "row 2 dueDate note",
    "row 2 estimate note",
    "row 5 null note",
    "row 3 estimate note",
    "row 4 null skipped",
    "The file null note",
  ]);
});

test("long titles are cut with the whole in the description; what cannot be stored goes", () => {
  const long = "word ".repeat(150).trim();
  const plan = parseImport({ files: csv(`title,body\n${long},text\na\0b,x\0\n`) });
  const [first, second] = plan.tasks;
  expect(first?.title).toHaveLength(499);
  expect(first?.description).toBe(`${long}\n\ntext`);
  expect(second).toMatchObject({ title: "ab", description: "x" });
  expect(plan.problems.map(({ place, field }) => `${place} ${field}`)).toEqual([
    "row 2 title",
    "row 3 title",
    "row 3 description",
  ]);
});

test("several values in a cell", () => {
  expect(splitValues('bug, "needs, ""design""", x')).toEqual(["bug", 'needs, "design"', "x"]);
  expect(splitValues("Doe, Jane; Roe, Rick")).toEqual(["Doe, Jane", "Roe, Rick"]);
  expect(splitValues("a;;b, ;a")).toEqual(["a", "b"]);
});

test("hostile cells of values take linear time", () => {
  for (const piece of ['"', '",', '"a,', ',""', '""x,', "; ", ", "]) {
    const work = (times: number) => void splitValues(piece.repeat(times));
    expect(isLinear(work, 2_000), piece).toBe(true);
  }
});

test("the preview shows the first rows and what each column may be", () => {
  const { headers, rows, suggestedMapping } = previewCsv(
    new TextEncoder().encode(`Task Name,Due Date,Notes\n${"x,2024-01-01,y\n".repeat(9)}`),
  );
  expect(headers).toEqual(["Task Name", "Due Date", "Notes"]);
  expect(rows).toHaveLength(5);
  expect(suggestedMapping).toEqual({ 0: "title", 1: "dueDate", 2: "description" });
});

test("one column never serves two fields, and the better header wins", () => {
  expect(suggestMapping(["Name", "Title", "Key", "ID", "Type", "Labels"])).toEqual({
    1: "title",
    3: "id",
    4: "labels",
    5: "labels",
  });
});

test.skipIf(!hasRealExports)(
  `a Linear export and the github-csv-tools dialects ${WITH_REAL}`,
  () => {
    const linear = parseImport({ files: realExport("linear-csv-shortcut-repl/linear-export.csv") });
    expect(linear.tasks).toHaveLength(10);
    expect(taskByKey(linear, "CLA-7")).toMatchObject({
      dueDate: "2023-03-10",
      priority: "urgent",
      parentSourceId: "linear:CLA-6",
    });
    expect(taskByKey(linear, "CLA-8").archivedAt).toEqual(new Date("2023-02-11T01:51:27Z"));
    const tools = (name: string) =>
      parseImport({ files: realExport(`github-csv-tools/${name}.csv`) });
    for (const name of ["1", "2", "3", "4", "6", "semicolonSeparator", "uppercaseTitle"]) {
      expect(tools(name).tasks.map(({ title }) => title)).toEqual(["Test 1", "Test 2"]);
    }
    expect(tools("2").tasks[1]?.labels.map(({ name }) => name)).toEqual(["question", "bug"]);
    expect(tools("3").tasks[1]?.statusCategory).toBe("completed");
    expect(refusal(() => tools("noTitle")).reason).toBe("no_title_column");
  },
);
