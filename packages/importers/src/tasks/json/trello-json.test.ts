import {
  countComments,
  fixture,
  hasRealExports,
  realExport,
  taskByKey,
  WITH_REAL,
} from "@guildhall/testing/export-files";
import { expect, test } from "vitest";
import { parseImport } from "../parse-import.ts";

const plan = parseImport({ files: fixture("trello-board.json", "trello-comments.json") });

test("a card becomes a task; its fields and attachments stand in the description, its checklists in it", () => {
  expect(plan).toMatchObject({ format: "trello-json", name: "Smithy" });
  expect(taskByKey(plan, "#40")).toMatchObject({
    sourceId: "trello:5ca697c18531027d0024d962",
    title: "Horseshoes",
    description: [
      "**Four** of them",
      "### Details\n\n- Size: Large\n- Urgent: yes",
      "### Attachments\n\n- [plan \\[v2\\].png](https://files.example.com/plan%20%28v2%29.png)\n- local",
    ].join("\n\n"),
    statusName: "Doing",
    labels: [
      { name: "Orange", color: "#faa53d" },
      { name: "Iron", color: "#4bce97" },
      { name: "Odd", color: null },
    ],
    assignees: [{ name: "Ada Lovelace", email: null }],
    dueDate: "2019-05-01",
    createdAt: new Date("2019-04-04T23:48:17Z"),
    completedAt: null,
    archivedAt: null,
    url: "https://trello.com/c/abc/40-horseshoes",
    checklists: [
      {
        sourceId: "trello:checklist:K1",
        title: "Steps",
        items: [
          { sourceId: "trello:item:K1/0", text: "heat", isDone: true },
          {
            text: "quench",
            isDone: false,
            dueDate: "2019-05-02",
            assignee: { name: "Ada Lovelace" },
          },
        ],
      },
      { sourceId: "trello:checklist:K2", title: "After", items: [] },
    ],
  });
});

test("lists keep the board's order; archived ones come last and only with cards", () => {
  expect(plan.statuses).toEqual([
    { name: "Ideas", category: "backlog" },
    { name: "Doing", category: "started" },
    { name: "Done 🎉", category: "completed" },
    { name: "Old hall", category: "unstarted" },
  ]);
});

test("a card was completed when it came to its list, and is archived with its list", () => {
  expect(taskByKey(plan, "#41").completedAt).toEqual(new Date("2019-05-30T00:00:00Z"));
  expect(taskByKey(plan, "#42").archivedAt).toEqual(new Date("2019-06-07T00:00:00Z"));
});

test("comments of both files are joined, each once", () => {
  const comments = taskByKey(plan, "#40").comments;
  expect(comments.map(({ author, body }) => [author, body])).toEqual([
    ["lin", "first"],
    ["Ada Lovelace", "second"],
  ]);
});

test("the report names what was left out", () => {
  expect(plan.problems.map(({ place, message }) => `${place}: ${message}`)).toEqual([
    "cards[3]: Not a card: it has no ID.",
    "cards[0]: Its due date is checked off, but it's in “Doing”, so it stays open.",
    "actions: 1 comments on the card 5ca697c18531027d00000000, which isn't in the file.",
  ]);
});

test("a card's inbound address is nowhere in the plan", () => {
  expect(JSON.stringify(plan)).not.toContain("boards.trello.com");
});

test.skipIf(!hasRealExports)(`122 cards of the GoCD board ${WITH_REAL}`, () => {
  const [board, comments] = realExport(
    "trello-board-gocd-test-drive/trello.json",
    "trello-board-gocd-test-drive/comments.json",
  );
  if (board === undefined || comments === undefined) throw new Error("unreachable");
  const real = parseImport({ files: [board, comments] });
  expect(real.tasks).toHaveLength(122);
  expect(countComments(real)).toBe(133);
  expect(countComments(parseImport({ files: [board] }))).toBe(93);
  const items = real.tasks.flatMap(({ checklists }) => checklists.flatMap((list) => list.items));
  expect(items).toHaveLength(62);
  expect(items.filter(({ isDone }) => isDone)).toHaveLength(42);
  expect(real.tasks.filter(({ dueDate }) => dueDate !== null)).toHaveLength(25);
  expect(real.tasks.filter(({ archivedAt }) => archivedAt !== null).length).toBeGreaterThanOrEqual(
    78,
  );
  expect(JSON.stringify(real)).not.toMatch(/boards\.trello\.com/);
});

test.skipIf(!hasRealExports)(`16 cards of the Kanban template ${WITH_REAL}`, () => {
  const real = parseImport({
    files: realExport("trello-board-kanban-template/kanban-template.json"),
  });
  expect(real.tasks).toHaveLength(16);
  expect(real.statuses.map(({ name }) => name)).toContain("Done 🎉");
});
