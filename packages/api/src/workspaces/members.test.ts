import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../testing.ts";
import { makeTeam } from "../testing-team.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

test("a member comes in by address, once, and everyone hears of it", async () => {
  const { owner, stranger, workspaceId, changesOf } = await makeTeam(api);
  const { user } = stranger;
  const input = { workspaceId, email: user.email, role: "editor" } as const;
  const changes = await changesOf(async () => {
    await owner.call.members.add(input);
    await owner.call.members.add({ ...input, role: "viewer" });
  });
  expect(changes).toMatchObject([
    { entity: "member", op: "insert", id: user.id, row: { role: "editor", email: user.email } },
  ]);
  expect(await stranger.call.workspaces.list()).toMatchObject([
    { id: workspaceId, role: "editor" },
  ]);
  const nobody = owner.call.members.add({ ...input, email: "nobody@example.com" });
  await expect(nobody).rejects.toEqual(reason("no_account"));
});

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
  await owner.call.members.add({ workspaceId, userId, role: "editor" });
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

test("an invitation lets one person in, once, until it is revoked", async () => {
  const { owner, editor, stranger, workspaceId, changesOf } = await makeTeam(api);
  const invite = { workspaceId, email: "guest@example.com", role: "viewer" } as const;
  await expect(editor.call.invitations.create(invite)).rejects.toEqual(reason("role_too_low"));
  const secretOf = (link: string) => new URL(link).searchParams.get("invitation") ?? "";
  const made = await owner.call.invitations.create(invite);
  const secret = secretOf(made.link);
  expect(api.mails.at(-1)).toMatchObject({
    to: invite.email,
    text: expect.stringContaining(secret),
  });
  expect(await api.stranger.invitations.preview({ secret })).toMatchObject({
    workspaceName: "Mill",
  });
  const bea = await api.person("Bea");
  const changes = await changesOf(async () => {
    const both = [stranger.call, bea.call].map((call) => call.invitations.accept({ secret }));
    const settled = await Promise.allSettled(both);
    expect(settled.map((s) => s.status).sort()).toEqual(["fulfilled", "rejected"]);
  });
  expect(changes).toMatchObject([{ entity: "member", op: "insert", row: { role: "viewer" } }]);
  const second = await owner.call.invitations.create(invite);
  expect(await owner.call.invitations.list({ workspaceId })).toMatchObject([{ id: second.id }]);
  await owner.call.invitations.revoke({ id: second.id });
  const late = bea.call.invitations.accept({ secret: secretOf(second.link) });
  await expect(late).rejects.toEqual(reason("invitation_expired"));
});
