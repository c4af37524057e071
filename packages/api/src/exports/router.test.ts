import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { allTasks, importFiles, openProject, textFile } from "@guildhall/testing/imports";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const ROWS = [
  "ID,Title,Description,Status,Labels,Assignee,Parent,Estimate,Due date",
  'A-1,=1+1,"two\nlines, and ""quotes""",In progress,"wet; red",Olga,,3,2026-12-24',
  "A-2,-x,,Done,,Nobody Known,A-1,,",
].join("\n");

test("what is exported comes back as it was, formulas as text", async () => {
  const { owner, projectId, workspaceId } = await openProject(api);
  await importFiles(api, owner, { projectId, files: [textFile("a.csv", ROWS)] });
  const { name, content } = await owner.call.exports.tasksCsv({ projectId });
  expect(name).toMatch(/^APP-tasks-\d{4}-\d\d-\d\d\.csv$/);
  expect(content).not.toMatch(/(^|,)=/m);

  const copy = await owner.call.projects.create({ workspaceId, name: "Copy", key: "COPY" });
  const files = [textFile(name, content)];
  const { report } = await importFiles(api, owner, { projectId: copy.id, files });
  expect(report).toMatchObject({ created: 2, problemCount: 0 });
  const before = await allTasks(owner, projectId);
  const after = await allTasks(owner, copy.id);
  const seen = (task: (typeof after)[number] | undefined) => ({
    title: task?.title,
    assigneeIds: task?.assigneeIds,
    strangers: task?.source?.assignees,
    labels: task?.labelIds.length,
    estimate: task?.estimate,
    dueDate: task?.dueDate,
    completedAt: task?.completedAt,
  });
  expect(after.map(seen)).toEqual(before.map(seen));
  expect(after.map(({ title }) => title)).toEqual(["=1+1", "-x"]);
  expect(after[1]?.parentId).toBe(after[0]?.id);
  const texts = await Promise.all(
    [before, after].map(([task]) => owner.call.tasks.get({ id: task?.id ?? "" })),
  );
  expect(texts[0]?.description).toBe('two\nlines, and "quotes"');
  expect(texts[1]?.description).toBe(texts[0]?.description);
});

test("archived tasks come along only when asked for, and strangers get nothing", async () => {
  const { owner, projectId } = await openProject(api);
  const task = await owner.call.tasks.create({ projectId, title: "Old" });
  await owner.call.tasks.archive({ id: task.id });
  const lines = async (archived: boolean) => {
    const { content } = await owner.call.exports.tasksCsv({ projectId, archived });
    return content.trimEnd().split("\r\n").length;
  };
  expect(await lines(false)).toBe(1);
  expect(await lines(true)).toBe(2);
  const stranger = await api.person("Sam");
  await expect(stranger.call.exports.tasksCsv({ projectId })).rejects.toMatchObject({
    reason: "not_found",
  });
});
