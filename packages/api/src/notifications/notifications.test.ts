import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  team = await makeTeam(api);
});
afterAll(() => api.stop());

type State = "unread" | "all" | "done";
const inboxOf = ({ call }: TestPerson, state: State = "unread") =>
  call.notifications.list({ workspaceId: team.workspaceId, state });
/** The newest first. */
const kindsOf = async (person: TestPerson) =>
  (await inboxOf(person)).items.map(({ kind, subject }) => `${kind} ${subject.entity}`);
const at = ({ user }: TestPerson) => `[@${user.name}](guildhall:user/${user.id})`;

test("whoever is assigned is told, once, and never of what they did themselves", async () => {
  const { owner, editor, viewer } = team;
  const { id, key } = await team.task("Paint the door");
  const assign = (person: TestPerson, assigneeIds: string[], mutationId: string = uuidv7()) =>
    person.call.tasks.update({ id, patch: { assigneeIds }, mutationId });
  const again = uuidv7();
  await assign(owner, [editor.user.id, owner.user.id], again);
  await assign(owner, [editor.user.id, owner.user.id], again);
  expect(await inboxOf(editor)).toMatchObject({
    unread: 1,
    items: [
      {
        kind: "assigned",
        actorId: owner.user.id,
        subject: { entity: "task", id },
        key,
        title: "Paint the door",
        readAt: null,
        doneAt: null,
      },
    ],
  });
  expect((await inboxOf(owner)).items).toEqual([]);
  // In another way than by an update: undo and bulk edits say nothing of notifications.
  await owner.call.tasks.updateMany({ ids: [id], patch: { assigneeIds: [viewer.user.id] } });
  expect(await kindsOf(editor)).toEqual(["unassigned task", "assigned task"]);
  expect(await kindsOf(viewer)).toEqual(["assigned task"]);
});

test("a comment tells who follows its task, and who is named in it hears of that alone", async () => {
  const { owner, editor, viewer } = team;
  const { id: taskId } = await team.task();
  const said = await viewer.call.comments.create({ taskId, body: `Look, ${at(editor)}` });
  expect(await inboxOf(editor)).toMatchObject({
    items: [{ kind: "mentioned", commentId: said.id, excerpt: `Look, ${at(editor)}` }],
  });
  expect(await kindsOf(owner)).toEqual(["commented task"]);
  // Who was mentioned, or has spoken, follows by that.
  await owner.call.comments.create({ taskId, body: "Yes" });
  expect(await kindsOf(editor)).toEqual(["commented task", "mentioned task"]);
  expect(await kindsOf(viewer)).toEqual(["commented task"]);
  // An edit tells nobody again, and whoever is named only now.
  await viewer.call.comments.update({ id: said.id, body: `${at(editor)} and ${at(owner)}` });
  expect(await kindsOf(editor)).toHaveLength(2);
  expect(await kindsOf(owner)).toEqual(["mentioned task", "commented task"]);
  await viewer.call.comments.delete({ id: said.id });
  expect(await kindsOf(editor)).toEqual(["commented task"]);
});

test("a description tells each whom it names, as often as it names them", async () => {
  const { owner, editor } = team;
  const { id } = await team.task();
  const write = (description: string) => owner.call.tasks.update({ id, patch: { description } });
  await write(`Ask ${at(editor)}.`);
  await write(`Please ask ${at(editor)}.`);
  expect(await kindsOf(editor)).toEqual(["mentioned task"]);
  await write(`Ask ${at(editor)}, or ${at(editor)}.`);
  expect(await kindsOf(editor)).toHaveLength(2);
});

