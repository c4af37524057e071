import { schema } from "@guildhall/db";
import { plainText, readDocument } from "@guildhall/document-model";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { base64, typed } from "@guildhall/testing/editor";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { storeFinishedVersions } from "./store-versions.ts";
import { thinVersions } from "./thin-versions.ts";

const { documentUpdates, documentVersions } = schema;

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });
const until = new AbortController().signal;
const onError = (error: unknown) => {
  throw error;
};
const keep = () => storeFinishedVersions(api.services.db, { until, onError });

/** A document that people write in, each a paragraph, so many minutes ago. */
async function written(...lines: [who: TestPerson, text: string, minutesAgo: number][]) {
  const { editor, workspaceId } = team;
  const { id: documentId } = await editor.call.documents.create({ workspaceId });
  const doc = new Y.Doc();
  const write = async (who: TestPerson, text: string, minutesAgo = 0) => {
    const update = base64(typed(doc, text));
    const { seq } = await who.call.documents.push({ documentId, id: uuidv7(), update });
    await api.services.db
      .update(documentUpdates)
      .set({ at: sql`now() - make_interval(mins => ${minutesAgo}::int)` })
      .where(sql`document_id = ${documentId} and seq = ${seq}`);
  };
  for (const line of lines) await write(...line);
  return { documentId, doc, write };
}

async function textOf(documentId: string, versionId: string) {
  const { state } = await team.viewer.call.documents.version({ documentId, versionId });
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(state, "base64"));
  return plainText(readDocument(doc));
}

test("each edit session that is over becomes a version that says what stood there, and who wrote it", async () => {
  const { owner, editor, viewer, stranger } = team;
  const { documentId, write } = await written(
    [owner, "One", 50],
    [editor, "Two", 49],
    [owner, "Three", 20],
  );
  await keep();
  const { items, writing } = await viewer.call.documents.versions({ documentId });
  expect(items).toMatchObject([
    { seq: 3, name: null, authorIds: [owner.user.id] },
    { seq: 2, name: null, authorIds: [owner.user.id, editor.user.id] },
  ]);
  expect(writing).toBeNull();
  expect(await Promise.all(items.map(({ id }) => textOf(documentId, id)))).toEqual([
    "One\nTwo\nThree",
    "One\nTwo",
  ]);
  await write(editor, "Four");
  await keep();
  const after = await viewer.call.documents.versions({ documentId });
  expect(after.items).toEqual(items);
  expect(after.writing).toMatchObject({ seq: 4, authorIds: [editor.user.id] });
  await expect(stranger.call.documents.versions({ documentId })).rejects.toEqual(
    reason("not_found"),
  );
});

test("an editor names the present or an old version; the feed tells; a viewer may not", async () => {
  const { owner, editor, viewer, changesOf } = team;
  const { documentId, write } = await written([owner, "Draft", 30]);
  await keep();
  await write(editor, "More");
  const name = (who: TestPerson, versionId?: string) =>
    who.call.documents.nameVersion({ documentId, versionId, name: "Sent" });
  const changes = await changesOf(() => name(editor));
  expect(changes).toMatchObject([
    { entity: "documentVersion", op: "insert", row: { seq: 2, name: "Sent" } },
  ]);
  expect(await textOf(documentId, changes[0]?.id ?? "")).toBe("Draft\nMore");
  const { items } = await viewer.call.documents.versions({ documentId });
  const old = items.find(({ seq }) => seq === 1)?.id ?? "";
  await name(editor, old);
  // What has a name is not written over by what follows.
  await write(editor, "Even more");
  await name(editor);
  expect(await textOf(documentId, old)).toBe("Draft");
  await expect(name(viewer, old)).rejects.toEqual(reason("role_too_low"));
  const other = await written([owner, "Other", 30]);
  const elsewhere = { documentId: other.documentId, versionId: old };
  await expect(owner.call.documents.version(elsewhere)).rejects.toEqual(reason("not_found"));
  await expect(owner.call.documents.nameVersion({ ...elsewhere, name: "Taken" })).rejects.toEqual(
    reason("not_found"),
  );
});

test("a restored version is a new edit; what is the same keeps its place", async () => {
  const { owner, editor, viewer } = team;
  const { documentId, doc, write } = await written([owner, "Kept", 40], [owner, "Gone", 40]);
  await keep();
  const [version] = (await viewer.call.documents.versions({ documentId })).items;
  const versionId = version?.id ?? "";
  const fragment = doc.getXmlFragment("default");
  fragment.delete(1, 1);
  await write(editor, "New");
  const kept = fragment.get(0)._item?.id;
  const { seq } = await editor.call.documents.restoreVersion({ documentId, versionId });
  expect(seq).toBe(4);
  const [row] = await api.services.db
    .select()
    .from(documentUpdates)
    .where(sql`document_id = ${documentId} and seq = ${seq}`);
  Y.applyUpdate(doc, row?.update ?? new Uint8Array());
  expect(plainText(readDocument(doc))).toBe("Kept\nGone");
  expect(fragment.get(0)._item?.id).toEqual(kept);
  await expect(viewer.call.documents.restoreVersion({ documentId, versionId })).rejects.toEqual(
    reason("role_too_low"),
  );
});

test("old unnamed versions are thinned, and the one that stays tells who wrote in the others", async () => {
  const { owner, editor } = team;
  const { documentId } = await written([owner, "Text", 0]);
  const { id: named } = await owner.call.documents.nameVersion({ documentId, name: "Kept" });
  const [{ state } = { state: Buffer.alloc(0) }] = await api.services.db
    .select()
    .from(documentVersions)
    .where(eq(documentVersions.id, named));
  const at = (days: number, minute: number) =>
    new Date(Math.floor(Date.now() / 86_400_000 - days) * 86_400_000 + minute * 60_000);
  const made = [
    { seq: 10, createdAt: at(400, 1), authorIds: [owner.user.id] },
    { seq: 11, createdAt: at(30, 5), authorIds: [owner.user.id] },
    { seq: 12, createdAt: at(30, 700), authorIds: [editor.user.id] },
    { seq: 13, createdAt: at(3, 5), authorIds: [owner.user.id] },
    { seq: 14, createdAt: at(3, 50), authorIds: [owner.user.id] },
    { seq: 15, createdAt: at(3, 70), authorIds: [owner.user.id] },
    { seq: 16, createdAt: new Date(), authorIds: [owner.user.id] },
    { seq: 17, createdAt: new Date(), authorIds: [owner.user.id] },
  ];
  const rows = made.map((row) => ({
    id: uuidv7(),
    documentId,
    state,
    startedAt: row.createdAt,
    ...row,
  }));
  await api.services.db.insert(documentVersions).values(rows);
  await thinVersions(api.services.db);
  const { items } = await owner.call.documents.versions({ documentId });
  expect(items.map(({ seq }) => seq)).toEqual([17, 16, 15, 14, 12, 10, 1]);
  const { authorIds = [], startedAt } = items.find(({ seq }) => seq === 12) ?? {};
  expect(authorIds.toSorted()).toEqual([owner.user.id, editor.user.id].toSorted());
  expect(startedAt).toEqual(at(30, 5));
});
