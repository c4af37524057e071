import { schema, type Tx } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { whileWaiting } from "../../testing/while-waiting.ts";
import { setRole } from "./members.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

test("the last owner neither steps down nor leaves", async () => {
  const { owner, editor, stranger, workspaceId } = await makeTeam(api);
  const me = { workspaceId, userId: owner.user.id };
  const stepDown = owner.call.members.setRole({ ...me, role: "viewer" });
  await expect(stepDown).rejects.toEqual(reason("last_owner"));
  await expect(owner.call.members.remove(me)).rejects.toEqual(reason("last_owner"));
  const asEditor = editor.call.members.setRole({ ...me, role: "viewer" });
  await expect(asEditor).rejects.toEqual(reason("role_too_low"));
  await expect(stranger.call.members.remove(me)).rejects.toEqual(reason("not_found"));
});

test("an owner whose account is deactivated or closed looks after nothing: the other one stays", async () => {
  const { users } = schema;
  for (const gone of ["deactivatedAt", "closedAt"] as const) {
    const { owner, editor, workspaceId } = await makeTeam(api);
    const me = { workspaceId, userId: owner.user.id };
    await owner.call.members.setRole({ workspaceId, userId: editor.user.id, role: "owner" });
    const of = eq(users.id, editor.user.id);
    await api.services.db
      .update(users)
      .set({ [gone]: new Date() })
      .where(of);
    await expect(owner.call.members.remove(me)).rejects.toEqual(reason("last_owner"));
    await api.services.db
      .update(users)
      .set({ [gone]: null })
      .where(of);
    await owner.call.members.remove(me);
  }
});

test("of two owners who step down or leave at once, one stays", async () => {
  for (let round = 0; round < 5; round++) {
    const { owner, editor, workspaceId } = await makeTeam(api);
    const second = { workspaceId, userId: editor.user.id };
    await owner.call.members.setRole({ ...second, role: "owner" });
    const settled = await Promise.allSettled([
      owner.call.members.setRole({ workspaceId, userId: owner.user.id, role: "editor" }),
      editor.call.members.remove(second),
    ]);
    const told = settled.flatMap((s) => (s.status === "rejected" ? [s.reason.reason] : []));
    expect(told).toEqual(["last_owner"]);
  }
});

test("who is made less at this moment gives nothing back to themselves by what is under way", async () => {
  const { owner, editor, viewer, workspaceId, project } = await makeTeam(api);
  const userId = editor.user.id;
  const viewerId = viewer.user.id;
  const me = { workspaceId, userId };
  await owner.call.members.setRole({ ...me, role: "owner" });
  const { id } = await owner.call.groups.create({ workspaceId, name: "Owners", role: "owner" });
  const ways: (() => Promise<unknown>)[] = [
    () => editor.call.members.setRole({ ...me, role: "owner" }),
    () => editor.call.members.remove({ workspaceId, userId: owner.user.id }),
    () => editor.call.workspaces.handOver({ workspaceId, userId: viewerId, afterwards: "viewer" }),
    () => editor.call.groups.addMembers({ id, userIds: [userId] }),
    () =>
      editor.call.groups.create({ workspaceId, name: "Ours", role: "owner", memberIds: [userId] }),
    () => editor.call.projects.setMember({ projectId: project.id, userId, role: "owner" }),
  ];
  for (const way of ways) {
    await owner.call.members.setRole({ ...me, role: "owner" });
    const made = (tx: Tx) => setRole(tx, () => {}, { ...me, role: "viewer" });
    await expect(whileWaiting(api, made, way)).rejects.toEqual(reason("role_too_low"));
  }
  const there = await owner.call.workspaces.members({ workspaceId });
  expect(there.find((each) => each.userId === userId)).toMatchObject({ role: "viewer" });
});

test("who is removed is off every task, loses their private projects, and sees nothing any more", async () => {
  const { owner, editor, workspaceId, task, changesOf } = await makeTeam(api);
  const userId = editor.user.id;
  const { id } = await task();
  await owner.call.tasks.update({ id, patch: { assigneeIds: [userId, owner.user.id] } });
  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  const { id: projectId } = await owner.call.projects.create(secret);
  await owner.call.projects.setMember({ projectId, userId, role: "editor" });
  const changes = await changesOf(() => owner.call.members.remove({ workspaceId, userId }));
  expect(changes).toMatchObject([
    { entity: "task", id, op: "update", row: { assigneeIds: [owner.user.id] } },
    { entity: "member", id: userId, op: "delete" },
  ]);
  await expect(editor.call.tasks.get({ id })).rejects.toEqual(reason("not_found"));
  await api.join(workspaceId, userId, "editor");
  await expect(editor.call.projects.get({ id: projectId })).rejects.toEqual(reason("not_found"));
});

test("who is removed while a task is given to them ends up with none", async () => {
  const { owner, editor, workspaceId, task } = await makeTeam(api);
  const userId = editor.user.id;
  const tasks = await Promise.all(Array.from({ length: 6 }, () => task()));
  const give = tasks.map(({ id }) =>
    owner.call.tasks.update({ id, patch: { assigneeIds: [userId] } }).catch((error) => {
      expect(error).toEqual(reason("not_a_member"));
    }),
  );
  await Promise.all([...give, owner.call.members.remove({ workspaceId, userId })]);
  for (const { id } of tasks) {
    expect(await owner.call.tasks.get({ id })).toMatchObject({ assigneeIds: [] });
  }
});

test("everybody sees names; addresses are for editors and owners, and not in the feed", async () => {
  const { owner, editor, viewer, workspaceId, position } = await makeTeam(api);
  const everywhere = JSON.stringify([
    await viewer.call.workspaces.open({ workspaceId }),
    await viewer.call.workspaces.members({ workspaceId }),
    await viewer.call.changes.since({ workspaceId, seq: 0 }),
  ]);
  expect(everywhere).toContain(owner.user.name);
  for (const { user } of [owner, editor]) expect(everywhere).not.toContain(user.email);
  const renamed = await position();
  await owner.call.auth.updateProfile({ name: "Olga P." });
  const { changes } = await viewer.call.changes.since({ workspaceId, seq: renamed });
  expect(changes).toMatchObject([{ entity: "member", row: { name: "Olga P." } }]);
  expect(JSON.stringify(changes)).not.toContain(owner.user.email);
  await expect(viewer.call.members.addresses({ workspaceId })).rejects.toEqual(
    reason("role_too_low"),
  );
  const addresses = await editor.call.members.addresses({ workspaceId });
  expect(addresses).toContainEqual({ userId: owner.user.id, email: owner.user.email });
});
