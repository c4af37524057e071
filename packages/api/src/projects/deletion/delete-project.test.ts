import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type GuestWorkspace,
  makeGuestWorkspace,
  type WorkspacePlan,
} from "../../../testing/guest-workspace.ts";
import { readEverything } from "../../../testing/read-everything.ts";
import { readExported } from "../../document-exports/read-export.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

test("a project is deleted by its owner who types its name, and restored by its owners alone", async () => {
  const { owner, editor, viewer, stranger, workspaceId, project, task } = await makeTeam(api);
  const { id } = project;
  const { id: taskId } = await task();
  await expect(owner.call.projects.delete({ id, name: "Ap" })).rejects.toEqual(
    reason("name_differs"),
  );
  await expect(editor.call.projects.delete({ id, name: "App" })).rejects.toEqual(
    reason("role_too_low"),
  );
  await expect(stranger.call.projects.delete({ id, name: "App" })).rejects.toEqual(
    reason("not_found"),
  );
  const mutationId = uuidv7();
  const done = await owner.call.projects.delete({ id, name: " App ", mutationId });
  expect(done.eraseAt.getTime()).toBeGreaterThan(Date.now() + 13 * 24 * 60 * 60_000);
  // Once more after an unclear answer.
  expect(await owner.call.projects.delete({ id, name: " App ", mutationId })).toEqual(done);
  for (const { call } of [owner, editor, viewer]) {
    await expect(call.tasks.get({ id: taskId })).rejects.toEqual(reason("not_found"));
    await expect(call.tasks.create({ projectId: id, title: "No" })).rejects.toEqual(
      reason("not_found"),
    );
  }
  // The key is kept for it.
  const again = owner.call.projects.create({ workspaceId, name: "App", key: "APP" });
  await expect(again).rejects.toEqual(reason("key_taken"));

  const mine = { id, name: "App", key: "APP", deletedBy: "Olga", eraseAt: done.eraseAt };
  expect(await owner.call.projects.deleted({ workspaceId })).toMatchObject([mine]);
  for (const { call } of [editor, viewer, stranger]) {
    await expect(call.projects.restoreDeleted({ id })).rejects.toEqual(reason("not_found"));
  }
  expect(await editor.call.projects.deleted({ workspaceId })).toEqual([]);
  const seq = (await owner.call.workspaces.open({ workspaceId })).seq;
  await owner.call.projects.restoreDeleted({ id });
  expect(await viewer.call.tasks.get({ id: taskId })).toMatchObject({ key: "APP-1" });
  const { changes } = await viewer.call.changes.since({ workspaceId, seq });
  expect(changes.map(({ entity, op }) => `${entity} ${op}`)).toEqual([
    "access update",
    "project update",
  ]);
  expect(await owner.call.projects.deleted({ workspaceId })).toEqual([]);
  await expect(owner.call.projects.restoreDeleted({ id })).rejects.toEqual(reason("not_found"));
});

test("an owner of the project alone restores it, by what they have when they do", async () => {
  const { owner, editor, workspaceId, project } = await makeTeam(api);
  const { id } = project;
  const userId = editor.user.id;
  await owner.call.projects.setMember({ projectId: id, userId, role: "owner" });
  await editor.call.projects.delete({ id, name: "App" });
  expect(await editor.call.projects.deleted({ workspaceId })).toMatchObject([{ id }]);
  await editor.call.projects.restoreDeleted({ id });
  await editor.call.projects.delete({ id, name: "App" });
  await owner.call.members.remove({ workspaceId, userId });
  await expect(editor.call.projects.restoreDeleted({ id })).rejects.toEqual(reason("not_found"));
});

test("when its days are over nobody restores it", async () => {
  const { owner, workspaceId, project } = await makeTeam(api);
  const { id } = project;
  await owner.call.projects.delete({ id, name: "App" });
  await api.services.db
    .update(schema.projects)
    .set({ deletedAt: sql`now() - interval '15 days'` })
    .where(eq(schema.projects.id, id));
  const late = owner.call.projects.restoreDeleted({ id });
  await expect(late).rejects.toEqual(reason("gone_for_good"));
  expect(await owner.call.projects.deleted({ workspaceId })).toEqual([]);
});

const plan: WorkspacePlan = {
  projects: [
    { isOpen: true, grant: "editor" },
    { isOpen: true, grant: "viewer" },
  ],
  documents: [
    { under: null, inProject: 0, isPrivate: false, grant: null },
    { under: 0, inProject: null, isPrivate: true, grant: "editor" },
    { under: null, inProject: 1, isPrivate: false, grant: null },
    { under: null, inProject: null, isPrivate: false, grant: "viewer" },
  ],
};

/** Of which it says on purpose what was deleted, and to whom. */
const tells = /^(audit\.|projects\.deleted$)/;

async function everythingFor(person: TestPerson, workspace: GuestWorkspace) {
  const { workspaceId } = workspace;
  const { answers } = await readEverything(person, workspace);
  const exported = await readExported(api.services.db, person.user.id, { workspaceId });
  const all = { ...answers, exported: JSON.stringify(exported) };
  return Object.entries(all).filter(([path]) => !tells.test(path));
}

test("of a deleted project nobody is told anything by any query; restored, all of it is there again", async () => {
  const workspace = await makeGuestWorkspace(api, plan);
  const { owner, guest, bystander, places } = workspace;
  const [deleted] = places;
  if (!deleted) throw new Error("There is a first project.");
  const gone = places.filter(({ id, around }) => id === deleted.id || around.includes(deleted.id));
  expect(gone).toHaveLength(3);
  const people = [owner, guest, bystander];
  // So that each is told of it.
  for (const { user } of people) {
    const taskId = String(deleted.asked[1]);
    await owner.call.tasks.update({ id: taskId, patch: { assigneeIds: [user.id] } });
  }
  await api.services.search.settled();
  const before = await everythingFor(owner, workspace);
  await owner.call.projects.delete({ id: deleted.id, name: String(deleted.words[0]) });

  const words = gone.flatMap((each) => each.words);
  for (const person of people) {
    const leaks = (await everythingFor(person, workspace)).flatMap(([path, text]) =>
      words.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`),
    );
    expect(leaks).toEqual([]);
  }
  await owner.call.projects.restoreDeleted({ id: deleted.id });
  await api.services.search.settled();
  const after = await everythingFor(owner, workspace);
  const told = (all: [string, string][]) =>
    all.map(([path, text]) => [path, words.filter((word) => text.includes(word))]);
  expect(told(after)).toEqual(told(before));
  expect(told(before).flat(2)).toEqual(expect.arrayContaining(words));
}, 300_000);
