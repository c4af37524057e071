import { textFile } from "@guildhall/testing/export-files";
import { expect, test } from "vitest";
import { parseImport } from "../parse-import.ts";
import type { Reading } from "../plan/reading.ts";
import { isYes } from "./read-end.ts";

const planOf = (text: string, reading: Reading = {}, name = "tasks.csv") =>
  parseImport({ files: [textFile(name, text)], reading });
const ends = (text: string) =>
  planOf(text).tasks.map(({ title, statusName, statusCategory, completedAt }) =>
    [title, statusName, statusCategory, completedAt?.toISOString().slice(0, 10) ?? "-"].join(" "),
  );

test("Asana: a section is no end, and `Completed At` is", () => {
  const plan = planOf(
    [
      "Task ID,Created At,Completed At,Name,Section/Column,Assignee,Assignee Email,Tags,Notes,Projects,Parent task",
      "1,2024-01-02,,Open,To do,Ann Archer,ann@example.com,wet,note,P,",
      "2,2024-01-02,2024-01-20,Finished,To do,Bo,bo@example.com,,,P,",
      "3,2024-01-02,2024-01-21,Below,,Bo,bo@example.com,,,,Finished",
    ].join("\n"),
  );
  expect(plan.system).toBe("Asana");
  expect(plan.tasks).toMatchObject([
    {
      ...{ title: "Open", statusName: "To do", completedAt: null, description: "note" },
      assignees: [{ name: "Ann Archer", email: "ann@example.com" }],
      labels: [{ name: "wet" }],
    },
    { statusName: "Done", statusCategory: "completed", completedAt: new Date("2024-01-20") },
    { statusName: "Done", completedAt: new Date("2024-01-21"), parentSourceId: "csv:2" },
  ]);
  expect(plan.problems.filter(({ field }) => field === "status")).toMatchObject([
    {
      place: "row 3",
      message: expect.stringContaining("1 task ended, though “To do” is no closing"),
    },
  ]);
});

test("a title that several rows have is no parent, and an id is one before any title", () => {
  const plan = planOf("ID,Title,Parent\n1,2,\n2,Twice,\n3,Twice,\n4,Below,Twice\n5,Under,2\n");
  expect(plan.tasks.map(({ parentSourceId }) => parentSourceId)).toEqual([
    ...[null, null, null, "csv:Twice", "csv:2"],
  ]);
});

test("an end without a status, a box, a word, a resolution: completed whatever says so", () => {
  expect(ends("Title,Completed\nOpen,\nClosed,2024-01-20\n")).toEqual([
    "Open To Do unstarted -",
    "Closed Done completed 2024-01-20",
  ]);
  expect(ends("Title,Done\na,Yes\nb,No\nc,TRUE\nd,☐\ne,ja\nf,\n")).toEqual([
    ...["a Done completed -", "b To Do unstarted -", "c Done completed -", "d To Do unstarted -"],
    ...["e Done completed -", "f To Do unstarted -"],
  ]);
  expect(ends("Title,Status,Resolution\na,X,Fixed\nb,Y,Unresolved\nc,Z,Won't fix\n")).toEqual([
    ...["a X completed -", "b Y unstarted -", "c Z cancelled -"],
  ]);
  expect(ends("Title,Status,Canceled\na,Todo,2024-01-02\nb,Dropped,2024-01-03\n")).toEqual([
    ...["a Dropped cancelled 2024-01-02", "b Dropped cancelled 2024-01-03"],
  ]);
});

test.each([
  ["yes", true],
  [" ✓ ", true],
  ["да", true],
  ["Nein", false],
  ["0", false],
  ["", false],
  ["perhaps", null],
])("%j says %s", (text, says) => {
  expect(isYes(text)).toBe(says);
});

test("Jira: what is resolved is completed, in whatever language its status is", () => {
  const header = "Summary,Issue key,Issue id,Issue Type,Status,Resolution,Created,Resolved";
  const rows = [
    "A,ABC-1,1,Task,Fertig,Fixed,03/Jan/24 10:00 AM,04/Jan/24 10:00 AM",
    "B,ABC-2,2,Task,Terminé,Fixed,03/Jan/24 10:00 AM,04/Jan/24 10:00 AM",
    "C,ABC-3,3,Task,In Arbeit,,03/Jan/24 10:00 AM,",
    "D,ABC-4,4,Task,Verworfen,Won't Do,03/Jan/24 10:00 AM,04/Jan/24 10:00 AM",
  ];
  expect(ends([header, ...rows].join("\n"))).toEqual([
    ...["A Fertig completed 2024-01-04", "B Terminé completed 2024-01-04"],
    ...["C In Arbeit unstarted -", "D Verworfen completed 2024-01-04"],
  ]);
});

