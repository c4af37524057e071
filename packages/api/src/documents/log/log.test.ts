import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { base64, openDocument, type Server, textOf, typed } from "@guildhall/testing/editor";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { asc, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { invariant } from "../../core/errors.ts";

let api: TestApi;
let team: Team;
const server: Server = { as: ({ token }, signal) => api.as(token, signal ? { signal } : {}) };
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const { documents, documentUpdates } = schema;
const reason = (name: string) => expect.objectContaining({ reason: name });
const within = { interval: 5 };
const newDocument = async () =>
  (await team.editor.call.documents.create({ workspaceId: team.workspaceId })).id;
const logOf = (documentId: string) =>
  api.services.db
    .select()
    .from(documentUpdates)
    .where(eq(documentUpdates.documentId, documentId))
    .orderBy(asc(documentUpdates.seq));

test("a pushed update is in the log under the next number, a repeat only once", async () => {
  const { editor, owner, viewer, stranger } = team;
  const documentId = await newDocument();
  const update = base64(typed(new Y.Doc(), "Hello"));
  const push = { documentId, id: uuidv7(), update };
  expect(await editor.call.documents.push(push)).toEqual({ seq: 1 });
  const again = await Promise.all([1, 2, 3].map(() => editor.call.documents.push(push)));
  expect(again).toEqual([{ seq: 1 }, { seq: 1 }, { seq: 1 }]);
  const next = { documentId, id: uuidv7(), update };
  const twice = await Promise.all([1, 2].map(() => owner.call.documents.push(next)));
  expect(twice).toEqual([{ seq: 2 }, { seq: 2 }]);
  const rows = await logOf(documentId);
  expect(rows).toMatchObject([
    { seq: 1, id: push.id, actorId: editor.user.id },
    { seq: 2, id: next.id, actorId: owner.user.id },
  ]);
  expect(base64(rows[0]?.update ?? new Uint8Array())).toBe(update);
  // All at once, so that they travel together: each is judged by itself.
  const mine = uuidv7();
  const three = await Promise.allSettled([
    viewer.call.documents.push({ documentId, id: uuidv7(), update }),
    stranger.call.documents.push({ documentId, id: uuidv7(), update }),
    editor.call.documents.push({ documentId, id: mine, update }),
  ]);
  expect(three).toEqual([
    { status: "rejected", reason: reason("role_too_low") },
    { status: "rejected", reason: reason("not_found") },
    { status: "fulfilled", value: { seq: 3 } },
  ]);
  expect(await logOf(documentId)).toHaveLength(3);
});

test("a folder has no text, and what is in the bin takes none", async () => {
  const { editor, workspaceId } = team;
  const { id } = await editor.call.documents.create({ workspaceId, kind: "folder" });
  const update = base64(typed(new Y.Doc(), "Hello"));
  const push = (documentId: string) =>
    editor.call.documents.push({ documentId, id: uuidv7(), update });
  await expect(push(id)).rejects.toEqual(reason("not_found"));
  const documentId = await newDocument();
  await intoTheTrash(documentId);
  await expect(push(documentId)).rejects.toEqual(reason("not_found"));
});

const intoTheTrash = (id: string) =>
  api.services.db
    .update(schema.documents)
    .set({ deletedAt: new Date() })
    .where(eq(schema.documents.id, id));

test("who opens it has all of it, then what others write, and goes on from the cursor", async () => {
  const { editor, owner, viewer } = team;
  const documentId = await newDocument();
  const first = await openDocument(server, editor, documentId);
  await first.type("one");
  await first.type("two");
  const second = await openDocument(server, viewer, documentId);
  await expect.poll(() => second.isLive(), within).toBe(true);
  expect(textOf(second.doc)).toBe(textOf(first.doc));
  second.close();
  const third = await openDocument(server, owner, documentId);
  await expect.poll(() => third.isLive(), within).toBe(true);
  await Promise.all([first.type("three"), third.type("four"), first.type("five")]);
  const paragraphs = (doc: Y.Doc) => doc.getXmlFragment("default").length;
  await expect.poll(() => paragraphs(first.doc), within).toBe(5);
  await expect.poll(() => textOf(third.doc), within).toBe(textOf(first.doc));
  const lastEventId = second.events.at(-1)?.seq ?? -1;
  const back = await openDocument(server, viewer, documentId, { doc: second.doc, lastEventId });
  await expect.poll(() => textOf(back.doc), within).toBe(textOf(third.doc));
  // Each of its numbers once.
  const seqs = back.events.flatMap((e) => (e.kind === "updates" ? e.updates : [])).length;
  expect(seqs).toBe(3);
  for (const each of [first, third, back]) each.close();
  expect(await Promise.all([first.ended, third.ended, back.ended])).toEqual(
    Array(3).fill("closed"),
  );
});

test("a log of large updates is read a piece at a time, and takes no large ones at its end", async () => {
  const { editor } = team;
  const documentId = await newDocument();
  const large = Array.from({ length: 3 }, (_, i) => typed(new Y.Doc(), `${i} `.repeat(200_000)));
  for (const update of large) {
    await editor.call.documents.push({ documentId, id: uuidv7(), update: base64(update) });
  }
  const open = await openDocument(server, editor, documentId);
  await expect.poll(open.isLive, within).toBe(true);
  expect(open.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 3]);
  open.close();
  // As if many more had been pasted.
  const full = await newDocument();
  await api.services.db.insert(documentUpdates).values({
    documentId: full,
    seq: 1,
    id: uuidv7(),
    update: sql`decode(repeat('00', 32 * 1024 * 1024), 'hex')`,
  });
  await api.services.db.update(documents).set({ updateSeq: 1 }).where(eq(documents.id, full));
  const push = (update: Uint8Array) =>
    editor.call.documents.push({ documentId: full, id: uuidv7(), update: base64(update) });
  await expect(push(invariant(large[0], "three were made"))).rejects.toMatchObject({
    code: "BAD_REQUEST",
    reason: "document_full",
  });
  expect(await push(typed(new Y.Doc(), "small"))).toEqual({ seq: 2 });
});

