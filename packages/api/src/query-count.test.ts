import { statementsOf } from "@guildhall/db/testing/statements";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

/** Every list that a page shows, each with something in it to be read one by one. */
function lists(taskId: string) {
  const { owner, workspaceId, project } = team;
  const { call } = owner;
  return {
    "tasks.list": () => call.tasks.list({ projectId: project.id, limit: 1_000 }),
    "tasks.mine": () => call.tasks.mine({ workspaceId }),
    "tasks.followed": () => call.tasks.followed({ workspaceId }),
    "activity.list": () => call.activity.list({ workspaceId }),
    "search.find": () => call.search.find({ workspaceId, text: "task" }),
    "comments.list": () => call.comments.list({ taskId }),
    "projects.list": () => call.projects.list({ workspaceId }),
    "workspaces.list": () => call.workspaces.list(),
    "workspaces.open": () => call.workspaces.open({ workspaceId }),
    "changes.since": () => call.changes.since({ workspaceId, seq: 0 }),
  };
}

async function countAll(taskId: string) {
  await api.services.search.settled();
  const counts: Record<string, number> = {};
  for (const [name, ask] of Object.entries(lists(taskId))) {
    counts[name] = (await statementsOf(api.services.db, ask)).length;
  }
  return counts;
}

async function addMore(taskId: string, rounds: number) {
  const { owner, workspaceId, project } = team;
  const { call, user } = owner;
  const labelIds: string[] = [];
  for (let i = 0; i < rounds; i++) {
    const label = await call.labels.create({
      projectId: project.id,
      name: `L${i}`,
      color: "#d64545",
    });
    if (labelIds.length < 2) labelIds.push(label.id);
    const asked = { projectId: project.id, title: `A task ${i}`, assigneeIds: [user.id] };
    await call.tasks.create({ ...asked, labelIds, blockedByIds: [taskId] });
    await call.comments.create({ taskId, body: `Comment ${i}` });
    await call.projects.create({ workspaceId, name: `P${i}`, key: `P${i}X` });
    await call.workspaces.create({ name: `W${i}` });
    await team.join((await api.person(`Person${i}`)).user.id, "viewer");
  }
}

test("an empty project lists no task, and where the feed stands", async () => {
  const { owner, project, position } = team;
  const seq = await position();
  const page = await owner.call.tasks.list({ projectId: project.id });
  expect(page).toMatchObject({ items: [], nextCursor: null, seq });
});

test("a list asks the database as often for many rows as for one", async () => {
  const { id } = await team.task();
  const before = await countAll(id);
  await addMore(id, 8);
  const after = await countAll(id);
  // Fewer is right too: a search that has found enough looks no further.
  for (const [name, count] of Object.entries(after)) {
    expect(count, name).toBeLessThanOrEqual(before[name] ?? 0);
  }
  // Who is asking, and the tasks with the right to see them.
  expect(before["tasks.list"]).toBe(2);
});

test("a task is created and changed in few statements, who asks and BEGIN among them", async () => {
  const { owner, project, statusOf } = team;
  const statusId = statusOf("unstarted");
  const { id } = await team.task();
  const create = () => owner.call.tasks.create({ projectId: project.id, title: "B", statusId });
  const update = () => owner.call.tasks.update({ id, patch: { title: "C" } });
  const { db } = api.services;
  expect((await statementsOf(db, create)).length).toBeLessThanOrEqual(9);
  // One of them asks how the task was, for whom it concerns.
  expect((await statementsOf(db, update)).length).toBeLessThanOrEqual(7);
});
