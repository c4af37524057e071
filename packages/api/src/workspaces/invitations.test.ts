import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../core/access.ts";
import { hashSecret } from "../core/secrets.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });
const secretOf = ({ link }: { link: string }) => new URL(link).searchParams.get("invitation") ?? "";
const newEmail = () => `guest-${uuidv7()}@example.com`;

async function invite(by: TestPerson, workspaceId: string, email: string, role: Role = "editor") {
  const made = await by.call.invitations.create({ workspaceId, email, role });
  return { ...made, secret: secretOf(made) };
}

/** Somebody who has opened a link that was mailed to them. */
async function verified(name: string): Promise<TestPerson> {
  const person = await api.person(name);
  const { email } = person.user;
  const sent = api.mails.length;
  await api.stranger.auth.forgotPassword({ email });
  const link = () => api.mails.slice(sent).find(({ to }) => to === email)?.text ?? "";
  await expect.poll(link).toMatch(/token=/);
  const token = link().match(/token=([\w-]+)/)?.[1] ?? "";
  await api.stranger.auth.resetPassword({ token, password: PASSWORD });
  const again = await api.signIn({ email, password: PASSWORD });
  return { ...person, token: again.token, call: api.as(again.token) };
}

test("who took an address that is not theirs learns of none that is for it, and needs the link", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  const taken = await api.person("Nobea");
  const { id, secret } = await invite(owner, workspaceId, taken.user.email);
  expect(await taken.call.invitations.mine()).toEqual([]);
  const gone = reason("invitation_expired");
  await expect(taken.call.invitations.accept({ id })).rejects.toEqual(gone);
  await expect(taken.call.invitations.decline({ id })).rejects.toEqual(gone);
  expect(await taken.call.invitations.accept({ secret })).toMatchObject({ outcome: "joined" });
  // The inviter has that link as well: it proves nothing about the address.
  const other = await makeTeam(api);
  await invite(other.owner, other.workspaceId, taken.user.email);
  expect(await taken.call.invitations.mine()).toEqual([]);
  // By name it is for this account, whatever its address.
  const known = { workspaceId: other.workspaceId, userId: taken.user.id, role: "editor" } as const;
  await api.join(workspaceId, other.owner.user.id, "viewer");
  await other.owner.call.invitations.create(known);
  expect(await taken.call.invitations.mine()).toMatchObject([{ workspaceName: "Mill" }]);
});

test("an invitation lets in the one it is for, once, by its link or out of their list", async () => {
  const { owner, editor, workspaceId, changesOf } = await makeTeam(api);
  const input = { workspaceId, email: newEmail(), role: "viewer" } as const;
  await expect(editor.call.invitations.create(input)).rejects.toEqual(reason("role_too_low"));
  const bea = await verified("Bea");
  const { id, secret } = await invite(owner, workspaceId, bea.user.email, "viewer");
  expect(api.mails.at(-1)).toMatchObject({
    to: bea.user.email,
    text: expect.stringContaining(secret),
  });
  expect(await api.stranger.invitations.preview({ secret })).toMatchObject({
    workspaceName: "Mill",
    email: bea.user.email,
  });
  expect(await bea.call.invitations.mine()).toMatchObject([
    { id, workspaceName: "Mill", invitedBy: "Olga", role: "viewer" },
  ]);
  expect(await bea.call.workspaces.list()).toEqual([]);
  const changes = await changesOf(async () => {
    const both = [{ secret }, { id }].map((which) => bea.call.invitations.accept(which));
    const settled = await Promise.allSettled(both);
    expect(settled.map((s) => s.status).sort()).toEqual(["fulfilled", "rejected"]);
  });
  expect(changes).toMatchObject([
    { entity: "member", op: "insert", row: { role: "viewer" } },
    { entity: "invitation", op: "delete", row: null },
  ]);
  expect(await bea.call.invitations.mine()).toEqual([]);
  expect(await owner.call.invitations.list({ workspaceId })).toEqual([]);
});

test("nobody else gets in with it, not even by making an account with the link", async () => {
  const { owner, stranger, workspaceId } = await makeTeam(api);
  const email = newEmail();
  const { id, secret } = await invite(owner, workspaceId, email);
  const other = reason("invitation_for_other");
  await expect(stranger.call.invitations.accept({ secret })).rejects.toEqual(other);
  await expect(stranger.call.invitations.decline({ secret })).rejects.toEqual(other);
  // By its id there is nothing to be learnt.
  const asMissing = reason("invitation_expired");
  await expect(stranger.call.invitations.accept({ id })).rejects.toEqual(asMissing);
  await expect(stranger.call.invitations.decline({ id: uuidv7() })).rejects.toEqual(asMissing);
  const account = { email: newEmail(), password: PASSWORD, invitation: secret };
  await expect(api.register(account)).rejects.toEqual(other);
  const { token } = await api.register({ ...account, email });
  expect(await api.as(token).workspaces.list()).toMatchObject([{ id: workspaceId }]);
});