test.each([
  ["Zusammenfassung,Vorgangsschlüssel,Status,Erstellt,Erledigt,Zugewiesene Person,Stichwörter"],
  ["Résumé,Clé de ticket,État,Création,Résolu,Personne assignée,Étiquettes"],
  ["Resumen,Clave de incidencia,Estado,Creada,Resuelta,Persona asignada,Etiquetas"],
])("Jira's headers may be in another language: %s", (header) => {
  const plan = planOf(`${header}\nAmboss,AB-7,X,03/Jan/24 10:00 AM,04/Jan/24 10:00 AM,Ada,wet\n`);
  expect(plan).toMatchObject({ format: "jira-csv", system: "Jira" });
  expect(plan.tasks).toMatchObject([
    {
      ...{ title: "Amboss", sourceKey: "AB-7", statusCategory: "completed" },
      ...{ createdAt: new Date("2024-01-03T10:00Z"), completedAt: new Date("2024-01-04T10:00Z") },
      assignees: [{ name: "Ada" }],
      labels: [{ name: "wet" }],
    },
  ]);
});

test("a table with such a header and other keys is any table", () => {
  expect(planOf("Title,Schlüssel,Zusammenfassung\nA,rund,B\n").format).toBe("csv");
});

test("a source that says the category is believed, and a person before it", () => {
  const text = "Title,Status,Status Category\na,Prüfung,In Progress\nb,Los,Done\nc,Later,To Do\n";
  expect(ends(text).map((line) => line.split(" ")[2])).toEqual([
    ...["started", "completed", "unstarted"],
  ]);
  const chosen = planOf(text, { categories: { Prüfung: "completed", Los: "started" } });
  expect(chosen.statuses.map(({ name, category }) => `${name} ${category}`)).toEqual([
    ...["Later unstarted", "Los started", "Prüfung completed"],
  ]);
});

test("TickTick's codes are read as what they mean", () => {
  const plan = planOf(
    [
      "Folder Name,List Name,Title,Kind,Tags,Content,Due Date,Priority,Status,Created Time,Completed Time,taskId,parentId",
      "F,Forge,Bellows,TEXT,wet,air,2024-03-12T00:00:00+0000,5,0,2024-01-01T00:00:00+0000,,1,",
      "F,Forge,Anvil,TEXT,,,,0,1,2024-01-01T00:00:00+0000,2024-02-01T10:00:00+0000,2,1",
      "F,Forge,Old,TEXT,,,,3,2,2024-01-01T00:00:00+0000,2024-02-01T10:00:00+0000,3,",
    ].join("\n"),
  );
  expect(plan.system).toBe("TickTick");
  expect(plan.tasks).toMatchObject([
    {
      ...{ title: "Bellows", description: "air", priority: "high" },
      ...{ statusCategory: "unstarted", dueDate: "2024-03-12" },
      labels: [{ name: "Forge" }, { name: "wet" }],
    },
    { statusCategory: "completed", parentSourceId: "csv:1", priority: "none" },
    { statusCategory: "completed", priority: "medium" },
  ]);
  expect(plan.problems.filter(({ field }) => field === "completedAt")).toEqual([]);
});

test("Todoist: sections, indents, notes and labels among the words", () => {
  const plan = planOf(
    [
      "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE",
      "section,Doing,,,,,,,,",
      "task,Bring iron @smithy,ten bars,1,1,Ada (1),Lin (2),12 Mar 2024,en,Europe/Berlin",
      "note,From the river,,,,Lin (2),,2024-03-01T10:00:00Z,,",
      "task,Load the cart,,4,2,Ada (1),,every day,en,",
      "task,Rest,,3,1,Ada (1),,,en,",
    ].join("\n"),
  );
  expect(plan.system).toBe("Todoist");
  expect(plan.tasks).toMatchObject([
    {
      ...{
        title: "Bring iron",
        description: "ten bars",
        priority: "urgent",
        dueDate: "2024-03-12",
      },
      ...{ statusName: "Doing", statusCategory: "started", reporter: "Ada" },
      labels: [{ name: "smithy" }],
      assignees: [{ name: "Lin" }],
      comments: [{ author: "Lin", body: "From the river" }],
    },
    { title: "Load the cart", parentSourceId: plan.tasks[0]?.sourceId, dueDate: null },
    { title: "Rest", parentSourceId: null, priority: "medium" },
  ]);
  expect(plan.problems).toMatchObject([{ field: "dueDate", place: "row 5" }]);
});

test("one file has one order of its days; where nothing decides, it is asked and told", () => {
  const due = (text: string, reading: Reading = {}) =>
    planOf(text, reading).tasks.map((t) => t.dueDate);
  const decided = "Title,Created,Due date\nA,25/03/2024,03/04/2024\nB,28/03/2024,05/04/2024\n";
  expect(due(decided)).toEqual(["2024-04-03", "2024-04-05"]);
  expect(due(decided, { dayOrder: "month-first" })).toEqual(["2024-04-03", "2024-04-05"]);
  expect(planOf(decided).dayOrder).toBeNull();
  const open = "Title,Due date\nA,03/04/2024\nB,05/06/2024\n";
  const days = { "day-first": "2024-04-03", "month-first": "2024-03-04" };
  expect(planOf(open).dayOrder).toEqual({
    ...{ example: "03/04/2024", days, taken: "month-first", isChosen: false },
  });
  expect(due(open, { dayOrder: "day-first" })).toEqual(["2024-04-03", "2024-06-05"]);
  expect(planOf(open, { dayOrder: "day-first" }).problems.at(-1)?.message).toBe(
    "Dates like 03/04/2024 were read as 2024-04-03, as you chose.",
  );
});

