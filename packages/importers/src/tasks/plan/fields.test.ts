import { textFile } from "@guildhall/testing/export-files";
import { expect, test } from "vitest";
import { parseImport } from "../parse-import.ts";

const startsIn = (name: string, text: string) =>
  parseImport({ files: [textFile(name, text)] }).tasks.map(({ startDate }) => startDate);

test("the day on which work begins comes from every system that knows one", () => {
  const trello = {
    name: "Board",
    lists: [{ id: "l", name: "Doing", closed: false }],
    cards: [
      { id: "5ca697c18531027d0024d962", name: "A", idList: "l", start: "2024-05-01T12:00:00.000Z" },
      { id: "5ca697c18531027d0024d963", name: "B", idList: "l", start: null },
    ],
    actions: [],
  };
  expect(startsIn("board.json", JSON.stringify(trello))).toEqual(["2024-05-01", null]);
  const asana = "Task ID,Name,Start Date,Due Date\n1,A,2024-05-01,2024-05-03\n2,B,,\n";
  expect(startsIn("asana.csv", asana)).toEqual(["2024-05-01", null]);
  const linear =
    "ID,Team,Title,Status,Cycle Number,Created,Started,Due Date\n" +
    "CLA-1,Clay,A,Todo,,2024-04-01T10:00:00.000Z,2024-05-01T09:00:00.000Z,2024-05-03\n";
  expect(startsIn("linear.csv", linear)).toEqual(["2024-05-01"]);
  const jira = (header: string) =>
    `Summary,Issue key,Issue id,Issue Type,Status,${header},Due date\nA,AB-1,1,Task,Open,01/May/24,03/May/24\n`;
  for (const header of ["Custom field (Start date)", "Start date"]) {
    expect(startsIn("jira.csv", jira(header))).toEqual(["2024-05-01"]);
  }
});

test("a start after the due date is left out, and told", () => {
  const text = "ID,Title,Start date,Due date\n1,A,2024-05-04,2024-05-03\n";
  const { tasks, problems } = parseImport({ files: [textFile("tasks.csv", text)] });
  expect(tasks).toMatchObject([{ startDate: null, dueDate: "2024-05-03" }]);
  expect(problems).toMatchObject([
    {
      place: "row 2",
      field: "startDate",
      message: "2024-05-04 is after the due date, 2024-05-03, so it was skipped.",
    },
  ]);
});
