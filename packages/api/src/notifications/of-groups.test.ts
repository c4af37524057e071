/** What people are told because a group of theirs is named, assigned, or has become theirs. */
import { writeDocument } from "@guildhall/document-model";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { postProcessDocument } from "../documents/background/post-process-document.ts";

let api: TestApi;
let team: Team;
let groupId: string;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  team = await makeTeam(api);
  groupId = await makeGroup("Design", team.owner, team.editor, team.viewer);
});
afterAll(() => api.stop());

async function makeGroup(name: string, ...people: TestPerson[]): Promise<string> {
  const memberIds = people.map(({ user }) => user.id);
  const { workspaceId, owner } = team;
  return (await owner.call.groups.create({ workspaceId, name, memberIds })).id;
}

/** The newest first; without what they are told of being in groups. */
async function told({ call }: TestPerson) {
  const { items } = await call.notifications.list({ workspaceId: team.workspaceId, state: "all" });
  return items.map(({ kind }) => kind).filter((kind) => kind !== "joinedGroup");
}
const at = (id: string) => `[@Design](guildhall:group/${id})`;
const byName = ({ user }: TestPerson) => `[@${user.name}](guildhall:user/${user.id})`;

test("a comment that names a group tells each of its people who can see the task, but not its writer", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  const { id: projectId } = await owner.call.projects.create(secret);
  const userId = editor.user.id;
  await owner.call.projects.setMember({ projectId, userId, role: "editor" });
  const { id: taskId } = await owner.call.tasks.create({ projectId, title: "Paint" });
  await owner.call.comments.create({ taskId, body: `Look, ${at(groupId)}` });
  expect(await told(editor)).toEqual(["mentioned", "invited"]);
  const { items } = await editor.call.notifications.list({ workspaceId });
  expect(items[0]).toMatchObject({ kind: "mentioned", detail: "Design" });
  expect(await told(viewer)).toEqual([]);
  expect(await told(owner)).toEqual([]);
});

test("nobody is told twice: not by name and with a group, not with two groups", async () => {
  const { owner, editor, viewer } = team;
  const other = await makeGroup("Press", editor, viewer);
  const { id: taskId } = await team.task();
  const body = `${at(groupId)}, ${at(other)} and ${byName(editor)}`;
  const { id } = await owner.call.comments.create({ taskId, body });
  await owner.call.comments.update({ id, body: `${body}!` });
  expect(await told(editor)).toEqual(["mentioned"]);
  expect(await told(viewer)).toEqual(["mentioned"]);
  // By name one follows what one is named in; as one of many, not.
  await owner.call.comments.create({ taskId, body: "And so on" });
  expect(await told(editor)).toEqual(["commented", "mentioned"]);
  expect(await told(viewer)).toEqual(["mentioned"]);
  await owner.call.comments.update({ id, body: `${body} ${at(groupId)}` });
  expect(await told(viewer)).toEqual(["mentioned", "mentioned"]);
});

test("who muted the thing hears nothing of their group's mention, and a group of elsewhere tells nobody", async () => {
  const { owner, editor, viewer } = team;
  const { id } = await team.task();
  await viewer.call.follows.set({ entity: "task", id, state: "mute" });
  const elsewhere = await owner.call.workspaces.create({ name: "Elsewhere" });
  await api.join(elsewhere.id, editor.user.id, "editor");
  const foreign = await owner.call.groups.create({
    ...{ workspaceId: elsewhere.id, name: "Foreign", memberIds: [editor.user.id] },
  });
  await owner.call.comments.create({ taskId: id, body: at(foreign.id) });
  expect(await told(editor)).toEqual([]);
  const description = `For ${at(groupId)}`;
  await owner.call.tasks.update({ id, patch: { description } });
  expect(await told(editor)).toEqual(["mentioned"]);
  expect(await told(viewer)).toEqual([]);
});

test("a document names a group once, however much is written beside it", async () => {
  const { owner, editor, workspaceId } = team;
  const { id: documentId } = await owner.call.documents.create({ workspaceId, title: "Plan" });
  const mention = { type: "mention", attrs: { userId: `group/${groupId}`, label: "Design" } };
  for (const content of [[mention], [{ type: "text", text: "More" }]]) {
    const doc = { type: "doc", content: [{ type: "paragraph", content }] };
    const update = Buffer.from(writeDocument(doc as never)).toString("base64");
    await owner.call.documents.push({ documentId, id: uuidv7(), update });
    await postProcessDocument(api.services, documentId);
  }
  expect(await told(editor)).toEqual(["mentioned"]);
  expect(await told(owner)).toEqual([]);
});

test("a task that is assigned to a group tells its people once, and nobody who has it already", async () => {
  const { owner, editor, viewer } = team;
  const { id } = await team.task();
  const assign = (...assigneeIds: string[]) =>
    owner.call.tasks.update({ id, patch: { assigneeIds } });
  await assign(editor.user.id);
  await assign(editor.user.id, groupId);
  expect(await told(editor)).toEqual(["assigned"]);
  expect(await told(viewer)).toEqual(["assigned"]);
  await assign(groupId);
  expect(await told(editor)).toEqual(["assigned"]);
  await assign();
  expect(await told(editor)).toEqual(["unassigned", "assigned"]);
  expect(await told(owner)).toEqual([]);
});

test("what is assigned to a group tells its people what is said of it", async () => {
  const { owner, viewer } = team;
  const { id: taskId } = await team.task();
  await owner.call.tasks.update({ id: taskId, patch: { assigneeIds: [groupId] } });
  await owner.call.comments.create({ taskId, body: "Begun" });
  expect(await told(viewer)).toEqual(["commented", "assigned"]);
});

test("who is put into a group is told so, with its name, and not of what else becomes of it", async () => {
  const { owner, stranger, join, workspaceId } = team;
  await join(stranger.user.id, "guest");
  await owner.call.groups.addMembers({ id: groupId, userIds: [stranger.user.id] });
  await owner.call.groups.update({ id: groupId, patch: { name: "Drawing", role: "viewer" } });
  const { items } = await stranger.call.notifications.list({ workspaceId, state: "all" });
  expect(items.map(({ kind, detail, actorId }) => [kind, detail, actorId])).toEqual([
    ["roleChanged", "viewer", owner.user.id],
    ["joinedGroup", "Design", owner.user.id],
  ]);
  const mine = await owner.call.notifications.list({ workspaceId, state: "all" });
  expect(mine.items).toEqual([]);
});