test("declined or revoked, it is over, in every list and by the link", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  const bea = await verified("Bea");
  const declined = await invite(owner, workspaceId, bea.user.email);
  await bea.call.invitations.decline({ id: declined.id });
  const revoked = await invite(owner, workspaceId, bea.user.email);
  await owner.call.invitations.revoke({ id: revoked.id });
  expect(await bea.call.invitations.mine()).toEqual([]);
  expect(await owner.call.invitations.list({ workspaceId })).toEqual([]);
  for (const { secret } of [declined, revoked]) {
    const late = bea.call.invitations.accept({ secret });
    await expect(late).rejects.toEqual(reason("invitation_expired"));
  }
});

describe("an invitation is its maker's word", () => {
  /** A second owner, and what they made while they were one. */
  async function secondOwner() {
    const team = await makeTeam(api);
    const { owner, editor, workspaceId } = team;
    await owner.call.members.setRole({ workspaceId, userId: editor.user.id, role: "owner" });
    const bea = await api.person("Bea");
    const forBea = await invite(editor, workspaceId, bea.user.email, "owner");
    return { ...team, maker: editor, bea, forBea };
  }

  test("removed, an owner does not come back by their own link, nor does whom they invited", async () => {
    const { owner, maker, bea, forBea, workspaceId } = await secondOwner();
    const forMyself = await invite(owner, workspaceId, newEmail());
    const me = { workspaceId, userId: maker.user.id };
    await owner.call.members.remove(me);
    expect(await owner.call.invitations.list({ workspaceId })).toMatchObject([
      { id: forMyself.id },
    ]);
    expect(await bea.call.invitations.mine()).toEqual([]);
    const gone = reason("invitation_expired");
    await expect(api.stranger.invitations.preview(forBea)).rejects.toEqual(gone);
    await expect(bea.call.invitations.accept(forBea)).rejects.toEqual(gone);
    await expect(maker.call.invitations.accept(forBea)).rejects.toEqual(gone);
    // Ended for good: also when they are an owner again.
    await api.join(workspaceId, maker.user.id, "owner");
    await expect(bea.call.invitations.accept(forBea)).rejects.toEqual(gone);
  });

  test("nor by one that an owner had made for them before", async () => {
    const { owner, maker, workspaceId } = await secondOwner();
    const lower = { workspaceId, userId: maker.user.id, role: "viewer" } as const;
    await owner.call.members.setRole(lower);
    await owner.call.members.remove(lower);
    const again = await invite(owner, workspaceId, maker.user.email, "viewer");
    await maker.call.invitations.accept({ secret: again.secret });
    await owner.call.members.remove(lower);
    await expect(maker.call.invitations.accept(again)).rejects.toEqual(
      reason("invitation_expired"),
    );
  });

  test("an owner who is none any longer has invited nobody", async () => {
    const { owner, maker, bea, forBea, workspaceId } = await secondOwner();
    await owner.call.members.setRole({ workspaceId, userId: maker.user.id, role: "editor" });
    await expect(bea.call.invitations.accept(forBea)).rejects.toEqual(reason("invitation_expired"));
    expect(await owner.call.invitations.list({ workspaceId })).toEqual([]);
  });

  test("accepted while its maker is removed: one of the two comes first", async () => {
    for (let round = 0; round < 5; round++) {
      const { owner, maker, bea, forBea, workspaceId } = await secondOwner();
      const [accepted] = await Promise.allSettled([
        bea.call.invitations.accept(forBea),
        owner.call.members.remove({ workspaceId, userId: maker.user.id }),
      ]);
      const isIn = (await bea.call.workspaces.list()).length === 1;
      expect(isIn).toBe(accepted.status === "fulfilled");
      if (accepted.status === "rejected") {
        expect(accepted.reason).toEqual(reason("invitation_expired"));
      }
    }
  });
});

