import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

test("the same mutation twice is applied once and answered alike", async () => {
  const { owner, project, changesOf } = team;
  const input = { projectId: project.id, title: "Once", mutationId: uuidv7() };
  const answers: unknown[] = [];
  const changes = await changesOf(async () => {
    for (let i = 0; i < 2; i++) answers.push(await owner.call.tasks.create(input));
  });
  expect(answers[1]).toEqual(answers[0]);
  expect(changes).toMatchObject([{ entity: "task", op: "insert", mutationId: input.mutationId }]);
});

test("ten at once are applied once and answered alike", async () => {
  const { owner, project, changesOf } = team;
  const input = { projectId: project.id, title: "Ten", mutationId: uuidv7() };
  let answers: unknown[] = [];
  const changes = await changesOf(async () => {
    answers = await Promise.all(Array.from({ length: 10 }, () => owner.call.tasks.create(input)));
  });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(changes).toHaveLength(1);
});

test("an id of another procedure, or of another person, is a conflict and changes nothing", async () => {
  const { owner, editor, project, changesOf } = team;
  const mutationId = uuidv7();
  const task = await owner.call.tasks.create({ projectId: project.id, title: "A", mutationId });
  const changes = await changesOf(async () => {
    const taken = { reason: "mutation_id_taken", code: "CONFLICT" };
    await expect(owner.call.tasks.archive({ id: task.id, mutationId })).rejects.toMatchObject(
      taken,
    );
    const again = { projectId: project.id, title: "A", mutationId };
    await expect(editor.call.tasks.create(again)).rejects.toMatchObject(taken);
  });
  expect(changes).toEqual([]);
});

test("a mutation that was refused can be tried again with its id", async () => {
  const { owner, project } = team;
  const mutationId = uuidv7();
  const wrong = { projectId: project.id, title: "B", statusId: uuidv7(), mutationId };
  await expect(owner.call.tasks.create(wrong)).rejects.toMatchObject({ reason: "not_found" });
  const { statusId: _, ...right } = wrong;
  expect(await owner.call.tasks.create(right)).toMatchObject({ title: "B" });
});

test("a repeated delete finds its first answer, though what it deleted is gone", async () => {
  const { owner, project, statusOf } = team;
  const id = uuidv7();
  await owner.call.statuses.create({
    id,
    projectId: project.id,
    name: "Waiting",
    category: "started",
  });
  const status = { id, moveTo: statusOf("started"), mutationId: uuidv7() };
  expect(await owner.call.statuses.delete(status)).toEqual(
    await owner.call.statuses.delete(status),
  );
  const label = { id: uuidv7(), mutationId: uuidv7() };
  await owner.call.labels.create({
    id: label.id,
    projectId: project.id,
    name: "Bug",
    color: "#ff0000",
  });
  expect(await owner.call.labels.delete(label)).toEqual(await owner.call.labels.delete(label));
  const { id: taskId } = await team.task();
  const task = { id: taskId, mutationId: uuidv7() };
  expect(await owner.call.tasks.delete(task)).toEqual(await owner.call.tasks.delete(task));
});

test("who gave up their own right still gets the answer of a retry", async () => {
  const { owner, editor, workspaceId } = team;
  const open = { workspaceId, name: "Mine", key: "MINE", visibility: "private" } as const;
  const { id: projectId } = await editor.call.projects.create(open);
  const leave = { projectId, userId: editor.user.id, mutationId: uuidv7() };
  const first = await editor.call.projects.removeMember(leave);
  expect(await editor.call.projects.removeMember(leave)).toEqual(first);
  await expect(editor.call.projects.get({ id: projectId })).rejects.toMatchObject({
    reason: "not_found",
  });
  expect(await owner.call.projects.get({ id: projectId })).toMatchObject({ role: "owner" });
});

test("an id that is taken is a conflict", async () => {
  const { owner, stranger, workspaceId } = team;
  const again = stranger.call.workspaces.create({ id: workspaceId, name: "Theirs" });
  await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
  const [row] = await api.services.db
    .select()
    .from(schema.workspaces)
    .where(eq(schema.workspaces.id, workspaceId));
  expect(row?.name).toBe("Mill");
  const { id } = await team.task();
  const comment = { id: uuidv7(), taskId: id, body: "Hello" };
  await owner.call.comments.create(comment);
  await expect(owner.call.comments.create(comment)).rejects.toMatchObject({ code: "CONFLICT" });
});
