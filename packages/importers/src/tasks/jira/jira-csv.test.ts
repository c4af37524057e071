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

const plan = parseImport({ files: fixture("jira-server.csv") });

test("an issue becomes a task with all that Guildhall has a place for", () => {
  expect(plan).toMatchObject({ format: "jira-csv", name: "Forge" });
  expect(taskByKey(plan, "FORGE-2")).toMatchObject({
    sourceId: "jira:FORGE-2",
    title: "Bellows leak",
    statusName: "Closed",
    statusCategory: "completed",
    priority: "urgent",
    labels: ["Bug", "air", "leather", "Hearth"].map((name) => ({ name, color: null })),
    assignees: [{ name: "jo@example.com", email: "jo@example.com" }],
    reporter: "smith",
    dueDate: "2025-09-18",
    estimate: 3.5,
    createdAt: new Date("2014-07-07T15:44:00Z"),
    updatedAt: new Date("2014-07-08T00:05:00Z"),
    completedAt: new Date("2014-07-08T00:01:00Z"),
    place: "row 2",
  });
});

test("the description is Markdown, with what else is known below it", () => {
  const image = "[leak (1).png](https://jira.example.com/att/1/leak%20%281%29.png)";
  expect(taskByKey(plan, "FORGE-2").description).toBe(
    [
      "## Seen",
      `The **bellows** leak at \`seam[0]\`; see !${image} and \\<Window>.`,
      "**app.js**",
      "```javascript\nif (a < b) { *no bold* }\n```",
      "### Environment",
      "Linux 6",
      "### Details",
      "- Resolution: Won't Fix",
      "### Links",
      "- Blocked by FORGE-3\n- Relates to OTHER-9",
      "### Attachments",
      `- ${image}\n- [a;b.txt](https://jira.example.com/att/2/ab.txt)`,
    ].join("\n\n"),
  );
});

test("comments keep their semicolons and come oldest first, with ids that last", () => {
  const { comments } = taskByKey(plan, "FORGE-2");
  expect(comments.map(({ author, body }) => [author, body])).toEqual([
    ["jo", "> why\n\n@smith because"],
    ["smith", "One; two; three"],
  ]);
  const again = parseImport({ files: fixture("jira-server.csv") });
  expect(taskByKey(again, "FORGE-2").comments).toEqual(comments);
  expect(new Set(comments.map((it) => it.sourceId)).size).toBe(2);
});

test("sub-tasks and blockers are linked by key, from whichever side the file tells it", () => {
  expect(taskByKey(plan, "FORGE-3").parentSourceId).toBe("jira:FORGE-2");
  expect(taskByKey(plan, "FORGE-2").blockedBySourceIds).toEqual(["jira:FORGE-3"]);
  expect(taskByKey(plan, "FORGE-3").blockedBySourceIds).toEqual(["jira:FORGE-4"]);
  expect(taskByKey(plan, "FORGE-5").blockedBySourceIds).toEqual(["jira:FORGE-4"]);
});

test("what was not understood is told row by row", () => {
  expect(plan.problems.map(({ place, message }) => `${place}: ${message}`)).toEqual([
    "row 4: “Quenching” is an unknown status, treated as not started.",
    "row 4: “Someday” is an unknown priority, so none was set.",
    "row 4: “the other day” isn't a date we can read.",
    "row 5: It has no issue key.",
    "row 6: The row has 18 cells and the header 31, so the missing cells count as empty.",
    "column “Custom field (Mood)”: Not imported: 1 rows have a value here.",
    "row 3: Comments without text: 1.",
  ]);
  expect(plan.statuses.map(({ name }) => name)).toEqual([
    "Open",
    "Quenching",
    "In Progress",
    "Closed",
  ]);
});

test("Cloud's status category decides, and its account ids become names", () => {
  const cloud = parseImport({ files: fixture("jira-cloud.csv") });
  expect(cloud.statuses).toEqual([
    { name: "Ready for Odin", category: "started" },
    { name: "Abandoned", category: "cancelled" },
  ]);
  expect(taskByKey(cloud, "CLD-1").comments).toMatchObject([
    {
      author: "Grace Hopper",
      body: "@Ada Lovelace and @Lin Torvald look\n\n![shot.png](https://cloud.example.com/content/1)",
    },
  ]);
  expect(cloud.problems).toEqual([]);
});

test.skipIf(!hasRealExports)(`1,499 issues in 855 columns ${WITH_REAL}`, () => {
  const real = parseImport({
    files: realExport("jira-csv-large-aloy/ALOY-derived-jira-export.csv"),
  });
  expect(real.tasks).toHaveLength(1_499);
  const empty = real.problems.filter(({ message }) => message.startsWith("Comments without"));
  const emptyCount = empty.reduce((sum, { message }) => sum + Number(/\d+/.exec(message)?.[0]), 0);
  expect(countComments(real) + emptyCount).toBe(4_513);
  expect(emptyCount).toBe(81);
  expect(real.tasks.filter((task) => task.parentSourceId !== null)).toHaveLength(71);
  const links = real.tasks.flatMap(
    ({ description }) =>
      description.match(/^- \[.*\]\(https:\/\/jira-archive\.titaniumsdk\.com\/attachment\//gm) ??
      [],
  );
  expect(links).toHaveLength(1_122);
  const byStatus = Object.fromEntries(
    real.statuses.map(({ name }) => [
      name,
      real.tasks.filter((it) => it.statusName === name).length,
    ]),
  );
  expect(byStatus).toEqual({
    Open: 202,
    Reopened: 10,
    "In Progress": 2,
    "In Review": 1,
    Resolved: 502,
    Closed: 782,
  });
  const leftover = real.tasks.filter(({ description }) =>
    /^\{(?:code|noformat)/m.test(description),
  );
  expect(leftover.length).toBeLessThan(15);
});

test.skipIf(!hasRealExports)(`22 issues of a real Cloud export ${WITH_REAL}`, () => {
  const real = parseImport({ files: realExport("jira-csv-real-testautogen/Jira.csv") });
  expect(real.tasks).toHaveLength(22);
  expect(real.tasks.filter(({ dueDate }) => dueDate !== null)).toHaveLength(2);
  const texts = real.tasks.flatMap(({ comments }) => comments.map(({ body }) => body));
  expect(texts.join("\n")).not.toContain("accountid");
});
