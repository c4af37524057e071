import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { base64, textOf, typed } from "@guildhall/testing/editor";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyUpdate, Doc } from "yjs";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const notFound = expect.objectContaining({ reason: "not_found" });

test("a project comes page by page: each task once, with what it says and what hangs on it", async () => {
  const { owner, viewer, stranger, project } = team;
  const { call } = owner;
  const made = [];
  for (let n = 0; n < 5; n++) {
    const task = { projectId: project.id, title: `Task ${n}`, description: `Says ${n}` };
    made.push(await call.tasks.create(task));
  }
  const [first] = made;
  const taskId = first?.id ?? "";
  await call.comments.create({ taskId, body: "Why?" });
  const { id: checklistId } = await call.checklists.create({ taskId, title: "Steps" });
  await call.checklists.addItems({ checklistId, items: [{ id: uuidv7(), text: "Saw" }] });
  await call.tasks.archive({ id: made[3]?.id ?? "" });
  await call.tasks.delete({ id: made[4]?.id ?? "" });

  const pages = [];
  for (let cursor: number | null = 0; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof call.offline.tasks>> = await viewer.call.offline.tasks({
      ...{ projectId: project.id, cursor, limit: 2 },
    });
    pages.push(page);
    cursor = page.nextCursor;
  }
  const all = pages.flatMap(({ tasks }) => tasks);
  expect(all.map(({ title, description }) => [title, description])).toEqual(
    [0, 1, 2, 3].map((n) => [`Task ${n}`, `Says ${n}`]),
  );
  expect(all[0]).toEqual(await call.tasks.get({ id: taskId }));
  const { comments, checklists, items } = pages[0] ?? {};
  expect(comments).toEqual(await call.comments.list({ taskId }));
  expect({ checklists, items }).toEqual(await call.checklists.list({ taskId }));
  expect(pages[0]?.seq).toBe(await team.position());
  const asked = stranger.call.offline.tasks({ projectId: project.id });
  await expect(asked).rejects.toEqual(notFound);
});

test("a page ends behind a description that is long, and the next one goes on from there", async () => {
  const { call } = team.owner;
  const { id: projectId } = await call.projects.create({
    ...{ workspaceId: team.workspaceId, name: "Long", key: "LONG" },
  });
  const description = "x".repeat(49_000);
  for (let n = 0; n < 25; n++) await call.tasks.create({ projectId, title: `${n}`, description });
  const page = await call.offline.tasks({ projectId });
  expect(page.tasks.length).toBe(21);
  const rest = await call.offline.tasks({ projectId, cursor: page.nextCursor ?? 0 });
  expect([rest.tasks.length, rest.nextCursor]).toEqual([4, null]);
});

test("a folder comes with what is below it as far as one may see it, and so do the texts", async () => {
  const { owner, viewer, stranger, workspaceId } = team;
  const { call } = owner;
  const folder = await call.documents.create({ workspaceId, kind: "folder", title: "Kiln" });
  const inside = { workspaceId, parentId: folder.id };
  const open = await call.documents.create({ ...inside, title: "Firing" });
  const below = await call.documents.create({ workspaceId, parentId: open.id, title: "Glaze" });
  const hidden = await call.documents.create({ ...inside, title: "Wages" });
  await call.documents.setVisibility({ id: hidden.id, visibility: "private" });
  await call.documents.create({ workspaceId, title: "Elsewhere" });
  const update = base64(typed(new Doc(), "Slowly."));
  for (const { id } of [open, hidden]) {
    await call.documents.push({ documentId: id, id: uuidv7(), update });
  }
  const titles = async (who: typeof viewer) => {
    const page = await who.call.offline.documents({ documentId: folder.id });
    return page.documents.map(({ title }) => title).sort();
  };
  expect(await titles(viewer)).toEqual(["Firing", "Glaze", "Kiln"]);
  expect(await titles(owner)).toEqual(["Firing", "Glaze", "Kiln", "Wages"]);
  const refused = stranger.call.offline.documents({ documentId: folder.id });
  await expect(refused).rejects.toEqual(notFound);

  const documentIds = [open.id, below.id, hidden.id];
  const { items, gone } = await viewer.call.offline.texts({ documentIds });
  expect(gone).toEqual([hidden.id]);
  const [text, empty] = items;
  expect([text?.id, text?.seq, empty?.updates]).toEqual([open.id, 1, []]);
  const doc = new Doc();
  for (const one of text?.updates ?? []) applyUpdate(doc, Buffer.from(one, "base64"));
  expect(textOf(doc)).toContain("Slowly.");
  expect(await stranger.call.offline.texts({ documentIds })).toEqual({
    items: [],
    gone: documentIds,
  });
});
