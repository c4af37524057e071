import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { keepTree } from "@guildhall/testing/tree";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

async function make(title: string, parentId: string | null = null) {
  const { workspaceId, owner } = team;
  return (await owner.call.documents.create({ workspaceId, parentId, title })).id as string;
}

test("who loses access is told to forget, and of nothing that comes later", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const top = await make("Salaries");
  const inner = await make("Salaries of May", top);
  const [hers, his] = [await keepTree(viewer, workspaceId), await keepTree(editor, workspaceId)];
  await owner.call.documents.setVisibility({ id: top, visibility: "private" });
  await owner.call.documents.setMember({ id: top, userId: editor.user.id, role: "viewer" });
  await owner.call.documents.update({ id: inner, patch: { title: "Salaries of June" } });
  const told = await hers.follow();
  expect(told.map(({ op, row }) => [op, row])).toEqual([
    ["delete", null],
    ["delete", null],
  ]);
  expect(hers.titles()).not.toContain("Salaries");
  await his.follow();
  expect(his.titles()).toContain("Salaries of June");
  expect(his.role(top)).toBe("viewer");
  await expect(
    editor.call.documents.update({ id: inner, patch: { title: "Mine" } }),
  ).rejects.toEqual(reason("role_too_low"));

  await owner.call.documents.setVisibility({ id: top, visibility: "inherited" });
  await owner.call.documents.removeMember({ id: top, userId: editor.user.id });
  for (const kept of [hers, his]) {
    await kept.follow();
    const [cached, fresh] = await kept.both();
    expect(cached).toEqual(fresh);
    expect(kept.role(top)).toBeUndefined();
  }
  expect(hers.titles()).toContain("Salaries of June");
});

test("access of its own below another's: the nearest that speaks of a person holds", async () => {
  const { owner, viewer, workspaceId } = team;
  const top = await make("Board room");
  const inner = await make("Minutes", top);
  await owner.call.documents.setMember({ id: inner, userId: viewer.user.id, role: "editor" });
  await owner.call.documents.setVisibility({ id: top, visibility: "private" });
  const hers = await keepTree(viewer, workspaceId);
  expect(hers.titles()).toContain("Minutes");
  expect(hers.titles()).not.toContain("Board room");
  await owner.call.documents.removeMember({ id: inner, userId: viewer.user.id });
  await hers.follow();
  expect(hers.titles()).not.toContain("Minutes");
  const people = await owner.call.documents.members({ id: inner });
  expect(people).toEqual([
    { userId: owner.user.id, role: "owner", ownRole: null, through: "owner", throughId: null },
  ]);
});

test("whoever made a document may close it, and stands inside", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const { id } = await editor.call.documents.create({ workspaceId, title: "Diary" });
  await editor.call.documents.setVisibility({ id, visibility: "private" });
  expect(await editor.call.documents.get({ id })).toMatchObject({ role: "owner" });
  await expect(viewer.call.documents.get({ id })).rejects.toEqual(reason("not_found"));
  const mutationId = "0193a1f0-0000-7000-8000-000000000001";
  const leave = { id, userId: editor.user.id, mutationId };
  const first = await editor.call.documents.removeMember(leave);
  expect(await editor.call.documents.removeMember(leave)).toEqual(first);
  await expect(editor.call.documents.get({ id })).rejects.toEqual(reason("not_found"));
  expect(await owner.call.documents.get({ id })).toMatchObject({ role: "owner" });
});

test("a copy of a private document is as private; one from a template is as open as its place", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const top = await make("Interview");
  const inner = await make("Questions", top);
  await owner.call.documents.setVisibility({ id: inner, visibility: "private" });
  await owner.call.documents.setVisibility({ id: top, visibility: "private" });
  await owner.call.documents.setMember({ id: top, userId: editor.user.id, role: "viewer" });
  const copy = await editor.call.documents.duplicate({ id: top, withBelow: true });
  expect(copy).toMatchObject({ title: "Interview (copy)", visibility: "private", parentId: null });
  expect(await editor.call.documents.get({ id: copy.id })).toMatchObject({ role: "owner" });
  await expect(viewer.call.documents.get({ id: copy.id })).rejects.toEqual(reason("not_found"));
  const ofEditor = await editor.call.documents.list({ workspaceId });
  expect(ofEditor.items.filter((row) => row.parentId === copy.id)).toEqual([]);

  await owner.call.documents.update({ id: top, patch: { isTemplate: true } });
  const made = await editor.call.documents.createFromTemplate({ templateId: top, title: "Ada" });
  expect(made).toMatchObject({ title: "Ada", isTemplate: false, visibility: "inherited" });
  expect(await viewer.call.documents.get({ id: made.id })).toMatchObject({ role: "viewer" });
});

test("who leaves the workspace has no right of their own left when they come back", async () => {
  const { owner, workspaceId, join } = team;
  const guest = await api.person("Gus");
  await join(guest.user.id, "viewer");
  const id = await make("Contracts");
  await owner.call.documents.setVisibility({ id, visibility: "private" });
  await owner.call.documents.setMember({ id, userId: guest.user.id, role: "editor" });
  expect(await guest.call.documents.get({ id })).toMatchObject({ role: "editor" });
  await owner.call.members.remove({ workspaceId, userId: guest.user.id });
  await join(guest.user.id, "viewer");
  await expect(guest.call.documents.get({ id })).rejects.toEqual(reason("not_found"));
});
