import {
  countComments,
  fixture,
  hasRealExports,
  realExport,
  taskByKey,
  textFile,
  WITH_REAL,
} from "@guildhall/testing/export-files";
import { expect, test } from "vitest";
import { parseImport } from "../parse-import.ts";

const plan = parseImport({ files: fixture("github-issues.json", "github-comments.json") });

test("an issue becomes a task with all that Guildhall has a place for", () => {
  expect(plan).toMatchObject({ format: "github-json", name: "guild/anvil" });
  expect(taskByKey(plan, "#3")).toMatchObject({
    sourceId: "github:guild/anvil#3",
    title: "Support `Vec<T>` in <T> titles",
    description: "- [x] parse\n- [ ] print\n\n![shot](https://example.com/a.png) ✓",
    statusName: "Closed",
    statusCategory: "completed",
    labels: [
      { name: "A-frontend", color: "#f7e101" },
      { name: "plain", color: null },
      { name: "Milestone: 1.0", color: null },
    ],
    assignees: [
      { name: "hubot", email: null },
      { name: "mona", email: null },
    ],
    reporter: "mona",
    dueDate: null,
    createdAt: new Date("2010-06-22T18:11:03Z"),
    completedAt: new Date("2011-01-27T00:42:35Z"),
    url: "https://github.com/guild/anvil/issues/3",
    place: "issues[0]",
  });
});

test("not planned is cancelled, a missing user is the ghost, a missing body is empty", () => {
  expect(taskByKey(plan, "#9")).toMatchObject({
    statusName: "Not planned",
    statusCategory: "cancelled",
    reporter: "ghost",
    description: "",
    labels: [{ name: "Bug", color: null }],
    parentSourceId: "github:guild/anvil#3",
  });
});

test("comments come in order, each once, and keep their ids", () => {
  expect(taskByKey(plan, "#3").comments).toEqual([
    {
      sourceId: "github:comment:70",
      author: "mona",
      body: "Earlier.",
      createdAt: new Date("2011-01-26T00:00:00Z"),
    },
    {
      sourceId: "github:comment:71",
      author: "ghost",
      body: "Later.",
      createdAt: new Date("2011-01-27T00:42:35Z"),
    },
  ]);
});

test("what is left out is reported with its place", () => {
  expect(plan.problems).toEqual([
    {
      place: "issues[1]",
      field: null,
      severity: "skipped",
      message: "#4 is a pull request; only issues are imported.",
    },
    {
      place: "issues[3]",
      field: null,
      severity: "skipped",
      message: "Not an issue: it has no number.",
    },
    {
      place: "comments",
      field: null,
      severity: "skipped",
      message: "1 comments on guild/anvil#4, which is a pull request.",
    },
    { place: "issues[4]", field: null, severity: "skipped", message: "It has no title." },
  ]);
});

test("one issue, a wrapped list and what gh prints are read too", () => {
  const issue = {
    number: 5,
    title: "From gh",
    state: "CLOSED",
    stateReason: "DUPLICATE",
    url: "https://github.com/guild/anvil/issues/5",
    author: { login: "mona" },
    createdAt: "2024-01-01T00:00:00Z",
    closedAt: "2024-01-02T00:00:00Z",
    comments: [
      { id: "IC_1", author: { login: "hubot" }, body: "Hi", createdAt: "2024-01-01T01:00:00Z" },
    ],
  };
  for (const value of [issue, [issue], { issues: [issue] }]) {
    const { tasks } = parseImport({ files: [textFile("x.json", JSON.stringify(value))] });
    expect(tasks).toMatchObject([
      {
        sourceId: "github:guild/anvil#5",
        statusName: "Duplicate",
        statusCategory: "cancelled",
        completedAt: new Date("2024-01-02T00:00:00Z"),
        comments: [{ sourceId: "github:comment:IC_1", author: "hubot", body: "Hi" }],
      },
    ]);
  }
});

test.skipIf(!hasRealExports)(`1,035 entries of rust-lang/rust ${WITH_REAL}`, () => {
  const files = realExport(
    "github-issues-rest-rust/issues.json",
    "github-issues-rest-rust/issue_comments.json",
  );
  const real = parseImport({ files });
  expect(real.name).toBe("rust-lang/rust");
  expect(real.tasks).toHaveLength(1_012);
  const skipped = real.problems.filter(({ severity }) => severity === "skipped");
  expect(skipped.filter(({ message }) => message.includes("pull request;"))).toHaveLength(23);
  // The rest of the 1,720 comments belong to those pull requests.
  const stray = skipped.filter(({ place }) => place === "comments");
  const strayCount = stray.reduce((sum, { message }) => sum + Number.parseInt(message, 10), 0);
  expect([countComments(real), strayCount]).toEqual([1_693, 27]);
  const open = real.tasks.filter((task) => task.statusName === "Open");
  expect(open).toHaveLength(53);
  expect(real.tasks.filter((task) => task.reporter === "ghost")).toHaveLength(13);
  expect(taskByKey(real, "#24263").comments.length).toBeGreaterThan(20);
});
