import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { clearAway } from "../housekeeping.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

async function make(title: string, parentId: string | null = null) {
  const { workspaceId, editor } = team;
  return (await editor.call.documents.create({ workspaceId, parentId, title })).id as string;
}
const listed = async () => {
  const { items } = await team.viewer.call.documents.list({ workspaceId: team.workspaceId });
  return new Map(items.map((row) => [row.title, row]));
};

test("what is deleted comes back together, where it stood, without what was deleted before it", async () => {
  const { editor, viewer, workspaceId, changesOf } = team;
  const top = await make("Handbook");
  const inner = await make("Holidays", top);
  const old = await make("Old rules", top);
  await editor.call.documents.delete({ id: old });
  const changes = await changesOf(() => editor.call.documents.delete({ id: top }));
  expect(changes).toHaveLength(2);
  expect(changes.every(({ op, row }) => op === "delete" && row === null)).toBe(true);
  expect([...(await listed()).keys()]).toEqual([]);
  await expect(make("In the bin", top)).rejects.toEqual(reason("not_found"));

  const trash = await editor.call.documents.trash({ workspaceId });
  expect(trash.map(({ title, below }) => [title, below])).toEqual([
    ["Handbook", 1],
    ["Old rules", 0],
  ]);
  expect(await viewer.call.documents.trash({ workspaceId })).toEqual([]);
  const back = await changesOf(() => editor.call.documents.restoreFromTrash({ id: top }));
  expect(back.map(({ op, id }) => [op, id]).sort()).toEqual(
    [
      ["insert", top],
      ["insert", inner],
    ].sort(),
  );
  expect([...(await listed()).keys()].sort()).toEqual(["Handbook", "Holidays"]);
});

test("without its parent it comes back to the root, and no more people see it", async () => {
  const { owner, viewer, editor, workspaceId } = team;
  const folder = await make("Closed");
  const inner = await make("Closed letter", folder);
  await owner.call.documents.setVisibility({ id: folder, visibility: "private" });
  await owner.call.documents.setMember({ id: folder, userId: editor.user.id, role: "editor" });
  await editor.call.documents.delete({ id: inner });
  await editor.call.documents.delete({ id: folder });
  const row = await editor.call.documents.restoreFromTrash({ id: inner });
  expect(row).toMatchObject({ parentId: null, visibility: "private", areaId: inner });
  expect(await editor.call.documents.get({ id: inner })).toMatchObject({ role: "editor" });
  await expect(viewer.call.documents.get({ id: inner })).rejects.toEqual(reason("not_found"));
  expect((await viewer.call.documents.list({ workspaceId })).items).not.toContainEqual(
    expect.objectContaining({ id: inner }),
  );
});

test("for ever: by an owner, or by itself after 30 days", async () => {
  const { owner, editor, workspaceId } = team;
  const { db } = api.services;
  const [a, b] = [await make("Scrap"), await make("Old scrap")];
  await expect(owner.call.documents.purge({ id: a })).rejects.toEqual(reason("role_too_low"));
  for (const id of [a, b]) await editor.call.documents.delete({ id });
  await expect(editor.call.documents.purge({ id: a })).rejects.toEqual(reason("role_too_low"));
  await owner.call.documents.purge({ id: a });
  await expect(owner.call.documents.restoreFromTrash({ id: a })).rejects.toEqual(
    reason("not_found"),
  );
  const { documents } = schema;
  await db
    .update(documents)
    .set({ deletedAt: sql`now() - interval '31 days'` })
    .where(eq(documents.id, b));
  await clearAway(db);
  const titles = (await owner.call.documents.trash({ workspaceId })).map(({ title }) => title);
  expect(titles).not.toContain("Old scrap");
  expect(titles).toContain("Closed");
});

test("a copy has the text of its original, and of all that is below it", async () => {
  const { editor, workspaceId } = team;
  const { db } = api.services;
  const top = await make("Guide");
  const inner = await make("Chapter", top);
  await editor.call.documents.archive({ id: await make("Draft", top) });
  const text = new Y.Doc();
  const parts: Uint8Array[] = [];
  text.on("update", (update: Uint8Array) => parts.push(update));
  for (const word of ["one ", "two ", "three"]) {
    text.getText("default").insert(text.getText("default").length, word);
  }
  const [state, ...updates] = parts as [Uint8Array, Uint8Array, Uint8Array];
  await db.insert(schema.documentSnapshots).values({ documentId: inner, seq: 1, state });
  await db
    .insert(schema.documentUpdates)
    .values(updates.map((update, i) => ({ documentId: inner, seq: i + 2, id: uuidv7(), update })));

  const copy = await editor.call.documents.duplicate({ id: top, withBelow: true });
  const { items } = await editor.call.documents.list({ workspaceId });
  const below = items.filter((row) => row.parentId === copy.id);
  expect(below.map(({ title }) => title)).toEqual(["Chapter"]);
  const copied = await db
    .select()
    .from(schema.documentUpdates)
    .where(eq(schema.documentUpdates.documentId, below[0]?.id ?? ""));
  expect(copied).toMatchObject([{ seq: 1, actorId: editor.user.id }]);
  const read = new Y.Doc();
  for (const { update } of copied) Y.applyUpdate(read, update);
  expect(read.getText("default").toString()).toBe("one two three");
});

test("favourites are in my order, what I had open is newest first, and both are mine alone", async () => {
  const { editor, viewer, workspaceId, changesOf } = team;
  const [a, b, c] = [await make("1"), await make("2"), await make("3")];
  const changes = await changesOf(async () => {
    for (const id of [a, b, c]) await viewer.call.documents.addFavourite({ id });
    await viewer.call.documents.addFavourite({ id: c, beforeId: a });
    await viewer.call.documents.removeFavourite({ id: b });
    for (const id of [b, a]) await viewer.call.documents.visit({ id });
    await viewer.call.documents.visit({ id: b });
  });
  expect(changes).toEqual([]);
  const ids = (list: { documentId: string }[]) => list.map(({ documentId }) => documentId);
  expect(ids(await viewer.call.documents.favourites({ workspaceId }))).toEqual([c, a]);
  expect(ids(await viewer.call.documents.recent({ workspaceId }))).toEqual([a, b]);
  expect(await editor.call.documents.favourites({ workspaceId })).toEqual([]);
  await editor.call.documents.delete({ id: c });
  expect(ids(await viewer.call.documents.favourites({ workspaceId }))).toEqual([a]);
});
