import { startTestApi, type TestApi } from "@guildhall/testing/api";
import {
  allTasks,
  hasRealFiles,
  importFiles,
  openProject,
  realFile,
  realTitle,
} from "@guildhall/testing/imports";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const GITHUB = "github-issues-rest-rust";
const TRELLO = "trello-board-gocd-test-drive";

/** Figures of MANIFEST.md; what is fewer here is what the report names as left out. */
const exports = [
  {
    // 1,035 entries, of which 23 are pull requests; theirs are 27 of the 1,720 comments.
    files: [`${GITHUB}/issues.json`, `${GITHUB}/issue_comments.json`],
    format: "github-json",
    tasks: 1_012,
    comments: 1_693,
    // 982 are closed, the pull requests among them.
    statuses: { "To do": 53, Done: 955, Cancelled: 4 },
  },
  {
    files: ["jira-csv-large-aloy/ALOY-derived-jira-export.csv"],
    format: "jira-csv",
    tasks: 1_499,
    // 4,513, of which 81 have no text.
    comments: 4_432,
    statuses: {
      Closed: 782,
      Resolved: 502,
      Open: 202,
      Reopened: 10,
      "In progress": 2,
      "In Review": 1,
    },
  },
  { files: ["jira-csv-real-testautogen/Jira.csv"], format: "jira-csv", tasks: 22 },
  {
    files: [`${TRELLO}/trello.json`, `${TRELLO}/comments.json`],
    format: "trello-json",
    tasks: 122,
    comments: 133,
  },
  { files: [`${TRELLO}/trello.json`], format: "trello-json", tasks: 122, comments: 93 },
  {
    files: ["trello-board-kanban-template/kanban-template.json"],
    format: "trello-json",
    tasks: 16,
  },
  { files: ["linear-csv-shortcut-repl/linear-export.csv"], format: "csv", tasks: 10 },
  { files: ["github-csv-tools/semicolonSeparator.csv"], format: "csv" },
] as const;

describe.skipIf(!hasRealFiles)(realTitle, () => {
  test.each(exports)(
    "$files.0 and what belongs to it",
    async ({ files: names, format, ...expected }) => {
      const { owner, projectId, workspaceId } = await openProject(api);
      const files = names.map(realFile);
      const end = await importFiles(api, owner, { projectId, files });
      expect(end).toMatchObject({ state: "done", format, error: null });
      const tasks = await allTasks(owner, projectId);
      expect(tasks).toHaveLength(end.report?.created ?? 0);
      if ("tasks" in expected) expect(tasks).toHaveLength(expected.tasks);
      const counted = tasks.reduce((sum, task) => sum + task.commentCount, 0);
      expect(counted).toBe(end.report?.comments);
      if ("comments" in expected) expect(counted).toBe(expected.comments);
      if ("statuses" in expected) expect(await byStatus()).toMatchObject(expected.statuses);

      const { seq } = await feedAfter(0);
      const again = await importFiles(api, owner, { projectId, files });
      expect(again.report).toMatchObject({ created: 0, updated: 0, comments: 0, statuses: [] });
      expect(again.report?.unchanged).toBe(tasks.length);
      expect(await allTasks(owner, projectId)).toEqual(tasks);
      const { changes } = await feedAfter(seq);
      const told = new Set(changes.map((change) => change.entity));
      expect(told).toEqual(new Set(["import", "notification"]));

      async function byStatus() {
        const { statuses } = await owner.call.projects.get({ id: projectId });
        return Object.fromEntries(
          statuses.map(({ id, name }) => [name, tasks.filter((t) => t.statusId === id).length]),
        );
      }

      async function feedAfter(after: number) {
        const changes = [];
        for (let seq = after; ; ) {
          const page = await owner.call.changes.since({ workspaceId, seq });
          changes.push(...page.changes);
          seq = page.seq;
          if (page.upToDate) return { changes, seq };
        }
      }
    },
  );
});