test("“Doe, Jane” is one person where all are written so, and two where not", () => {
  const people = (...cells: string[]) =>
    planOf(`Title;Assignee\n${cells.map((cell) => `a;"${cell}"`).join("\n")}\n`).tasks.map(
      ({ assignees }) => assignees.map(({ name }) => name),
    );
  expect(people("Doe, Jane", "", "Roe, Rick")).toEqual([["Doe, Jane"], [], ["Roe, Rick"]]);
  expect(people("Ada, Lin", "Lin")).toEqual([["Ada", "Lin"], ["Lin"]]);
  expect(people("Ada, Lin, Bo")).toEqual([["Ada", "Lin", "Bo"]]);
});

test("numbers as people of any country write them", () => {
  const cells = ["1,5", "1.5", "1.000,5", "1,000.5", "1 000,5", "1.000.000", "-", "1.2.3"];
  const plan = planOf(`Title;Estimate\n${cells.map((cell) => `a;${cell}`).join("\n")}\n`);
  expect(plan.tasks.map(({ estimate }) => estimate)).toEqual([
    ...[1.5, 1.5, 1000.5, 1000.5, 1000.5, 1_000_000, null, null],
  ]);
});

const board = (rest: object) =>
  JSON.stringify({ id: "b", name: "B", lists: [{ id: "l", name: "To Do", pos: 1 }], ...rest });
const card = (id: number, rest: object) => ({
  ...{ id: `65f00000000000000000000${id}`, name: `card ${id}`, idList: "l", pos: id },
  ...rest,
});

test("Trello: days are those of the chosen zone; what the file lacks is said; people who left are named", () => {
  const text = board({
    desc: "All of it",
    cards: [
      card(1, { due: "2024-03-12T00:00:00.000Z", start: "2024-03-01T05:00:00.000Z", closed: true }),
      card(2, { badges: { comments: 40 }, idMembers: ["gone"] }),
      card(3, { isTemplate: true }),
      card(4, {
        attachments: [{ name: "plan.png", url: "https://trello.com/1/x", isUpload: true }],
      }),
    ],
    actions: [
      {
        ...{ id: "a", type: "commentCard", date: "2024-03-01T00:00:00.000Z" },
        memberCreator: { id: "gone", fullName: "Bo" },
        data: { card: { id: card(2, {}).id }, text: "one" },
      },
    ],
  });
  const plan = planOf(text, { zone: "America/New_York" }, "board.json");
  expect(plan.tasks).toMatchObject([
    { dueDate: "2024-03-11", startDate: "2024-03-01", archivedAt: expect.any(Date) },
    { assignees: [{ name: "Bo" }] },
    { title: "card 4" },
  ]);
  expect(plan.problems.map(({ place, message }) => `${place}: ${message.slice(0, 60)}`)).toEqual([
    "cards[2]: “card 3” is a template for cards, and no task.",
    "cards[1]: The card counts 40 comments, and the file has 1: Trello's ex",
    "cards[3]: Trello's export has no files: “plan.png” is a link to Trello",
    "The board: The board's own description wasn't imported.",
  ]);
});

test("GitHub: an empty `pull_request` is an issue, and people may be plain strings", () => {
  const issue = (number: number, rest: object) => ({
    ...{
      number,
      title: `issue ${number}`,
      state: "open",
      url: `https://x.org/o/r/issues/${number}`,
    },
    ...rest,
  });
  const text = JSON.stringify([
    issue(1, { pull_request: { html_url: null, diff_url: null }, user: "ada", assignees: ["lin"] }),
    issue(2, { pull_request: { html_url: "https://x.org/o/r/pull/2" }, user: { login: "lin" } }),
    issue(3, {
      user: "https://x.org/bo",
      assignee: "ada",
      comments: [{ author: "lin", body: "x" }],
    }),
    issue(4, { user: null, state: "closed", state_reason: "not_planned", closed_at: "2024-01-02" }),
  ]);
  expect(planOf(text, {}, "issues.json").tasks).toMatchObject([
    { title: "issue 1", reporter: "ada", assignees: [{ name: "lin" }] },
    {
      title: "issue 3",
      reporter: "bo",
      assignees: [{ name: "ada" }],
      comments: [{ author: "lin" }],
    },
    { reporter: "ghost", statusCategory: "cancelled", completedAt: new Date("2024-01-02") },
  ]);
});
