/**
 * Every mutation is decided upon: either it is in the audit log, and then all that its line promises is
 * looked for here, or it stands in the list of those that nobody has to answer for. A new one fails
 * until it is.
 */
import { createHash } from "node:crypto";
import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { audited, notAudited } from "../../testing/audited.ts";
import { procedures } from "../../testing/procedures.ts";
import { makeWorld } from "../../testing/world.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const mutations = procedures.flatMap(([path, { _def }]) =>
  _def.type === "mutation" ? [path] : [],
);

test("every mutation is audited, or named as one that needs no entry", () => {
  const decided = [...Object.keys(audited), ...Object.keys(notAudited)];
  expect(mutations.filter((path) => !decided.includes(path))).toEqual([]);
  expect(decided.filter((path) => !mutations.includes(path))).toEqual([]);
  expect(new Set(decided).size).toBe(decided.length);
});

const entries = () => api.services.db.select().from(schema.auditEntries);
const secretOf = (link: string, name: string) => new URL(link).searchParams.get(name) ?? "";

test("an account: making it, signing in and failing to, passwords, sessions and tokens", async () => {
  const email = `${uuidv7()}@example.com`;
  const { token, user } = await api.register({ email, password: PASSWORD });
  const me = api.as(token);
  await expect(api.stranger.auth.login({ email, password: "wrong" })).rejects.toThrow();
  const second = await api.stranger.auth.login({ email, password: PASSWORD });
  await api.as(second.token).auth.logout({});
  await api.stranger.auth.login({ email, password: PASSWORD });
  await me.auth.revokeOtherSessions({});
  const { id } = await me.tokens.create({ name: "Script", scope: "read", days: 1 });
  await me.tokens.revoke({ id });
  await me.auth.changePassword({ newPassword: "a new password" });
  await api.stranger.auth.forgotPassword({ email });
  const link = await expect
    .poll(() => api.mails.find(({ to, text }) => to === email && text.includes("reset-password")))
    .toBeDefined()
    .then(() => api.mails.findLast(({ to }) => to === email)?.text.match(/https?:\S+/)?.[0] ?? "");
  await api.stranger.auth.resetPassword({ token: secretOf(link, "token"), password: PASSWORD });
  const verifier = "v".repeat(43);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const browser = await api.stranger.auth.login({ email, password: PASSWORD });
  const asked = { challenge, app: "Guildhall", computer: "laptop" };
  const { code } = await api.as(browser.token).auth.allowApp(asked);
  await api.stranger.auth.redeemAppCode({ code, verifier });
  // The first account of a server administers it, and can't be closed.
  const leaving = await api.person("Pia");
  const theirs = { email: leaving.user.email, password: PASSWORD };
  await leaving.call.auth.closeAccount({ email: theirs.email, keepsName: true });
  const { closed } = await api.stranger.auth.login(theirs);
  await api.stranger.auth.reopenAccount({ ticket: closed?.ticket ?? "" });
  await expect
    .poll(async () => (await entries()).map(({ action }) => action))
    .toEqual(expect.arrayContaining(["account.signInFailed"]));
  const said = await entries();
  const own = (path: keyof typeof audited) => audited[path] ?? [];
  // Second factors and other addresses have tests of their own.
  const here = /^(auth\.(?!finishSignIn|signInByPasskey|\w+EmailChange)|tokens\.)/;
  for (const path of Object.keys(audited).filter((each) => here.test(each))) {
    for (const action of own(path)) {
      expect(said, `${path}: ${action}`).toContainEqual(
        expect.objectContaining({ action, workspaceId: null, address: "127.0.0.1" }),
      );
    }
  }
  const text = JSON.stringify(said);
  for (const secret of [PASSWORD, "a new password", "wrong", token, second.token, email]) {
    expect(text).not.toContain(secret);
  }
  expect(said.find(({ action }) => action === "token.created")).toMatchObject({
    ...{ actorId: user.id, subjectName: "Script", credential: "session" },
    after: { scope: "read", expiresAt: expect.any(String) },
  });
});

