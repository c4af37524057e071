import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkspaceRole } from "../../core/access.ts";
import type { Context } from "../../core/context.ts";
import { applyRoles } from "../../oidc/claimed-roles.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

test("nobody is in a deleted workspace, until an owner restores it with all that was there", async () => {
  const { owner, editor, viewer, stranger, workspaceId, project, task } = await makeTeam(api);
  const { id } = await task();
  const { link } = await owner.call.invitations.createLink({
    ...{ workspaceId, role: "viewer", days: null, maxUses: null, domain: null, label: null },
  });
  const secret = new URL(link).searchParams.get("invitation") ?? "";
  const typo = owner.call.workspaces.delete({ workspaceId, name: "Mil" });
  await expect(typo).rejects.toEqual(reason("name_differs"));
  const low = editor.call.workspaces.delete({ workspaceId, name: "Mill" });
  await expect(low).rejects.toEqual(reason("role_too_low"));
  const { eraseAt } = await owner.call.workspaces.delete({ workspaceId, name: "Mill" });
  expect(eraseAt.getTime()).toBeGreaterThan(Date.now() + 13 * 24 * 60 * 60_000);

  const gone = reason("not_found");
  for (const { call } of [owner, editor, viewer]) {
    await expect(call.workspaces.open({ workspaceId })).rejects.toEqual(gone);
    await expect(call.tasks.get({ id })).rejects.toEqual(gone);
    await expect(call.tasks.create({ projectId: project.id, title: "No" })).rejects.toEqual(gone);
    expect(await call.workspaces.list()).toEqual([]);
    expect(await call.workspaces.deleted()).toMatchObject([
      { id: workspaceId, name: "Mill", deletedBy: "Olga", eraseAt },
    ]);
  }
  expect(await stranger.call.workspaces.deleted()).toEqual([]);
  await expect(stranger.call.invitations.accept({ secret })).rejects.toEqual(
    reason("invitation_expired"),
  );
  // Who would come to be a member by something else waits too.
  await api.services.db
    .insert(schema.members)
    .values({ workspaceId, userId: stranger.user.id, role: "viewer", personalRole: "viewer" });
  await expect(stranger.call.workspaces.open({ workspaceId })).rejects.toEqual(gone);

  const restore = editor.call.workspaces.restore({ workspaceId });
  await expect(restore).rejects.toEqual(reason("role_too_low"));
  await owner.call.workspaces.restore({ workspaceId });
  expect(await viewer.call.tasks.get({ id })).toMatchObject({ id });
  const { members, role } = await editor.call.workspaces.open({ workspaceId });
  expect([members.length, role]).toEqual([4, "editor"]);
  expect(await owner.call.workspaces.deleted()).toEqual([]);
  const again = owner.call.workspaces.restore({ workspaceId });
  await expect(again).rejects.toEqual(reason("not_found"));
});

test("when its days are over nobody restores it", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  await owner.call.workspaces.delete({ workspaceId, name: "Mill" });
  await api.services.db
    .update(schema.workspaces)
    .set({ deletedAt: sql`now() - interval '15 days'` })
    .where(eq(schema.workspaces.id, workspaceId));
  const late = owner.call.workspaces.restore({ workspaceId });
  await expect(late).rejects.toEqual(reason("gone_for_good"));
  expect(await owner.call.workspaces.deleted()).toEqual([]);
});

test("who had a role through a group that has less by now comes back with that", async () => {
  const { owner, viewer, workspaceId, project } = await makeTeam(api);
  const { db } = api.services;
  const userId = viewer.user.id;
  const { id } = await owner.call.groups.create({ workspaceId, name: "Design", role: "editor" });
  await owner.call.groups.addMembers({ id, userIds: [userId] });
  await owner.call.projects.setGroup({ projectId: project.id, groupId: id, role: "owner" });
  const roles = async () => [
    (await viewer.call.workspaces.open({ workspaceId })).role,
    (await viewer.call.projects.get({ id: project.id })).role,
  ];
  expect(await roles()).toEqual(["editor", "owner"]);
  await owner.call.workspaces.delete({ workspaceId, name: "Mill" });
  // As a sign-in provider does it.
  await db.delete(schema.groupMembers).where(eq(schema.groupMembers.groupId, id));
  await owner.call.workspaces.restore({ workspaceId });
  expect(await roles()).toEqual(["viewer", "viewer"]);
});

test("a claim that is less or gone while the workspace is deleted counts when it comes back", async () => {
  const { owner, editor, viewer, stranger, workspaceId } = await makeTeam(api);
  const { db } = api.services;
  const claim = async ({ user }: TestPerson, role: WorkspaceRole | null) => {
    const subject = { issuer: "https://id.example.com", subject: user.id };
    const identityId = (
      await db
        .insert(schema.identities)
        .values({ id: uuidv7(), userId: user.id, provider: "id", ...subject })
        .onConflictDoUpdate({
          target: [schema.identities.issuer, schema.identities.subject],
          set: { provider: "id" },
        })
        .returning({ id: schema.identities.id })
    )[0]?.id;
    const client = { address: "127.0.0.1", userAgent: "test" };
    const ctx = { services: api.services, client } as unknown as Context;
    const wanted = new Map(role ? [[workspaceId, role]] : []);
    await applyRoles(ctx, { user, identityId: String(identityId) }, wanted);
  };
  const roleOf = async ({ call }: TestPerson) =>
    (await call.workspaces.list()).find(({ id }) => id === workspaceId)?.role ?? null;
  await claim(editor, "owner");
  await claim(viewer, "editor");
  await claim(stranger, "viewer");
  expect(await Promise.all([editor, viewer, stranger].map(roleOf))).toEqual([
    ...["owner", "editor", "viewer"],
  ]);
  await owner.call.workspaces.delete({ workspaceId, name: "Mill" });
  await claim(editor, "editor");
  await claim(viewer, null);
  await claim(stranger, null);
  // The last who could restore it stays one.
  await claim(owner, "viewer");
  await owner.call.workspaces.restore({ workspaceId });
  const all = [owner, editor, viewer, stranger].map(roleOf);
  expect(await Promise.all(all)).toEqual(["owner", "editor", "viewer", null]);
});