test("a cursor of another epoch, or beyond the end, is told so and gets everything", async () => {
  const { editor } = team;
  const documentId = await newDocument();
  const writer = await openDocument(server, editor, documentId);
  await writer.type("kept");
  for (const cursor of [{ lastEventId: 99 }, { lastEventId: 1, epoch: uuidv7() }]) {
    const open = await openDocument(server, editor, documentId, cursor);
    await expect.poll(() => open.isLive(), within).toBe(true);
    expect(open.events).toMatchObject([{ kind: "reset" }, { kind: "updates", seq: 1 }, {}]);
    expect(textOf(open.doc)).toBe(textOf(writer.doc));
    open.close();
  }
  writer.close();
});

test("a lost message is found in the database", async () => {
  const { editor, owner } = team;
  const documentId = await newDocument();
  const open = await openDocument(server, owner, documentId);
  await expect.poll(() => open.isLive(), within).toBe(true);
  const listen = api.services.bus.publish;
  api.services.bus.publish = () => {};
  const doc = new Y.Doc();
  const push = (text: string) =>
    editor.call.documents.push({ documentId, id: uuidv7(), update: base64(typed(doc, text)) });
  await push("unheard");
  api.services.bus.publish = listen;
  // The next one shows the hole.
  await push("heard");
  await expect.poll(() => textOf(open.doc), within).toBe(textOf(doc));
  open.close();
});

test("whose access goes has the stream closed at once, idle or not", async () => {
  const { editor, owner, join, workspaceId, project } = team;
  const guest = await api.person("Gast");
  await join(guest.user.id, "editor");
  const { id: documentId } = await owner.call.documents.create({
    workspaceId,
    projectId: project.id,
  });
  const staying = await openDocument(server, editor, documentId);
  const leaving = await openDocument(server, guest, documentId);
  await expect.poll(() => leaving.isLive(), within).toBe(true);
  await owner.call.members.remove({ workspaceId, userId: guest.user.id });
  expect(await leaving.ended).toBe("not_found");
  await staying.type("without them");
  expect(textOf(leaving.doc)).toBe("");

  const { secret: token } = await api.services.sessions.open(owner.user.id, {
    address: "127.0.0.1",
    userAgent: "test",
  });
  const elsewhere = await openDocument(server, { ...owner, token }, documentId);
  await expect.poll(() => elsewhere.isLive(), within).toBe(true);
  await api.as(token).auth.logout();
  expect(await elsewhere.ended).toBe("signed_out");
  staying.close();
});

test("a document that is made private, or put into the bin with its folder, closes its streams", async () => {
  const { editor, owner, viewer, workspaceId } = team;
  const { id: parentId } = await owner.call.documents.create({ workspaceId, kind: "folder" });
  const { id: documentId } = await owner.call.documents.create({ workspaceId, parentId });
  const [kept, lost, away] = await Promise.all(
    [owner, viewer, editor].map((person) => openDocument(server, person, documentId)),
  );
  const all = [kept, lost, away].map((open) => invariant(open, "three were opened"));
  await expect.poll(() => all.every((open) => open.isLive()), within).toBe(true);
  const userId = editor.user.id;
  await owner.call.documents.setMember({ id: parentId, userId, role: "editor" });
  await owner.call.documents.setVisibility({ id: parentId, visibility: "private" });
  expect(await lost?.ended).toBe("not_found");
  await away?.type("still there");
  await owner.call.documents.removeMember({ id: parentId, userId });
  expect(await away?.ended).toBe("not_found");
  await owner.call.documents.delete({ id: parentId });
  expect(await kept?.ended).toBe("not_found");
});