test("the status of what one follows, by whatever changes it, and not of what one has muted", async () => {
  const { owner, editor, viewer } = team;
  const { id } = await team.task();
  await viewer.call.follows.set({ entity: "project", id: team.project.id, state: "follow" });
  await editor.call.follows.set({ entity: "task", id, state: "follow" });
  expect(await editor.call.follows.get({ entity: "task", id })).toEqual({
    state: "follow",
    isFollowing: true,
  });
  await owner.call.tasks.move({ id, statusId: team.statusOf("completed") });
  expect(await inboxOf(editor)).toMatchObject({ items: [{ kind: "status", detail: "Done" }] });
  expect(await kindsOf(viewer)).toEqual(["status task"]);
  await editor.call.follows.set({ entity: "task", id, state: "mute" });
  await viewer.call.follows.set({ entity: "project", id: team.project.id, state: null });
  await owner.call.comments.create({ taskId: id, body: "Done" });
  expect(await inboxOf(editor)).toMatchObject({ unread: 1 });
  expect(await inboxOf(viewer)).toMatchObject({ unread: 1 });
  // By name it reaches them all the same.
  await owner.call.comments.create({ taskId: id, body: at(editor) });
  expect(await inboxOf(editor)).toMatchObject({ unread: 2 });
});

test("threads in documents: who has spoken in one is told of replies, who made it of every comment", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const { id: documentId } = await owner.call.documents.create({ workspaceId, title: "Plan" });
  const anchor = { from: "AQAA", to: "AQAB" };
  const begin = { documentId, anchor, quote: "words", comment: { body: "Why?" } };
  const { thread } = await editor.call.threads.begin(begin);
  expect(await kindsOf(owner)).toEqual(["commented document"]);
  await viewer.call.comments.create({ threadId: thread.id, body: "Because" });
  expect(await inboxOf(editor)).toMatchObject({
    items: [{ kind: "replied", subject: { id: documentId }, title: "Plan", threadId: thread.id }],
  });
});

test("roles: who lets me in, and what I may do since", async () => {
  const { owner, viewer, workspaceId } = team;
  const secret = { workspaceId, name: "Secret", key: "SEC", visibility: "private" } as const;
  const { id: projectId } = await owner.call.projects.create(secret);
  const userId = viewer.user.id;
  const put = (role: "viewer" | "editor") =>
    owner.call.projects.setMember({ projectId, userId, role });
  await put("viewer");
  await put("viewer");
  await put("editor");
  await owner.call.members.setRole({ workspaceId, userId, role: "editor" });
  const { items } = await inboxOf(viewer);
  expect(items.map(({ kind, detail, title }) => [kind, detail, title])).toEqual([
    ["roleChanged", "editor", ""],
    ["roleChanged", "editor", "Secret"],
    ["invited", "viewer", "Secret"],
  ]);
});

test("what one may no longer see vanishes from list and count, and comes back with the right", async () => {
  const { owner, viewer, workspaceId } = team;
  const secret = { workspaceId, name: "Secret", key: "SEC", visibility: "private" } as const;
  const { id: projectId } = await owner.call.projects.create(secret);
  const task = await owner.call.tasks.create({ projectId, title: "Whisper" });
  const say = () => owner.call.comments.create({ taskId: task.id, body: `Psst ${at(viewer)}` });
  // Whoever may not see it is not told.
  await say();
  const userId = viewer.user.id;
  await owner.call.projects.setMember({ projectId, userId, role: "viewer" });
  await say();
  const told = await inboxOf(viewer);
  expect(told).toMatchObject({ unread: 2, items: [{ title: "Whisper" }, { kind: "invited" }] });
  const hidden = async () => JSON.stringify(await inboxOf(viewer, "all"));
  const since = async () =>
    JSON.stringify(await viewer.call.changes.since({ workspaceId, seq: 0 }));
  expect(await since()).toContain("Whisper");
  await owner.call.projects.removeMember({ projectId, userId });
  expect((await inboxOf(viewer)).unread).toBe(0);
  for (const answer of [await hidden(), await since()]) {
    expect(answer).not.toMatch(/Whisper|Secret|Psst|SEC-/);
  }
  // Marking what is hidden tells nothing of it.
  await viewer.call.notifications.mark({ ids: told.items.map(({ id }) => id), read: false });
  expect(await since()).not.toMatch(/Whisper|Secret|Psst|SEC-/);
  await owner.call.projects.setMember({ projectId, userId, role: "viewer" });
  expect((await inboxOf(viewer)).unread).toBe(3);
  await owner.call.tasks.delete({ id: task.id });
  expect(await hidden()).not.toContain("Whisper");
});

