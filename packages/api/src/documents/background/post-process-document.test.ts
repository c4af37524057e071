import { schema } from "@guildhall/db";
import { writeDocument } from "@guildhall/document-model";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { base64, openDocument, type Server, textOf, typed } from "@guildhall/testing/editor";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { and, count, eq, inArray } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { behind, PostProcessing } from "./post-process-document.ts";
import { countUnreadTexts } from "./unread-texts.ts";

let api: TestApi;
let team: Team;
const postProcessing = new PostProcessing();
const server: Server = { as: ({ token }, signal) => api.as(token, signal ? { signal } : {}) };
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(async () => {
  await postProcessing.stop();
  await api.stop();
});

const { documentLinks, documentSnapshots, documentTexts, documentUpdates, documentVersions } =
  schema;
const within = { interval: 10 };
const newDocument = async () =>
  (await team.editor.call.documents.create({ workspaceId: team.workspaceId })).id;
const push = (documentId: string, update: Uint8Array) =>
  team.editor.call.documents.push({ documentId, id: uuidv7(), update: base64(update) });
const postProcess = (...ids: string[]) =>
  postProcessing.run(api.services, ids, new AbortController().signal);
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
    await expect.poll(() => textRow(documentId), { interval: 50 }).toBeDefined();
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
  await postProcess(documentId);
  expect(await left(documentId)).toBe(0);
  const versions = await api.services.db
    .select()
    .from(documentVersions)
    .where(eq(documentVersions.documentId, documentId));
  expect(versions).toMatchObject([{ seq: 250, authorIds: [editor.user.id] }]);
  await writer.type("after it");
  // With nobody there the worker remembers nothing of the log.
  writer.close();
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
    while (isWriting) await Promise.all([postProcess(documentId), postProcess(documentId)]);
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

test("what cannot be read stays in the log as it is, is told, and keeps nothing else from being read", async () => {
  const { viewer, outsider, workspaceId, ownerOnly } = await withPrivateDocument();
  const [documentId, other] = [await newDocument(), await newDocument()];
  const writer = new Y.Doc();
  await push(documentId, typed(writer, "kept"));
  await postProcess(documentId);
  await push(documentId, typed(writer, "broken"));
  await push(other, typed(new Y.Doc(), "read"));
  await breakLog(documentId, 2);
  await breakLog(ownerOnly, 1);
  await postProcess(documentId, ownerOnly, other);
  expect(await left(documentId)).toBe(2);
  // What was read before is still found.
  expect(await textRow(documentId)).toMatchObject({ text: "kept", seq: 2, problem: "broken" });
  expect(await textRow(other)).toMatchObject({ text: "read", problem: null });
  // Each is told of what they may see, the operator of all.
  await expect
    .poll(() => viewer.call.documents.unread({ workspaceId }), within)
    .toMatchObject({ waiting: 0, unreadable: 1, documents: [{ id: documentId }] });
  await expect(outsider.call.documents.unread({ workspaceId })).rejects.toMatchObject({
    reason: "not_found",
  });
  expect(await countUnreadTexts(api.services.db)).toMatchObject({ unreadable: 2 });
  // It is not tried again and again, but when there is something new to read.
  expect(await behind(api.services.db)).not.toContain(documentId);
  await api.services.db.delete(documentUpdates).where(eq(documentUpdates.documentId, documentId));
  await push(documentId, typed(new Y.Doc(), "mended"));
  expect(await behind(api.services.db)).toContain(documentId);
  await postProcess(documentId);
  expect(await textRow(documentId)).toMatchObject({ text: "mended", problem: null });
});

async function breakLog(documentId: string, seq: number) {
  await api.services.db
    .update(documentUpdates)
    .set({ update: Uint8Array.of(1, 2, 3) })
    .where(and(eq(documentUpdates.documentId, documentId), eq(documentUpdates.seq, seq)));
}

/** A document of the owner alone with something in it, and somebody who is not in the team. */
async function withPrivateDocument() {
  const { owner, viewer, workspaceId } = team;
  const { id } = await owner.call.documents.create({ workspaceId });
  await owner.call.documents.setVisibility({ id, visibility: "private" });
  const update = base64(typed(new Y.Doc(), "secret"));
  await owner.call.documents.push({ documentId: id, id: uuidv7(), update });
  return { viewer, outsider: await api.person("Otto"), workspaceId, ownerOnly: id };
}

test("many that came at once are read together, each with its links and its writer", async () => {
  const { owner, workspaceId } = team;
  const linked = await newDocument();
  const ids: string[] = [];
  for (let i = 0; i < 30; i++) {
    const documentId = await newDocument();
    ids.push(documentId);
    const link = { type: "link", attrs: { href: `guildhall:document/${linked}` } };
    const words = { type: "text", text: `word${i}`, marks: [link] };
    await push(
      documentId,
      writeDocument({ type: "doc", content: [{ type: "paragraph", content: [words] }] }),
    );
  }
  await postProcess(...ids);
  const rows = await api.services.db
    .select({ id: documentTexts.documentId, text: documentTexts.text })
    .from(documentTexts)
    .where(inArray(documentTexts.documentId, ids));
  expect(rows.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
    ids.map((id, i) => ({ id, text: `word${i}` })),
  );
  const backlinks = await owner.call.documents.backlinks({ target: "document", id: linked });
  expect(backlinks.map(({ id }) => id)).toContain(ids[0]);
  expect(await owner.call.documents.unread({ workspaceId })).toMatchObject({ waiting: 0 });
});
