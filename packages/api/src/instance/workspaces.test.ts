import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

const { users } = schema;

let api: TestApi;
let admin: TestPerson;
let second: TestPerson;
beforeAll(async () => {
  api = await startTestApi();
  admin = await administrator("Adi");
  second = await administrator("Bea");
});
afterAll(() => api.stop());

async function administrator(name: string) {
  const person = await api.person(name);
  const set = { isAdministrator: true };
  await api.services.db.update(users).set(set).where(eq(users.id, person.user.id));
  return person;
}

const reason = (name: string) => expect.objectContaining({ reason: name });

test("workspaces are found by name, in five orders, a page at a time, the deleted apart", async () => {
  const owner = await api.person("Olga");
  const names = ["Zebra 1", "Zebra 2", "Zebra 3", "Zebra 4", "Zebra 5"];
  for (const name of names) await owner.call.workspaces.create({ name });
  const all = async (asked: Parameters<typeof admin.call.instance.workspaces>[0]) => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.call.instance.workspaces({ limit: 2, cursor, ...asked });
      found.push(...page.workspaces.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return found;
  };
  expect(await all({ text: "zebra", order: "name" })).toEqual(names);
  expect(await all({ text: "zebra", order: "created" })).toEqual(names.toReversed());
  for (const order of ["size", "lastUsed", "members"] as const) {
    expect((await all({ text: "zebra", order })).toSorted()).toEqual(names);
  }
  expect(await all({ text: "%" })).toEqual([]);
  const [first] = (await admin.call.instance.workspaces({ text: "Zebra 1" })).workspaces;
  expect(first).toMatchObject({ owners: ["Olga"], members: 1, deletedAt: null });
  await owner.call.workspaces.delete({ workspaceId: first?.id ?? "", name: "Zebra 1" });
  expect(await all({ text: "zebra", order: "name" })).toEqual(names.slice(1));
  const deleted = { text: "zebra", filter: "deleted" } as const;
  expect((await admin.call.instance.workspaces(deleted)).workspaces).toMatchObject([
    { name: "Zebra 1", deletedBy: "Olga", eraseAt: expect.any(Date), owners: ["Olga"] },
  ]);
});

test("a workspace whose owners are gone gets one, its people are told, and no other can be taken", async () => {
  const { owner, editor, viewer, workspaceId } = await makeTeam(api);
  const guest = await api.person("Gus");
  await api.join(workspaceId, guest.user.id, "guest");
  const userId = editor.user.id;
  const { instance } = admin.call;
  const taken = instance.appointOwner({ workspaceId });
  await expect(taken).rejects.toEqual(reason("has_owner"));
  await expect(instance.ownerCandidates({ workspaceId })).rejects.toEqual(reason("has_owner"));

  await instance.deactivate({ userId: owner.user.id });
  const none = { filter: "noOwner", limit: 200 } as const;
  const ownerless = async () =>
    (await instance.workspaces(none)).workspaces.map(({ id }) => id).includes(workspaceId);
  expect(await ownerless()).toBe(true);
  const candidates = await instance.ownerCandidates({ workspaceId });
  expect(candidates.map(({ name }) => name)).not.toContain(owner.user.name);
  expect(candidates).toContainEqual(expect.objectContaining({ userId, role: "editor" }));
  const outsider = await api.person("Otto");
  const stranger = instance.appointOwner({ workspaceId, userId: outsider.user.id });
  await expect(stranger).rejects.toEqual(reason("not_a_member"));

  expect(await instance.appointOwner({ workspaceId, userId })).toMatchObject({ userId });
  expect((await editor.call.workspaces.open({ workspaceId })).role).toBe("owner");
  expect(await ownerless()).toBe(false);
  await expect(admin.call.workspaces.open({ workspaceId })).rejects.toEqual(reason("not_found"));
  const told = async (person: TestPerson) =>
    (await person.call.notifications.list({ workspaceId })).items.flatMap((each) =>
      JSON.stringify(each).includes("ownerAppointed") ? ["ownerAppointed"] : [],
    );
  expect(await told(viewer)).toEqual(["ownerAppointed"]);
  expect(await told(editor)).toEqual(["ownerAppointed"]);
  // A guest knows of nobody but those at their places.
  expect(await told(guest)).toEqual([]);
  const actions = ["workspace.ownershipTaken"] as const;
  for (const log of [
    await editor.call.audit.list({ workspaceId, actions: [...actions] }),
    await admin.call.audit.list({
      workspaceId: null,
      personId: admin.user.id,
      actions: [...actions],
    }),
  ]) {
    expect(log.entries).toMatchObject([
      {
        actor: { id: admin.user.id },
        after: { owner: editor.user.name },
        workspace: { id: workspaceId },
      },
    ]);
  }
});

test("of two administrators who take over at once one does, as an owner who is a member from then on", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  await admin.call.instance.deactivate({ userId: owner.user.id });
  const both = await Promise.allSettled(
    [admin, second].map(({ call }) => call.instance.appointOwner({ workspaceId })),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const [won] = both[0]?.status === "fulfilled" ? [admin] : [second];
  const { members, role } = await won.call.workspaces.open({ workspaceId });
  expect(role).toBe("owner");
  expect(members.filter((each) => each.role === "owner")).toHaveLength(2);
});

test("an administrator deletes by name and restores, and reads nothing of it meanwhile", async () => {
  const { owner, viewer, workspaceId, task } = await makeTeam(api);
  const { id } = await task();
  const { instance } = admin.call;
  const typo = instance.deleteWorkspace({ workspaceId, name: "Mil" });
  await expect(typo).rejects.toEqual(reason("name_differs"));
  await instance.deleteWorkspace({ workspaceId, name: "Mill" });
  await expect(viewer.call.tasks.get({ id })).rejects.toEqual(reason("not_found"));
  expect(await viewer.call.workspaces.deleted()).toMatchObject([
    { id: workspaceId, deletedBy: "Adi" },
  ]);
  const again = instance.deleteWorkspace({ workspaceId, name: "Mill" });
  await expect(again).rejects.toEqual(reason("not_found"));
  expect(await instance.restoreWorkspace({ workspaceId })).toEqual({
    id: workspaceId,
    name: "Mill",
  });
  expect(await viewer.call.tasks.get({ id })).toMatchObject({ id });
  await expect(admin.call.tasks.get({ id })).rejects.toEqual(reason("not_found"));
  const { entries } = await owner.call.audit.list({ workspaceId, personId: admin.user.id });
  expect(entries.map(({ action }) => action)).toEqual(["workspace.restored", "workspace.deleted"]);
});