test("a member is raised by it, or told, and then it is not used up", async () => {
  const { owner, workspaceId, project, changesOf } = await makeTeam(api);
  const bea = await verified("Bea");
  const asEditor = await invite(owner, workspaceId, bea.user.email, "editor");
  // Let in as less in the meantime, by another way.
  await api.join(workspaceId, bea.user.id, "viewer");
  expect(await bea.call.invitations.mine()).toMatchObject([{ id: asEditor.id }]);
  const changes = await changesOf(async () => {
    const { outcome, role } = await bea.call.invitations.accept(asEditor);
    expect([outcome, role]).toEqual(["raised", "editor"]);
  });
  expect(changes).toMatchObject([
    { entity: "member", op: "update", row: { role: "editor" } },
    { entity: "access", id: project.id, row: { role: "editor" } },
    { entity: "invitation", op: "delete" },
  ]);

  const carl = await api.person("Carl");
  const asViewer = await invite(owner, workspaceId, carl.user.email, "viewer");
  await api.join(workspaceId, carl.user.id, "editor");
  expect(await carl.call.invitations.mine()).toEqual([]);
  const told = await carl.call.invitations.accept(asViewer);
  expect([told.outcome, told.role]).toEqual(["already_member", "editor"]);
  expect(await owner.call.invitations.list({ workspaceId })).toMatchObject([{ id: asViewer.id }]);
  const again = owner.call.invitations.create({
    workspaceId,
    email: carl.user.email,
    role: "owner",
  });
  await expect(again).rejects.toEqual(reason("already_member"));
});

describe("who has an account is nobody else's business", () => {
  test("known and unknown addresses get the same answer, and a mail", async () => {
    const { owner, stranger, workspaceId } = await makeTeam(api);
    for (const email of [stranger.user.email, newEmail()]) {
      const sent = api.mails.length;
      const made = await owner.call.members.add({ workspaceId, email, role: "editor" });
      expect(made).toEqual({
        id: expect.any(String),
        workspaceId,
        workspaceName: "Mill",
        email,
        name: null,
        role: "editor",
        createdAt: expect.any(Date),
        expiresAt: expect.any(Date),
        link: expect.stringContaining("/join?invitation="),
        isMailed: true,
      });
      expect(api.mails).toHaveLength(sent + 1);
    }
    expect(await stranger.call.workspaces.list()).toEqual([]);
    expect(await owner.call.invitations.list({ workspaceId })).toHaveLength(2);
  });

  test("by id only of those one shares a workspace with, and then by name", async () => {
    const { owner, viewer, stranger, workspaceId } = await makeTeam(api);
    const { id: forge } = await viewer.call.workspaces.create({ name: "Forge" });
    const add = (userId: string) =>
      viewer.call.members.add({ workspaceId: forge, userId, role: "editor" });
    const told = await Promise.all(
      [stranger.user.id, uuidv7()].map((userId) =>
        add(userId).catch(({ reason, message }) => ({ reason, message })),
      ),
    );
    expect(told[0]).toMatchObject({ reason: "not_found" });
    expect(told[0]).toEqual(told[1]);

    const made = await add(owner.user.id);
    const secret = secretOf(made);
    const seen = JSON.stringify([
      made,
      await viewer.call.invitations.list({ workspaceId: forge }),
      await viewer.call.invitations.preview({ secret }),
      await viewer.call.invitations.accept({ secret }).catch(({ message }) => message),
    ]);
    expect(seen).toContain(owner.user.name);
    expect(seen).not.toContain(owner.user.email);
    // A guess at the address ends nothing, so it tells nothing.
    await invite(viewer, forge, owner.user.email);
    expect(await viewer.call.invitations.list({ workspaceId: forge })).toHaveLength(2);
    expect(await owner.call.invitations.accept({ secret })).toMatchObject({ outcome: "joined" });
    expect(await owner.call.workspaces.list()).toHaveLength(2);
    expect(workspaceId).not.toBe(forge);
  });

  test("and nobody mails everybody", async () => {
    const { owner, workspaceId } = await makeTeam(api);
    const asked = await Promise.allSettled(
      Array.from({ length: 120 }, () => invite(owner, workspaceId, newEmail())),
    );
    const refused = asked.flatMap((a) => (a.status === "rejected" ? [a.reason.reason] : []));
    expect(refused).toEqual(Array(20).fill("too_many_tries"));
    expect(await owner.call.invitations.list({ workspaceId })).toHaveLength(100);
  });
});

test("who is removed is let in by none that was made for their address before, confirmed or not", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  const carl = await api.person("Carl");
  await api.join(workspaceId, carl.user.id, "viewer");
  // As from before the address was a member's.
  const { secret } = await invite(owner, workspaceId, newEmail(), "owner");
  await api.services.db
    .update(schema.invitations)
    .set({ email: carl.user.email })
    .where(eq(schema.invitations.secretHash, hashSecret(secret)));
  await owner.call.members.remove({ workspaceId, userId: carl.user.id });
  await expect(carl.call.invitations.accept({ secret })).rejects.toEqual(
    reason("invitation_expired"),
  );
});
