import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
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

async function make(title: string, parentId: string | null = null, by: TestPerson = team.owner) {
  const { workspaceId } = team;
  return (await by.call.documents.create({ workspaceId, parentId, title })).id as string;
}

/** Titles of what stands below `parentId`, in order. */
async function below(parentId: string | null) {
  const { items } = await team.owner.call.documents.list({ workspaceId: team.workspaceId });
  return items
    .filter((row) => row.parentId === parentId)
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map((row) => row.title);
}

test("a document moves between its siblings, and below another", async () => {
  const { editor, changesOf } = team;
  const folder = await make("Folder");
  const [a, b, c] = [await make("a", folder), await make("b", folder), await make("c", folder)];
  await editor.call.documents.move({ id: c, parentId: folder, afterId: a });
  expect(await below(folder)).toEqual(["a", "c", "b"]);
  await editor.call.documents.move({ id: b, parentId: folder, beforeId: a });
  expect(await below(folder)).toEqual(["b", "a", "c"]);
  const changes = await changesOf(() => editor.call.documents.move({ id: a, parentId: b }));
  expect(changes).toMatchObject([
    { entity: "document", op: "update", id: a, row: { parentId: b, version: 2 } },
  ]);
  await expect(editor.call.documents.move({ id: folder, parentId: a })).rejects.toEqual(
    reason("below_itself"),
  );
  await expect(editor.call.documents.move({ id: a, parentId: a })).rejects.toEqual(
    reason("below_itself"),
  );
});

test("a subtree moves into a project whole: gone for the workspace, new for the project", async () => {
  const { owner, editor, viewer, workspaceId, changesOf } = team;
  const hidden = { workspaceId, name: "Lab", key: "LAB", visibility: "private" } as const;
  const { id: projectId } = await owner.call.projects.create(hidden);
  const top = await make("Plans");
  const inner = await make("Budget", top);
  const other = await keepTree(viewer, workspaceId);
  expect(other.titles()).toContain("Budget");

  await expect(editor.call.documents.move({ id: top, projectId })).rejects.toEqual(
    reason("not_found"),
  );
  const changes = await changesOf(() => owner.call.documents.move({ id: top, projectId }));
  expect(changes.map(({ op, id }) => [op, id])).toEqual(
    expect.arrayContaining([
      ["delete", top],
      ["insert", top],
      ["delete", inner],
      ["insert", inner],
    ]),
  );
  const told = await other.follow();
  expect(told.every((change) => change.row === null)).toBe(true);
  expect(other.titles()).not.toContain("Budget");
  await expect(viewer.call.documents.get({ id: inner })).rejects.toEqual(reason("not_found"));
  expect(await owner.call.documents.get({ id: inner })).toMatchObject({ projectId });

  await expect(viewer.call.documents.move({ id: top })).rejects.toEqual(reason("not_found"));
  await owner.call.documents.move({ id: top });
  await other.follow();
  expect(other.titles()).toContain("Budget");
});

test("a private document that is moved in is told to nobody who may not see it", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const top = await make("Open");
  const secret = await make("Secret", top);
  const inner = await make("Inner secret", secret);
  await owner.call.documents.setVisibility({ id: secret, visibility: "private" });
  await owner.call.documents.setMember({ id: secret, userId: editor.user.id, role: "editor" });
  const [hers, his] = [await keepTree(viewer, workspaceId), await keepTree(editor, workspaceId)];
  const target = await make("Target");
  await owner.call.documents.move({ id: top, parentId: target });
  await owner.call.documents.move({ id: secret, parentId: target });
  const told = await hers.follow();
  expect(JSON.stringify(told)).not.toMatch(new RegExp(`ecret|${secret}|${inner}`));
  await his.follow();
  for (const kept of [hers, his]) {
    const [cached, fresh] = await kept.both();
    expect(cached).toEqual(fresh);
  }
  expect(his.titles()).toContain("Inner secret");
});

test("two moves at once never close a circle, and a child made meanwhile follows its parent", async () => {
  const { owner, editor, project, workspaceId } = team;
  for (let round = 0; round < 5; round++) {
    const [a, b] = [await make("A"), await make("B")];
    const [deepA, deepB] = [await make("A below", a), await make("B below", b)];
    const answers = await Promise.allSettled([
      owner.call.documents.move({ id: a, parentId: deepB }),
      editor.call.documents.move({ id: b, parentId: deepA }),
      owner.call.documents.move({ id: deepA, projectId: project.id }),
      editor.call.documents.create({ workspaceId, parentId: deepA, title: "Child" }),
      editor.call.documents.create({ workspaceId, parentId: deepB, title: "Child" }),
    ]);
    for (const answer of answers) {
      if (answer.status === "rejected") expect(answer.reason).toEqual(reason("below_itself"));
    }
    const { items } = await owner.call.documents.list({ workspaceId, limit: 1_000 });
    const byId = new Map(items.map((row) => [row.id as string, row]));
    for (const row of items) {
      const seen = new Set<string>();
      for (let up: string | null = row.id; up; up = byId.get(up)?.parentId ?? null) {
        expect(seen.has(up)).toBe(false);
        seen.add(up);
      }
      const parent = byId.get(row.parentId ?? "");
      if (!parent) continue;
      expect(row.projectId).toBe(parent.projectId);
      if (row.areaId !== row.id) expect(row.areaId).toBe(parent.areaId);
    }
  }
});

test("an area's people change with its place, and each is told", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const hidden = { workspaceId, name: "Den", key: "DEN", visibility: "private" } as const;
  const { id: projectId } = await owner.call.projects.create(hidden);
  const doc = await make("Raised");
  await owner.call.documents.setMember({ id: doc, userId: editor.user.id, role: "owner" });
  const [hers, his] = [await keepTree(viewer, workspaceId), await keepTree(editor, workspaceId)];
  expect(hers.role(doc)).toBe("viewer");
  await owner.call.documents.move({ id: doc, projectId });
  expect(await hers.follow()).toMatchObject([
    { entity: "documentAccess", row: { documentId: doc, userId: viewer.user.id, role: null } },
  ]);
  await his.follow();
  expect(hers.titles()).not.toContain("Raised");
  expect(his.titles()).toContain("Raised");
  expect(his.role(doc)).toBe("owner");
});
