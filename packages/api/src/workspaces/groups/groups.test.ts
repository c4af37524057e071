import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";
import { providerAt } from "../../../testing/provider-sign-in.ts";
import type { IdentityProvider } from "../../core/context.ts";
import { write } from "../../core/write.ts";
import { Providers } from "../../oidc/connections.ts";
import { setGroupsOfMember } from "./members.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

async function makeGroup(name = "Design") {
  const team = await makeTeam(api);
  const group = await team.owner.call.groups.create({ workspaceId: team.workspaceId, name });
  return { ...team, group, id: group.id as string };
}

test("a group is made, renamed, filled and deleted, and the feed tells of each", async () => {
  const { owner, viewer, workspaceId, changesOf } = await makeTeam(api);
  const { call } = owner;
  const userId = viewer.user.id;
  const told = await changesOf(async () => {
    const { id } = await call.groups.create({ workspaceId, name: "Design & Über UX" });
    await call.groups.addMembers({ id, userIds: [userId, userId] });
    await call.groups.addMembers({ id, userIds: [userId] });
    await call.groups.update({ id, patch: { name: "Design", color: "#aabbcc" } });
    await call.groups.removeMembers({ id, userIds: [userId] });
    await call.groups.delete({ id });
  });
  const members = [{ userId, managedBy: null }];
  expect(told).toMatchObject([
    { entity: "group", op: "insert", row: { handle: "design-uber-ux", members: [] } },
    { entity: "group", op: "update", row: { members } },
    { entity: "group", op: "update", row: { members } },
    { entity: "group", op: "update", row: { name: "Design", handle: "design-uber-ux", members } },
    { entity: "group", op: "update", row: { color: "#aabbcc", members: [] } },
    { entity: "group", op: "delete", row: null },
  ]);
  expect(await viewer.call.groups.list({ workspaceId })).toEqual([]);
});

test("a name and a handle are one group's in a workspace, whatever their case", async () => {
  const { owner, workspaceId, id } = await makeGroup();
  const { call } = owner;
  const again = call.groups.create({ workspaceId, name: "dESIGN" });
  await expect(again).rejects.toEqual(reason("name_taken"));
  const other = await call.groups.create({ workspaceId, name: "Design!" });
  expect(other.handle).toBe("design-2");
  const taken = call.groups.update({ id: other.id, patch: { handle: "design" } });
  await expect(taken).rejects.toEqual(reason("name_taken"));
  expect(await call.groups.update({ id, patch: { name: "DESIGN" } })).toMatchObject({
    name: "DESIGN",
  });
});

test("groups are the owners'; only members of the workspace are in them", async () => {
  const { editor, viewer, stranger, owner, workspaceId, id } = await makeGroup();
  for (const { call } of [editor, viewer]) {
    const patch = { name: "Mine" };
    await expect(call.groups.update({ id, patch })).rejects.toEqual(reason("role_too_low"));
  }
  await expect(stranger.call.groups.roles({ id })).rejects.toEqual(reason("not_found"));
  const outside = { id, userIds: [stranger.user.id] };
  await expect(owner.call.groups.addMembers(outside)).rejects.toEqual(reason("not_found"));
  await owner.call.groups.addMembers({ id, userIds: [editor.user.id, viewer.user.id] });
  await editor.call.members.remove({ workspaceId, userId: editor.user.id });
  const [group] = await owner.call.groups.list({ workspaceId });
  expect(group?.members.map(({ userId }) => userId)).toEqual([viewer.user.id]);
});

test("a rename is taken back, and what another has changed since stays", async () => {
  const { owner, editor, workspaceId, id } = await makeGroup();
  await owner.call.members.setRole({ workspaceId, userId: editor.user.id, role: "owner" });
  const mutationId = crypto.randomUUID();
  const patch = { name: "Drawing", description: "Who draws" };
  await owner.call.groups.update({ id, patch, mutationId });
  await editor.call.groups.update({ id, patch: { description: "Who draws and paints" } });
  expect(await owner.call.groups.undo({ id, of: mutationId })).toMatchObject({
    row: { name: "Design", description: "Who draws and paints" },
    left: [id],
  });
});

