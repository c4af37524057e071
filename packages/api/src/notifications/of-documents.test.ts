import { schema } from "@guildhall/db";
import { writeDocument } from "@guildhall/document-model";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { storeVersions } from "../document-versions/store-versions.ts";
import { postProcessDocument } from "../documents/background/post-process-document.ts";
import { tellSittings, workspacesWithSittings } from "./tell-sittings.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const kindsOf = async ({ call }: TestPerson) =>
  (await call.notifications.list({ workspaceId: team.workspaceId })).items.map(
    ({ kind, title, actorId }) => `${kind} ${title} ${nameOf(actorId)}`,
  );
const nameOf = (id: string | null) =>
  [team.owner, team.editor, team.viewer].find(({ user }) => user.id === id)?.user.name;

const MINUTE = 60_000;

/** Made the day before. */
async function makeDocument(title: string, by = team.owner): Promise<string> {
  const { id } = await by.call.documents.create({ workspaceId: team.workspaceId, title });
  await api.services.db
    .update(schema.documents)
    .set({ createdAt: sql`now() - interval '1 day'` })
    .where(eq(schema.documents.id, id));
  return id;
}

const naming = ({ user }: TestPerson) => ({
  type: "mention",
  attrs: { userId: user.id, label: user.name },
});

async function write(documentId: string, by: TestPerson, ...content: object[]) {
  const doc = { type: "doc", content: [{ type: "paragraph", content }] };
  const update = Buffer.from(writeDocument(doc as never)).toString("base64");
  await by.call.documents.push({ documentId, id: uuidv7(), update });
}
const words = { type: "text", text: "Words" };

/** As the workers do, so many minutes from now. */
async function minutesLater(documentId: string, minutes: number) {
  await postProcessDocument(api.services, documentId);
  await api.services.db.transaction((tx) => storeVersions(tx, documentId));
  const at = new Date(Date.now() + minutes * MINUTE);
  const due = await workspacesWithSittings(api.services.db, at);
  await tellSittings(api.services, team.workspaceId, at);
  return due.includes(team.workspaceId);
}

/** As if what is written in it so far had been so many minutes ago. */
const versionsOf = (documentId: string, minutes: number) =>
  api.services.db
    .update(schema.documentVersions)
    .set({
      startedAt: new Date(Date.now() - minutes * MINUTE),
      createdAt: new Date(Date.now() - minutes * MINUTE),
    })
    .where(eq(schema.documentVersions.documentId, documentId));

test("that a document was edited is told when the sitting is over, once, and to none of its authors", async () => {
  const { owner, editor, viewer } = team;
  const id = await makeDocument("Plan");
  for (const person of [viewer, editor]) {
    await person.call.follows.set({ entity: "document", id, state: "follow" });
  }
  await write(id, editor, words);
  expect(await minutesLater(id, 9)).toBe(false);
  expect(await kindsOf(viewer)).toEqual([]);
  await write(id, editor, words);
  await write(id, owner, words);
  expect(await minutesLater(id, 11)).toBe(true);
  expect(await minutesLater(id, 12)).toBe(false);
  expect(await kindsOf(viewer)).toEqual(["documentChanged Plan Olga"]);
  for (const author of [owner, editor]) expect(await kindsOf(author)).toEqual([]);
  await versionsOf(id, 61);
  await write(id, editor, words);
  await minutesLater(id, 30);
  expect(await kindsOf(viewer)).toHaveLength(2);
  expect(await kindsOf(owner)).toEqual(["documentChanged Plan Eli"]);
});

test("of a sitting that goes on and on they hear by the hour, and of what a document was made with not at all", async () => {
  const { owner, editor, workspaceId } = team;
  const id = await makeDocument("Long");
  await write(id, editor, words);
  await minutesLater(id, 0);
  await versionsOf(id, 61);
  await write(id, editor, words);
  await minutesLater(id, 0);
  expect(await kindsOf(owner)).toEqual(["documentChanged Long Eli"]);
  const { id: made } = await owner.call.documents.create({ workspaceId, title: "New" });
  await write(made, editor, words);
  await minutesLater(made, 30);
  expect(await kindsOf(owner)).toHaveLength(1);
});

test("a text names somebody once, and its copies name nobody again", async () => {
  const { owner, editor, viewer } = team;
  const id = await makeDocument("Plan");
  await write(id, owner, words, naming(viewer));
  await postProcessDocument(api.services, id);
  await write(id, owner, words);
  await postProcessDocument(api.services, id);
  expect(await kindsOf(viewer)).toEqual(["mentioned Plan Olga"]);
  const copy = await owner.call.documents.duplicate({ id });
  await postProcessDocument(api.services, copy.id);
  await write(copy.id, owner, words, naming(editor));
  await postProcessDocument(api.services, copy.id);
  expect(await kindsOf(viewer)).toHaveLength(1);
  // Who is named in the copy alone is told.
  expect(await kindsOf(editor)).toEqual(["mentioned Plan (copy) Olga"]);
});

test("nor those of a text that was not read yet, or not to its end", async () => {
  const { owner, viewer, editor } = team;
  const unread = await makeDocument("Unread");
  await write(unread, owner, naming(viewer));
  const half = await makeDocument("Half");
  await write(half, owner, words);
  await postProcessDocument(api.services, half);
  await write(half, owner, naming(editor));
  for (const id of [unread, half]) {
    const copy = await owner.call.documents.duplicate({ id });
    await postProcessDocument(api.services, copy.id);
    await write(copy.id, owner, words);
    await postProcessDocument(api.services, copy.id);
    const [text] = await api.services.db
      .select()
      .from(schema.documentTexts)
      .where(eq(schema.documentTexts.documentId, copy.id));
    expect(text).toMatchObject({ seq: 2, problem: null });
  }
  const told = [...(await kindsOf(viewer)), ...(await kindsOf(editor))];
  expect(told.filter((each) => each.includes("(copy)"))).toEqual([]);
});

test("whoever is let into a document by name is told, and nobody else", async () => {
  const { owner, editor, viewer } = team;
  const id = await makeDocument("Den");
  const letIn = (person: TestPerson, role: "viewer" | "editor") =>
    owner.call.documents.setMember({ id, userId: person.user.id, role });
  await letIn(editor, "editor");
  expect(await kindsOf(editor)).toEqual(["invited Den Olga"]);
  expect(await kindsOf(viewer)).toEqual([]);
  await letIn(viewer, "viewer");
  // Another role is no second welcome; nor is a copy that has the same people.
  await letIn(editor, "viewer");
  await owner.call.documents.setVisibility({ id, visibility: "private" });
  await owner.call.documents.duplicate({ id });
  expect(await kindsOf(editor)).toHaveLength(1);
  expect(await kindsOf(viewer)).toEqual(["invited Den Olga"]);
  const { items } = await editor.call.notifications.list({ workspaceId: team.workspaceId });
  expect(items).toMatchObject([{ detail: "editor", subject: { entity: "document", id } }]);
});
