/** Of one cause a person hears once, from whoever caused it, however often its thing is written again. */
import { schema } from "@guildhall/db";
import { writeDocument } from "@guildhall/document-model";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetChanges } from "../changes/forget-changes.ts";
import { postProcessDocument } from "../documents/background/post-process-document.ts";
import { addNotifications } from "./add-notifications.ts";
import { kinds } from "./kinds.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  team = await makeTeam(api);
});
afterAll(() => api.stop());

/** The newest first. */
async function told({ call }: TestPerson) {
  const { items } = await call.notifications.list({ workspaceId: team.workspaceId });
  return items.map(({ kind, actorId }) => [kind, actorId]);
}
const at = ({ user }: TestPerson) => `[@${user.name}](guildhall:user/${user.id})`;
const EVERYONE = "[@everyone](guildhall:everyone)";

test("who changes something else of what names people has not named them", async () => {
  const { owner, editor, viewer, project } = team;
  const { id } = await team.task();
  await owner.call.tasks.update({ id, patch: { description: `${EVERYONE}, ${at(owner)}` } });
  const said = await owner.call.comments.create({
    taskId: id,
    body: `${EVERYONE} and ${at(owner)}`,
  });
  const before = await told(viewer);
  await editor.call.reactions.toggle({ commentId: said.id, emoji: "🎉" });
  await editor.call.tasks.update({ id, patch: { title: "Other", priority: "high" } });
  const description = `Or ${at(owner)}, and ${EVERYONE}`;
  await editor.call.tasks.update({ id, patch: { description } });
  expect(await told(owner)).toEqual([]);
  expect(await told(viewer)).toEqual(before);
  // Nor is somebody who could not see it then.
  await owner.call.projects.update({ id: project.id, patch: { visibility: "private" } });
  const secret = await owner.call.comments.create({ taskId: id, body: `${at(viewer)}` });
  const userId = viewer.user.id;
  await owner.call.projects.setMember({ projectId: project.id, userId, role: "viewer" });
  const since = await told(viewer);
  await owner.call.reactions.toggle({ commentId: secret.id, emoji: "🎉" });
  expect(await told(viewer)).toEqual(since);
});

test("a mention that is taken out tells nobody of those that stay", async () => {
  const { owner, editor } = team;
  const { id: taskId } = await team.task();
  const { id } = await owner.call.comments.create({ taskId, body: `${at(editor)} ${at(editor)}` });
  expect(await told(editor)).toEqual([["mentioned", owner.user.id]]);
  await owner.call.comments.update({ id, body: at(editor) });
  expect(await told(editor)).toHaveLength(1);
});

test("a comment that comes back from the trash is not told again", async () => {
  const { owner, editor } = team;
  const { id: taskId } = await team.task();
  await editor.call.follows.set({ entity: "task", id: taskId, state: "follow" });
  const { id } = await owner.call.comments.create({ taskId, body: at(editor) });
  const mutationId = uuidv7();
  await owner.call.comments.delete({ id, mutationId });
  expect(await told(editor)).toEqual([]);
  await owner.call.comments.undo({ id, of: mutationId });
  expect(await told(editor)).toEqual([["mentioned", owner.user.id]]);
});

test("a new role is told, however long ago the feed told of the one before", async () => {
  const { owner, viewer, workspaceId } = team;
  const userId = viewer.user.id;
  await forgetChanges(api.services.db, { keepDays: -1 });
  await owner.call.members.setRole({ workspaceId, userId, role: "editor" });
  expect(await told(viewer)).toEqual([["roleChanged", owner.user.id]]);
});

test("who has muted a thing hears of it by name, not as one of everyone", async () => {
  const { owner, editor, viewer } = team;
  const { id: taskId } = await team.task();
  await editor.call.follows.set({ entity: "task", id: taskId, state: "mute" });
  await owner.call.comments.create({ taskId, body: EVERYONE });
  expect(await told(editor)).toEqual([]);
  expect(await told(viewer)).toEqual([["mentioned", owner.user.id]]);
  await owner.call.comments.create({ taskId, body: `${EVERYONE} ${at(editor)}` });
  expect(await told(editor)).toEqual([["mentioned", owner.user.id]]);
});

test("who was told as one of everyone does not follow from then on, who was named does", async () => {
  const { owner, editor, viewer, task } = team;
  const { id: taskId } = await task();
  const name = `[@Ed](guildhall:user/${editor.user.id})`;
  const say = (body: string) => owner.call.comments.create({ taskId, body });
  await say(`${EVERYONE} and ${name}`);
  const { id } = await say("More of it");
  const told = async ({ call }: typeof owner) =>
    (await call.notifications.list({ workspaceId: team.workspaceId })).items.some(
      ({ commentId }) => commentId === id,
    );
  expect([await told(editor), await told(viewer)]).toEqual([true, false]);
});