test("a role through a group comes and goes with it, in the workspace, a project and a document", async () => {
  const { owner, viewer, workspaceId, id } = await makeGroup();
  const { call } = owner;
  const userId = viewer.user.id;
  const role = async () => (await viewer.call.workspaces.open({ workspaceId })).role;
  await call.groups.addMembers({ id, userIds: [userId] });
  await call.groups.update({ id, patch: { role: "editor" } });
  expect(await role()).toBe("editor");
  await call.groups.update({ id, patch: { role: null } });
  expect(await role()).toBe("viewer");

  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  const { id: projectId } = await call.projects.create(secret);
  const { id: documentId } = await call.documents.create({ workspaceId, title: "Salaries" });
  await call.documents.setVisibility({ id: documentId, visibility: "private" });
  await call.projects.setGroup({ projectId, groupId: id, role: "editor" });
  await call.documents.setGroup({ id: documentId, groupId: id, role: "editor" });
  const sees = () =>
    Promise.all([
      viewer.call.projects.get({ id: projectId }).then(({ role }) => role),
      viewer.call.documents
        .members({ id: documentId })
        .then((people) => people.find((each) => each.userId === userId)),
    ]);
  expect(await sees()).toEqual([
    "editor",
    { userId, role: "editor", ownRole: null, through: "group", throughId: documentId },
  ]);
  expect(await viewer.call.groups.roles({ id })).toMatchObject({
    projects: [{ id: projectId, role: "editor" }],
    documents: [{ id: documentId, role: "editor", title: "Salaries" }],
  });

  // What is given by name decides, and is there again when a group's role goes.
  await call.projects.setMember({ projectId, userId, role: "viewer" });
  expect((await sees())[0]).toBe("viewer");
  await call.projects.removeMember({ projectId, userId });
  expect((await sees())[0]).toBe("editor");
  await call.groups.removeMembers({ id, userIds: [userId] });
  await expect(viewer.call.projects.get({ id: projectId })).rejects.toEqual(reason("not_found"));
  await expect(viewer.call.documents.get({ id: documentId })).rejects.toEqual(reason("not_found"));
  await call.groups.addMembers({ id, userIds: [userId] });
  await sees();
  await call.groups.delete({ id });
  await expect(sees()).rejects.toEqual(reason("not_found"));
});

test("a workspace needs an owner by name: groups neither replace them nor take them away", async () => {
  const { owner, editor, workspaceId, id } = await makeGroup();
  const { call } = owner;
  await call.groups.addMembers({ id, userIds: [owner.user.id, editor.user.id] });
  await call.groups.update({ id, patch: { role: "owner" } });
  const stepDown = { workspaceId, userId: owner.user.id, role: "viewer" } as const;
  await expect(editor.call.members.setRole(stepDown)).rejects.toEqual(reason("last_owner"));
  const invited = { workspaceId, email: "new@example.com", role: "editor" } as const;
  await editor.call.invitations.create(invited);
  await call.groups.delete({ id });
  expect((await editor.call.workspaces.open({ workspaceId })).role).toBe("editor");
  expect((await call.workspaces.open({ workspaceId })).role).toBe("owner");
  // An invitation ends with the right to give it.
  expect(await call.invitations.list({ workspaceId })).toEqual([]);
});

test("a sign-in provider decides about the memberships that it made, and people about the others", async () => {
  const { owner, editor, workspaceId, id: byHand } = await makeGroup();
  const { call } = owner;
  const userId = editor.user.id;
  const { id: claimed } = await call.groups.create({ workspaceId, name: "Claimed", role: "owner" });
  await call.groups.addMembers({ id: byHand, userIds: [userId] });
  const signIn = (groupIds: string[]) =>
    write({ services: api.services, actor: editor, path: "" }, workspaceId, (tx, record) =>
      setGroupsOfMember(tx, record, { workspaceId, userId, groupIds, managedBy: "acme" }),
    );
  const groups = async () =>
    Object.fromEntries((await call.groups.list({ workspaceId })).map((g) => [g.name, g.members]));
  const other = await makeGroup();
  await signIn([byHand, claimed, other.id]);
  expect(await groups()).toEqual({
    Claimed: [{ userId, managedBy: "acme" }],
    Design: [{ userId, managedBy: null }],
  });
  expect((await editor.call.workspaces.open({ workspaceId })).role).toBe("owner");
  const remove = () => call.groups.removeMembers({ id: claimed, userIds: [userId] });
  const setProviders = (...list: IdentityProvider[]) =>
    Object.assign(api.services, { providers: new Providers(list) });
  const given = [{ value: "staff", workspaceId, group: "Claimed" }];
  setProviders(providerAt("https://acme.example", { id: "acme", groups: given }));
  await expect(remove()).rejects.toEqual(reason("managed_by_sign_in"));
  const { affected } = await signIn([]);
  expect(affected).toEqual([userId]);
  expect(await groups()).toEqual({ Claimed: [], Design: [{ userId, managedBy: null }] });
  expect((await editor.call.workspaces.open({ workspaceId })).role).toBe("editor");
  // Once the settings give nothing here, nobody else would take them out.
  await signIn([claimed]);
  setProviders();
  expect((await remove()).members).toEqual([]);
});
