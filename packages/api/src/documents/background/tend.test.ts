import { schema } from "@guildhall/db";
import { count, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { startTestApi, type TestApi } from "../../testing.ts";
import { makeTeam, type Team } from "../../testing-team.ts";
import { base64, openDocument, type Server, textOf, typed } from "../log/testing-editor.ts";
import { writeDocument } from "../model/index.ts";
import { Tending } from "./tend-document.ts";

let api: TestApi;
let team: Team;
const tending = new Tending();
const server: Server = { as: ({ token }, signal) => api.as(token, signal ? { signal } : {}) };
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(async () => {
  await tending.stop();
  await api.stop();
});

const { documentLinks, documentSnapshots, documentTexts, documentUpdates, documentVersions } =
  schema;
const within = { timeout: 5_000, interval: 10 };
const newDocument = async () =>
  (await team.editor.call.documents.create({ workspaceId: team.workspaceId })).id;
const push = (documentId: string, update: Uint8Array) =>
  team.editor.call.documents.push({ documentId, id: uuidv7(), update: base64(update) });
const tend = (documentId: string) =>
  tending.tend(api.services, documentId, new AbortController().signal);
const textRow = async (documentId: string) => {
  const [row] = await api.services.db
    .select()
    .from(documentTexts)
    .where(eq(documentTexts.documentId, documentId));
  return row;
};
const left = async (documentId: string) => {
  const [row] = await api.services.db
    .select({ left: count() })
    .from(documentUpdates)
    .where(eq(documentUpdates.documentId, documentId));
  return row?.left;
};

test("once the writing pauses its words and links are known, and the tree tells who wrote", async () => {
  const { editor, changesOf } = team;
  const documentId = await newDocument();
  const linked = uuidv7();
  const words = (text: string) => ({ type: "text", text });
  const link = { type: "link", attrs: { href: `guildhall:document/${linked}` } };
  const update = writeDocument({
    type: "doc",
    content: [
      { type: "heading", attrs: { level: 1 }, content: [words("Two words")] },
      { type: "paragraph", content: [{ ...words("linked"), marks: [link] }] },
    ],
  });
  const changes = await changesOf(async () => {
    await push(documentId, update);
    // Through the queue, as in the product.
    await expect.poll(() => textRow(documentId), { timeout: 15_000, interval: 50 }).toBeDefined();
  });
  expect(await textRow(documentId)).toMatchObject({
    seq: 1,
    text: "Two words\nlinked",
    wordCount: 3,
  });
  const links = await api.services.db
    .select()
    .from(documentLinks)
    .where(eq(documentLinks.documentId, documentId));
  expect(links).toEqual([{ documentId, target: "document", targetId: linked }]);
  expect(changes).toMatchObject([
    { entity: "document", id: documentId, op: "update", row: { updatedBy: editor.user.id } },
  ]);
});

test("a long log becomes a snapshot and a version, and who opens it or comes back has all of it", async () => {
  const { editor, viewer } = team;
  const documentId = await newDocument();
  const writer = await openDocument(server, editor, documentId);
  for (let i = 0; i < 10; i++) await writer.type(`line ${i}`);
  const left10 = await openDocument(server, viewer, documentId);
  await expect.poll(() => left10.events.at(-1)?.seq, within).toBe(10);
  left10.close();
  const more = Array.from({ length: 240 }, (_, i) => typed(writer.doc, `more ${i}`));
  await Promise.all(more.map((update) => writer.push(update)));
  await tend(documentId);
  expect(await left(documentId)).toBe(0);
  const versions = await api.services.db
    .select()
    .from(documentVersions)
    .where(eq(documentVersions.documentId, documentId));
  expect(versions).toMatchObject([{ seq: 250, authorIds: [editor.user.id] }]);
  await writer.type("after it");
  const fresh = await openDocument(server, viewer, documentId);
  const back = await openDocument(server, viewer, documentId, {
    doc: left10.doc,
    lastEventId: 10,
  });
  for (const open of [fresh, back]) {
    await expect.poll(() => textOf(open.doc), within).toBe(textOf(writer.doc));
    open.close();
  }
  // All in one event: the snapshot, and what followed.
  const [first] = fresh.events;
  const isSnapshot = first?.kind === "updates" && first.updates.map(({ id }) => id === null);
  expect([first?.seq, isSnapshot]).toEqual([251, [true, false]]);
  writer.close();
});

test("compaction while people write loses nothing", async () => {
  const { editor, owner } = team;
  const documentId = await newDocument();
  const writers = await Promise.all(
    [editor, owner, editor, owner].map((person) => openDocument(server, person, documentId)),
  );
  let isWriting = true;
  const write = async ({ type }: (typeof writers)[number], who: number) => {
    for (let i = 0; i < 100; i++) await type(`${who} writes ${i}`);
  };
  const compacting = (async () => {
    while (isWriting) await Promise.all([tend(documentId), tend(documentId)]);
  })();
  await Promise.all(writers.map(write));
  isWriting = false;
  await compacting;
  const late = await openDocument(server, team.viewer, documentId);
  await expect
    .poll(() => new Set([...writers, late].map(({ doc }) => textOf(doc))).size, within)
    .toBe(1);
  expect(late.doc.getXmlFragment("default").length).toBe(400);
  // Some of it was compacted on the way.
  const [snapshot] = await api.services.db
    .select({ seq: documentSnapshots.seq })
    .from(documentSnapshots)
    .where(eq(documentSnapshots.documentId, documentId));
  expect(snapshot?.seq).toBeGreaterThan(0);
  for (const each of [...writers, late]) each.close();
});

test("what cannot be read stays in the log as it is", async () => {
  const documentId = await newDocument();
  await push(documentId, typed(new Y.Doc(), "kept"));
  await api.services.db
    .update(documentUpdates)
    .set({ update: Uint8Array.of(1, 2, 3) })
    .where(eq(documentUpdates.documentId, documentId));
  await expect(tend(documentId)).rejects.toThrow();
  expect(await left(documentId)).toBe(1);
  expect(await textRow(documentId)).toBeUndefined();
  // The next document is tended.
  const other = await newDocument();
  await push(other, typed(new Y.Doc(), "read"));
  await tend(other);
  expect(await textRow(other)).toMatchObject({ text: "read" });
});