test("it is marked, snoozed and done by its person alone, and nobody else hears of it", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const { id: taskId } = await team.task();
  const seq = await team.position();
  await owner.call.comments.create({ taskId, body: `${at(editor)} ${at(viewer)}` });
  const [first] = (await inboxOf(editor)).items;
  const ids = [first?.id ?? ""];
  await viewer.call.notifications.mark({ ids, done: true });
  expect((await inboxOf(editor)).unread).toBe(1);
  const snoozedUntil = new Date(Date.now() + 3_600_000);
  await editor.call.notifications.mark({ ids, snoozedUntil });
  expect(await inboxOf(editor)).toMatchObject({ unread: 0, items: [], wakesAt: snoozedUntil });
  await editor.call.notifications.mark({ ids, snoozedUntil: null });
  await editor.call.notifications.mark({ ids, read: true });
  expect((await inboxOf(editor)).unread).toBe(0);
  expect((await inboxOf(editor, "all")).items).toHaveLength(1);
  await editor.call.notifications.mark({ ids, done: true });
  expect((await inboxOf(editor, "done")).items).toMatchObject([{ id: first?.id }]);
  const heard = async ({ call }: TestPerson) =>
    (await call.changes.since({ workspaceId, seq })).changes
      .filter(({ entity }) => entity === "notification")
      .map(({ op }) => op);
  expect(await heard(editor)).toEqual(["insert", "update", "update", "update", "update"]);
  expect(await heard(viewer)).toEqual(["insert"]);
  // The workspace's owners see what is for one person, but not this.
  expect(await heard(owner)).toEqual([]);
});

test("each kind by its channels: in a project before the workspace before what it is by itself", async () => {
  const { owner, editor, workspaceId, project } = team;
  const set = (isOn: boolean | null, projectId?: string) =>
    editor.call.notifications.setSettings({
      workspaceId,
      ...(projectId && { projectId }),
      settings: [{ kind: "mentioned", channel: "app", isOn }],
      quietHours: { from: "22:00", to: "07:00" },
    });
  const { id: taskId } = await team.task();
  const tell = async () => {
    await owner.call.comments.create({ taskId, body: at(editor) });
    return (await inboxOf(editor)).unread;
  };
  await editor.call.notifications.setTimeZone({ timeZone: "Asia/Kolkata" });
  await set(false);
  expect(await tell()).toBe(0);
  await set(true, project.id);
  expect(await tell()).toBe(1);
  await set(null, project.id);
  expect(await tell()).toBe(1);
  expect(await editor.call.notifications.settings({ workspaceId })).toEqual({
    settings: [{ projectId: null, kind: "mentioned", channel: "app", isOn: false }],
    timeZone: "Asia/Kolkata",
    quietHours: { from: "22:00", to: "07:00" },
    channels: ["app", "mail", "push"],
    mail: { rhythm: "soon", digestHour: 10, problem: { reason: "unconfirmed" } },
  });
});

test("pages follow each other without a gap, whatever comes in between", async () => {
  const { owner, editor, workspaceId } = team;
  const { id: taskId } = await team.task();
  const say = () => owner.call.comments.create({ taskId, body: at(editor) });
  for (let i = 0; i < 5; i++) await say();
  const page = (cursor?: string) =>
    editor.call.notifications.list({ workspaceId, limit: 2, ...(cursor && { cursor }) });
  const seen: string[] = [];
  for (let next: string | undefined; ; ) {
    const { items, nextCursor } = await page(next);
    seen.push(...items.map(({ id }) => id));
    await say();
    if (!nextCursor) break;
    next = nextCursor;
  }
  expect(new Set(seen).size).toBe(5);
});

test("everyone who may see it is told by one comment, in one transaction", async () => {
  const { owner, editor, viewer, stranger } = team;
  const { id: taskId } = await team.task();
  const body = "[@everyone](guildhall:everyone) look";
  const changes = await team.changesOf(() => owner.call.comments.create({ taskId, body }));
  expect(new Set(changes.map(({ at }) => at.getTime())).size).toBe(1);
  for (const person of [editor, viewer]) expect(await kindsOf(person)).toEqual(["mentioned task"]);
  expect((await inboxOf(owner)).items).toEqual([]);
  await expect(inboxOf(stranger)).rejects.toMatchObject({ reason: "not_found" });
});
