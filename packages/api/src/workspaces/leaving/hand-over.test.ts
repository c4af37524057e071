import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { and, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

test("an owner hands over in one step: who takes it owns it, and who gave it has the role they chose", async () => {
  const { owner, editor, stranger, workspaceId, changesOf } = await makeTeam(api);
  const { call } = owner;
  const invited = { workspaceId, email: "new@example.com", role: "owner" } as const;
  await call.invitations.create(invited);
  const userId = editor.user.id;
  const to = { workspaceId, userId, afterwards: "viewer" } as const;
  await expect(editor.call.workspaces.handOver(to)).rejects.toEqual(reason("role_too_low"));
  await expect(stranger.call.workspaces.handOver(to)).rejects.toEqual(reason("not_found"));
  const toStranger = call.workspaces.handOver({ ...to, userId: stranger.user.id });
  await expect(toStranger).rejects.toEqual(reason("not_found"));
  const toMyself = call.workspaces.handOver({ ...to, userId: owner.user.id });
  await expect(toMyself).rejects.toEqual(reason("bad_input"));

  const changes = await changesOf(() => call.workspaces.handOver(to));
  expect(changes.filter(({ entity }) => entity === "member")).toMatchObject([
    { id: userId, op: "update", row: { role: "owner" } },
    { id: owner.user.id, op: "update", row: { role: "viewer" } },
  ]);
  // What it gives is more than its maker may give now.
  expect(await editor.call.invitations.list({ workspaceId })).toEqual([]);
  const back = { workspaceId, userId: owner.user.id, afterwards: "leave" } as const;
  await editor.call.workspaces.handOver(back);
  await expect(editor.call.workspaces.open({ workspaceId })).rejects.toEqual(reason("not_found"));
  const { entries } = await call.audit.list({ workspaceId, limit: 10 });
  expect(entries.filter(({ action }) => action === "workspace.handedOver")).toMatchObject([
    { after: { person: "Olga", role: "owner", afterwards: "leave" } },
    { after: { person: "Eli", role: "owner", afterwards: "viewer" } },
  ]);
});

test("an account that is closed takes nothing over from the last owner", async () => {
  const { owner, editor, workspaceId } = await makeTeam(api);
  const { users } = schema;
  const userId = editor.user.id;
  await api.services.db.update(users).set({ closedAt: new Date() }).where(eq(users.id, userId));
  const to = { workspaceId, userId, afterwards: "leave" } as const;
  await expect(owner.call.workspaces.handOver(to)).rejects.toEqual(reason("last_owner"));
  expect((await owner.call.workspaces.open({ workspaceId })).role).toBe("owner");
});

const person = fc.nat(2);
const deed = fc.oneof(
  fc.record({ what: fc.constant("handOver" as const), by: person, to: person }),
  fc.record({ what: fc.constant("leave" as const), by: person, to: person }),
  fc.record({ what: fc.constant("lower" as const), by: person, to: person }),
  fc.record({ what: fc.constant("raise" as const), by: person, to: person }),
);

test("whatever owners do at the same time, one by name is left", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 8 }), async (deeds) => {
      const { owner, editor, viewer, workspaceId } = await makeTeam(api);
      await owner.call.members.setRole({ workspaceId, userId: editor.user.id, role: "owner" });
      const people = [owner, editor, viewer];
      const settled = await Promise.allSettled(
        deeds.map(({ what, by, to }) => {
          const { call, user } = people[by] as TestPerson;
          const other = { workspaceId, userId: (people[to] as TestPerson).user.id };
          if (what === "handOver")
            return call.workspaces.handOver({ ...other, afterwards: "leave" });
          if (what === "leave") return call.members.remove({ workspaceId, userId: user.id });
          const role = what === "lower" ? ("viewer" as const) : ("owner" as const);
          return call.members.setRole({ ...other, role });
        }),
      );
      const told = new Set(
        settled.flatMap((each) => (each.status === "rejected" ? [each.reason.reason] : [])),
      );
      const known = ["last_owner", "role_too_low", "not_found", "bad_input"];
      expect([...told].filter((each) => !known.includes(each))).toEqual([]);
      const { members } = schema;
      const isOwner = eq(members.personalRole, "owner");
      const owners = and(eq(members.workspaceId, workspaceId), isOwner);
      expect(await api.services.db.$count(members, owners)).toBeGreaterThan(0);
    }),
    { seed: 20261130, numRuns: 8, endOnFailure: true },
  );
});

test("who leaves is shown what only they and the owners see, and hands it to somebody", async () => {
  const { owner, editor, viewer, workspaceId } = await makeTeam(api);
  const { call } = editor;
  const userId = editor.user.id;
  const mine = { workspaceId, userId };
  const write = async (title: string) => {
    const { id } = await call.documents.create({ workspaceId, title });
    await call.documents.setVisibility({ id, visibility: "private" });
    return id;
  };
  const draft = await write("My draft");
  const shared = await write("With Vera");
  await call.documents.setMember({ id: shared, userId: viewer.user.id, role: "viewer" });
  await call.documents.create({ workspaceId, title: "Open to all" });
  const plans = { workspaceId, name: "Plans", key: "PLAN", visibility: "private" } as const;
  const { id: projectId } = await call.projects.create(plans);
  const found = {
    documents: [{ id: draft, title: "My draft" }],
    projects: [{ id: projectId, name: "Plans", key: "PLAN" }],
  };
  expect(await call.members.belongings(mine)).toEqual(found);
  expect(await owner.call.members.belongings(mine)).toEqual(found);
  await expect(viewer.call.members.belongings(mine)).rejects.toEqual(reason("role_too_low"));

  const seq = (await viewer.call.workspaces.open({ workspaceId })).seq;
  await call.members.remove({ ...mine, handTo: viewer.user.id });
  expect(await viewer.call.documents.get({ id: draft })).toMatchObject({ role: "owner" });
  expect(await viewer.call.projects.get({ id: projectId })).toMatchObject({ role: "owner" });
  expect(await viewer.call.documents.get({ id: shared })).toMatchObject({ role: "viewer" });
  const { changes } = await viewer.call.changes.since({ workspaceId, seq });
  expect(changes).toContainEqual(
    expect.objectContaining({ entity: "documentAccess", id: draft, op: "update" }),
  );
});

test("without anybody to hand it to, the owners find it and nobody else", async () => {
  const { owner, editor, viewer, workspaceId } = await makeTeam(api);
  const { id } = await editor.call.documents.create({ workspaceId, title: "My draft" });
  await editor.call.documents.setVisibility({ id, visibility: "private" });
  const mine = { workspaceId, userId: editor.user.id };
  const toStranger = { ...mine, handTo: (await api.person("Sid")).user.id };
  await expect(editor.call.members.remove(toStranger)).rejects.toEqual(reason("not_found"));
  await editor.call.members.remove(mine);
  expect(await owner.call.documents.get({ id })).toMatchObject({ title: "My draft" });
  await expect(viewer.call.documents.get({ id })).rejects.toEqual(reason("not_found"));
});