test("a workspace: members, invitations, rights, deletions, imports and exports", async () => {
  const { owner, editor, workspaceId, project } = await makeTeam(api);
  const projectId = project.id;
  const world = await makeWorld(api, { owner, workspaceId });
  const { call } = owner;
  await call.workspaces.create({ name: "Another" });
  await call.workspaces.update({ workspaceId, patch: { name: "Mill" } });
  const invite = (userEmail: string) =>
    call.invitations.create({ workspaceId, email: userEmail, role: "viewer" });
  const guest = await api.person("Gus");
  const invitation = { secret: secretOf((await invite(guest.user.email)).link, "invitation") };
  await guest.call.invitations.decline(invitation);
  const again = { secret: secretOf((await invite(guest.user.email)).link, "invitation") };
  await guest.call.invitations.accept(again);
  const { id: waiting } = await invite("nobody@example.com");
  await call.invitations.remind({ id: waiting });
  await call.invitations.revoke({ id: waiting });
  await call.invitations.createMany({ workspaceId, role: "viewer", people: "a@example.com" });
  const link = { days: 7, maxUses: 5, domain: null, label: "Clients" };
  await call.invitations.createLink({ workspaceId, role: "viewer", ...link });
  const userId = guest.user.id;
  await call.members.setRole({ workspaceId, userId, role: "editor" });
  await call.projects.setMember({ projectId, userId, role: "viewer" });
  await call.projects.removeMember({ projectId, userId });
  await call.projects.update({ id: projectId, patch: { visibility: "private" } });
  await call.projects.update({ id: projectId, patch: { exporterRole: "editor" } });
  const { id: groupId } = await call.groups.create({ workspaceId, name: "Designers" });
  await call.groups.update({ id: groupId, patch: { name: "Design" } });
  await call.groups.addMembers({ id: groupId, userIds: [userId] });
  await call.projects.setGroup({ projectId, groupId, role: "viewer" });
  await call.projects.removeGroup({ projectId, groupId });
  const id = await world.document();
  await call.documents.setGroup({ id, groupId, role: "viewer" });
  await call.documents.removeGroup({ id, groupId });
  await call.groups.removeMembers({ id: groupId, userIds: [userId] });
  await call.groups.delete({ id: groupId });
  await call.documents.setVisibility({ id, visibility: "private" });
  await call.documents.setMember({ id, userId, role: "viewer" });
  await call.documents.removeMember({ id, userId });
  await call.documents.delete({ id });
  await call.documents.purge({ id });
  await call.tasks.delete({ id: await world.task() });
  await call.tasks.deleteMany({ ids: [await world.task(), await world.task()] });
  await call.files.delete({ id: await world.file() });
  await guest.call.members.remove({ workspaceId, userId });
  await call.members.remove({ workspaceId, userId: editor.user.id });
  const csv = new File(["Title\r\nA task\r\n"], "a.csv");
  const fileId = await owner.upload(workspaceId, csv);
  await call.imports.start({ projectId: world.projectId, fileIds: [fileId], dryRun: true });
  await call.exports.tasksCsv({ projectId: world.projectId });
  const heir = await world.member();
  await call.workspaces.handOver({ workspaceId, userId: heir, afterwards: "owner" });
  await call.projects.delete({ id: projectId, name: "App" });
  await call.projects.restoreDeleted({ id: projectId });
  await call.workspaces.delete({ workspaceId, name: "Mill" });
  await call.workspaces.restore({ workspaceId });

  const { entries: said } = await call.audit.list({ workspaceId, limit: 200 });
  const actions = new Set<string>(said.map(({ action }) => action));
  const promised = Object.entries(audited)
    .filter(([path]) => !/^(auth|factors|tokens|instance|providers)\./.test(path))
    .flatMap(([, names]) => names)
    .filter((name) => name !== "workspace.created");
  expect(promised.filter((name) => !actions.has(name))).toEqual([]);
  expect(said.find(({ action }) => action === "member.roleChanged")).toMatchObject({
    ...{ sentence: "changed the role of Gus", actor: { id: owner.user.id } },
    ...{ before: { role: "viewer" }, after: { role: "editor" }, address: "127.0.0.1" },
  });
  expect(said.map(({ at }) => at.getTime())).toEqual(
    said.map(({ at }) => at.getTime()).toSorted((a, b) => b - a),
  );
  expect(actions.has("tasks.exported")).toBe(true);
});