test("who goes on writing where people were named before has not named them", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const { db } = api.services;
  const { id: documentId } = await owner.call.documents.create({ workspaceId, title: "Plan" });
  const mention = ({ user }: TestPerson) => ({
    type: "mention",
    attrs: { userId: user.id, label: user.name },
  });
  const write = async ({ call }: TestPerson, ...content: object[]) => {
    const doc = { type: "doc", content: [{ type: "paragraph", content }] };
    const update = Buffer.from(writeDocument(doc as never)).toString("base64");
    await call.documents.push({ documentId, id: uuidv7(), update });
    await postProcessDocument(api.services, documentId);
  };
  const words = { type: "text", text: "Words" };
  await write(owner, mention(owner), mention(viewer));
  await write(editor, words);
  expect(await told(owner)).toEqual([]);
  expect(await told(viewer)).toEqual([["mentioned", owner.user.id]]);
  // As of a text from before anybody was told of it.
  await db
    .update(schema.documentTexts)
    .set({ mentions: null })
    .where(eq(schema.documentTexts.documentId, documentId));
  await db.delete(schema.notifications).where(eq(schema.notifications.documentId, documentId));
  await write(editor, words);
  expect(await told(viewer)).toEqual([]);
  await write(editor, mention(viewer));
  expect(await told(viewer)).toEqual([["mentioned", editor.user.id]]);
});

test("a label that is taken off many tasks concerns nobody", async () => {
  const { owner, editor, project } = team;
  const projectId = project.id;
  const label = await owner.call.labels.create({ projectId, name: "bug", color: "#112233" });
  const asked = { projectId, title: "Oil it", assigneeIds: [editor.user.id] };
  // More than are read at once.
  const made = await Promise.all(Array.from({ length: 260 }, () => owner.call.tasks.create(asked)));
  const ids = made.map(({ id }) => id);
  await owner.call.tasks.updateMany({ ids, patch: { labelIds: [label.id] } });
  const before = await told(editor);
  await owner.call.labels.delete({ id: label.id });
  expect(await told(editor)).toEqual(before);
});

test("a time zone that Postgres doesn't know is refused, as it would stop everybody's reminders", async () => {
  const { viewer } = team;
  const set = (timeZone: string) => viewer.call.notifications.setTimeZone({ timeZone });
  // JavaScript takes it for Pakistan's.
  await expect(set("PLT")).rejects.toMatchObject({ reason: "bad_input" });
  expect(await set("Asia/Karachi")).toEqual({ timeZone: "Asia/Karachi" });
});

test("of what is done to very many tasks at once each is told together, of fewer of each", async () => {
  const { owner, editor, viewer, workspaceId, project } = team;
  await viewer.call.follows.set({ entity: "project", id: project.id, state: "follow" });
  const ids: string[] = [];
  for (let n = 1; n <= 21; n++) ids.push((await team.task(`Number ${n}`)).id);
  const update = (some: string[], patch: object) =>
    owner.call.tasks.updateMany({ ids: some, patch });
  await update(ids.slice(1), { assigneeIds: [editor.user.id] });
  expect(await editor.call.notifications.list({ workspaceId })).toMatchObject({ unread: 20 });
  await update(ids, { statusId: team.statusOf("completed") });
  const { items } = await viewer.call.notifications.list({ workspaceId });
  expect(items).toMatchObject([
    {
      ...{ kind: "status", things: 21, detail: "Done", key: null },
      ...{ subject: { entity: "project", id: project.id }, title: "App" },
    },
  ]);
  const [told] = items;
  expect(told && kinds.status.sentence("Olga", told.detail, told.things)).toBe(
    "Olga changed the status of 21 tasks to Done",
  );
});

test("of many tasks in several projects it is about the workspace, and does not count what is hidden", async () => {
  const { owner, viewer, workspaceId } = team;
  const make = async (key: string) => {
    const asked = { workspaceId, name: key, key, visibility: "private" } as const;
    const made = await owner.call.projects.create(asked);
    const task = await owner.call.tasks.create({ projectId: made.id, title: "Secret" });
    return { id: made.id, taskId: task.id };
  };
  const [seen, hidden] = [await make("SEEN"), await make("HIDE")];
  await owner.call.projects.setMember({
    ...{ projectId: seen.id, userId: viewer.user.id, role: "viewer" },
  });
  const ids = [seen.taskId, hidden.taskId];
  for (let n = 1; n <= 20; n++) ids.push((await team.task(`Number ${n}`)).id);
  const causes = ids.map((taskId) => ({
    ...{ kind: "assigned" as const, actorId: owner.user.id, taskId },
    concern: { people: [viewer.user.id], cause: taskId },
  }));
  const place = { workspaceId, sendsMail: false };
  await api.services.db.transaction((tx) => addNotifications(tx, place, causes));
  const { items } = await viewer.call.notifications.list({ workspaceId });
  expect(items.filter(({ things }) => things)).toMatchObject([
    { kind: "assigned", things: 21, subject: { entity: "workspace", id: workspaceId } },
  ]);
});
