import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { kinds } from "./kinds.ts";
import { remind, workspacesToRemind } from "./remind.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  team = await makeTeam(api);
});
afterAll(() => api.stop());

/** Far from today: the server's own job has nothing to say of it. */
const at = (time: string) => new Date(`2031-05-${time}Z`);
const remindAt = (time: string) => remind(api.services, team.workspaceId, at(time));
const toldTo = async ({ call }: TestPerson) =>
  (await call.notifications.list({ workspaceId: team.workspaceId })).items
    .filter(({ kind }) => kind === "dueTomorrow" || kind === "overdue")
    .map(({ kind, detail }) => `${kind} ${detail}`);

async function assigned(dueDate: string) {
  const { owner, editor, project } = team;
  const asked = { projectId: project.id, title: "Oil it", assigneeIds: [editor.user.id] };
  return owner.call.tasks.create({ ...asked, dueDate });
}

test("assignees are told the day before it is due and the day after, once each", async () => {
  const { editor, owner } = team;
  const { id } = await assigned("2031-05-10");
  await remindAt("09T08:59:00");
  expect(await toldTo(editor)).toEqual([]);
  expect(await workspacesToRemind(api.services.db, at("09T09:00:00"))).toEqual([team.workspaceId]);
  await Promise.all([remindAt("09T09:00:00"), remindAt("09T09:00:00")]);
  await remindAt("10T12:00:00");
  expect(await toldTo(editor)).toEqual(["dueTomorrow 2031-05-10"]);
  await remindAt("11T09:00:00");
  await remindAt("12T09:00:00");
  expect(await toldTo(editor)).toEqual(["overdue 2031-05-10", "dueTomorrow 2031-05-10"]);
  expect(await toldTo(owner)).toEqual([]);
  // Of another day anew.
  await owner.call.tasks.update({ id, patch: { dueDate: "2031-05-20" } });
  await remindAt("19T10:00:00");
  expect(await toldTo(editor)).toHaveLength(3);
  expect(await workspacesToRemind(api.services.db, at("19T10:00:00"))).toEqual([]);
});

test("by the day where they are, and of nothing that is done or hidden", async () => {
  const { editor, owner, project, statusOf } = team;
  await editor.call.notifications.setTimeZone({ timeZone: "Pacific/Auckland" });
  const { id } = await assigned("2031-05-10");
  const done = await assigned("2031-05-10");
  await owner.call.tasks.update({ id: done.id, patch: { statusId: statusOf("completed") } });
  // Nine in the morning of the 9th in Auckland.
  await remindAt("08T21:00:00");
  expect(await toldTo(editor)).toEqual(["dueTomorrow 2031-05-10"]);
  await owner.call.projects.update({ id: project.id, patch: { visibility: "private" } });
  expect(await workspacesToRemind(api.services.db, at("10T21:00:00"))).toEqual([]);
  await remindAt("10T21:00:00");
  const rows = await api.services.db
    .select({ kind: schema.notifications.kind })
    .from(schema.notifications)
    .where(eq(schema.notifications.taskId, id));
  expect(rows.map(({ kind }) => kind).sort()).toEqual(["assigned", "dueTomorrow"]);
});

test("nothing of a project in the archive", async () => {
  const { editor, owner, project } = team;
  await assigned("2031-05-10");
  await owner.call.projects.archive({ id: project.id });
  expect(await workspacesToRemind(api.services.db, at("09T10:00:00"))).toEqual([]);
  await owner.call.projects.restore({ id: project.id });
  await remindAt("09T10:00:00");
  expect(await toldTo(editor)).toEqual(["dueTomorrow 2031-05-10"]);
});

test("of a checklist item that is due, by what it says", async () => {
  const { owner, editor } = team;
  const task = await team.task();
  const { id: checklistId } = await owner.call.checklists.create({ taskId: task.id, title: "L" });
  const asked = { text: "Oil it", assigneeId: editor.user.id, dueDate: "2031-05-10" };
  const [item] = await owner.call.checklists.addItems({ checklistId, items: [asked] });
  await remindAt("09T10:00:00");
  await remindAt("09T11:00:00");
  expect(await toldTo(editor)).toEqual(["dueTomorrow 2031-05-10 Oil it"]);
  expect(kinds.dueTomorrow.sentence("", "2031-05-10 Oil it")).toBe("Due tomorrow: “Oil it”");
  await owner.call.checklists.updateItem({ id: item?.id ?? "", patch: { isDone: true } });
  await remindAt("11T10:00:00");
  expect(await toldTo(editor)).toHaveLength(1);
});

test("what is assigned to a group is told to everyone in it, once also to who has it by name", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const { id, assigneeIds } = await assigned("2031-05-10");
  const memberIds = [editor.user.id, viewer.user.id];
  const group = await owner.call.groups.create({ workspaceId, name: "Design", memberIds });
  await owner.call.tasks.update({ id, patch: { assigneeIds: [...assigneeIds, group.id] } });
  await remindAt("09T12:00:00");
  for (const person of [editor, viewer]) {
    expect(await toldTo(person)).toEqual(["dueTomorrow 2031-05-10"]);
  }
});
