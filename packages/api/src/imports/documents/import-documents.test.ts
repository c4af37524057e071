import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { schema } from "@guildhall/db";
import { linksOf, plainText, readDocument } from "@guildhall/document-model";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import {
  docxOf,
  importDocuments,
  lying,
  startImport,
  wholeTree,
  zipOf,
} from "@guildhall/testing/document-imports";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq, notInArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

async function textOf(documentId: string) {
  const { documentUpdates } = schema;
  const rows = await api.services.db
    .select()
    .from(documentUpdates)
    .where(eq(documentUpdates.documentId, documentId));
  const ydoc = new Y.Doc();
  for (const { update } of rows) Y.applyUpdate(ydoc, update);
  return readDocument(ydoc);
}

test("a folder becomes a tree whose links and pictures work, and the report names what does not", async () => {
  const { editor, viewer, workspaceId, project } = team;
  const place = { workspaceId, projectId: project.id };
  const bytes = zipOf({
    "手册/README.md":
      "---\ntitle: Handbook\n---\n\n[Plan](plans/My%20Plan.md#next-steps) [[other]]\n",
    "手册/plans/My Plan.md": "# The plan\n\n![shot](../img/Shot.PNG) [gone](no.md) [up](../)\n",
    "手册/plans/Other.md": "---\n<% tp.title %>: [\n---\ntext [pdf](../notes.pdf)\n",
    "手册/img/shot.png": png,
    "手册/notes.pdf": "%PDF-1.4",
    "手册/data/unused.csv": "a,b",
    "手册/.obsidian/app.json": "{}",
  });
  const changes = await team.changesOf(async () => {
    const ended = await importDocuments(editor, "x.zip", bytes, place);
    expect(ended).toMatchObject({
      state: "done",
      error: null,
      report: { documents: 3, folders: 3, files: 3, linksResolved: 5, linksUnresolved: 1 },
    });
    const told = ended.report?.problems.map(({ path: where, message }) => `${where}: ${message}`);
    expect(told).toEqual([
      expect.stringMatching(/^手册\/\.obsidian\/app\.json: Skipped a hidden item/),
      expect.stringMatching(/^手册\/plans\/My Plan\.md: Points to nothing.*no\.md/),
      expect.stringMatching(/^手册\/plans\/Other\.md: The front matter isn't valid YAML/),
    ]);
  });
  // All of it came in one transaction, each in the feed of those who may see the place.
  expect(changes.filter(({ entity }) => entity === "document")).toHaveLength(6);
  const tree = await wholeTree(viewer, workspaceId);
  const byTitle = new Map(tree.map((node) => [node.title, node]));
  const at = (title: string) => byTitle.get(title)?.id ?? "";
  expect([...byTitle.keys()].sort()).toEqual(
    ["Handbook", "Other", "The plan", "data", "plans", "手册"].sort(),
  );
  expect(byTitle.get("The plan")).toMatchObject({ parentId: at("plans"), projectId: project.id });
  const handbook = await textOf(at("Handbook"));
  expect(linksOf(handbook)).toEqual([
    { target: "document", id: at("The plan") },
    { target: "document", id: at("Other") },
  ]);
  expect(JSON.stringify(handbook)).toContain("#next-steps");
  const [picture, up] = linksOf(await textOf(at("The plan")));
  expect(up).toEqual({ target: "document", id: at("Handbook") });
  const files = await api.services.db.select().from(schema.files);
  expect(files.find(({ id }) => id === picture?.id)).toMatchObject({
    name: "shot.png",
    type: "image/png",
    documentId: at("The plan"),
  });
  expect(files.find(({ name }) => name === "unused.csv")?.documentId).toBe(at("data"));
  const [other] = await api.services.db
    .select()
    .from(schema.documents)
    .where(eq(schema.documents.id, at("Other")));
  expect(other).toMatchObject({ frontMatter: "<% tp.title %>: [", sourceName: "Other.md" });
});

test("one file of Word or HTML is imported too", async () => {
  const { editor, workspaceId } = team;
  const html = "<title>Page</title><h1>Hi</h1><p onclick=x>a <b>b</b><script>evil()</script></p>";
  const ended = await importDocuments(editor, "page.html", new TextEncoder().encode(html), {
    workspaceId,
  });
  expect(ended).toMatchObject({ state: "done", report: { documents: 1, folders: 0 } });
  expect(plainText(await textOf(ended.rootId ?? ""))).toBe("Hi\na b");
});

/** All that an import could leave behind, but for the note of it and the upload. */
async function leftovers() {
  const { documents, documentUpdates, files, fileObjects, filePuts, fileUploads } = schema;
  const { db } = api.services;
  const counts = await Promise.all(
    [documents, documentUpdates, files, fileObjects].map((table) => db.$count(table)),
  );
  const uploads = (await db.select({ id: fileUploads.objectId }).from(fileUploads)).map(
    ({ id }) => id,
  );
  const puts = await db.$count(filePuts, notInArray(filePuts.objectId, uploads));
  const keys: string[] = [];
  for await (const { key } of api.services.files.list()) {
    if (!uploads.includes(key)) keys.push(key);
  }
  return { counts, puts, keys: keys.sort(), temporary: readdirSync(tmpdir()).filter(isOurs) };
}
const isOurs = (name: string) => /import|docx|unpack/i.test(name);

/** The file is found to be a lie only when it is read, after the picture. */
const found = zipOf({
  "a.md": "![](b.png)",
  "b.png": png,
  "c.png": new Uint8Array(9_999).fill(7),
});
const damaged = found.map((byte, at) => (at > 180 && at < 186 ? byte ^ 0xff : byte));
const longPath = (depth: number) => `${"d/".repeat(depth)}a.md`;

test.each([
  ["zip_broken", "x.zip", damaged],
  ["zip_unsafe_path", "x.zip", zipOf({ "a.md": "x", "../../b.md": "x" })],
  ["zip_too_large", "x.docx", lying(docxOf(png), 4, { size: 0x7fffffff })],
  ["zip_broken", "x.docx", lying(docxOf(png, "x".repeat(99_999)), 4, { size: 1_000 })],
  ["document_broken", "x.docx", zipOf({ "word/nothing.xml": "<" })],
  ["nothing_to_import", "x.zip", zipOf({ "inner.zip": found, [longPath(3_000)]: "x" })],
])("%s leaves nothing behind, not even what was unpacked before", async (name, file, bytes) => {
  const { editor, workspaceId } = team;
  const before = await leftovers();
  const ended = await importDocuments(editor, file, bytes, { workspaceId });
  expect(ended).toMatchObject({ state: "failed", error: { reason: name } });
  expect(ended.error?.message).toMatch(/Nothing was imported\.$/);
  expect(await leftovers()).toEqual(before);
});

test("what cannot be a document is named with its reason, and stops no other", async () => {
  const { editor, workspaceId } = team;
  const bytes = zipOf({
    "a.md": "[w](../../outside.md) [word](broken.docx)",
    "A.md": "the same name, but for capitals",
    "broken.docx": "no zip at all",
    [`${"n".repeat(1_000)}.md`]: "x",
    [longPath(40)]: "x",
    "\u0007.md": "x",
  });
  const ended = await importDocuments(editor, "odd.zip", bytes, { workspaceId });
  expect(ended).toMatchObject({ state: "done", report: { documents: 3, files: 1 } });
  const told = ended.report?.problems.map(({ message, severity }) => `${severity}: ${message}`);
  expect(told?.sort()).toEqual([
    expect.stringMatching(/^note: Couldn't be read, so it was kept as a file/),
    expect.stringMatching(/^note: Points to nothing.*outside\.md/),
    "skipped: A name in its path contains characters that can't be displayed.",
    "skipped: A name in its path is longer than 255 bytes.",
    "skipped: It's nested more than 32 folders deep.",
  ]);
});

test("a document of Word brings its words and its pictures, and nothing of the server's disk", async () => {
  const { editor, workspaceId } = team;
  const ended = await importDocuments(editor, "Mill.docx", docxOf(png), { workspaceId });
  expect(ended).toMatchObject({ state: "done", report: { documents: 1, files: 1 } });
  const json = await textOf(ended.rootId ?? "");
  const kinds = json.content?.map(({ type }) => type);
  expect(kinds).toEqual(["heading", "paragraph", "table", "paragraph"]);
  expect(plainText(json)).toMatch(/^The wheel\nIt turns slowly\na\tb\n/);
  expect(JSON.stringify(json)).toContain('"alt":"A wheel"');
  const [picture] = linksOf(json);
  const files = await api.services.db.select().from(schema.files);
  expect(files.find(({ id }) => id === picture?.id)).toMatchObject({ type: "image/png" });
  expect(ended.report?.problems).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining("external image") }),
  );
});

test("who may not write there is refused, and an import that is called off brings nothing", async () => {
  const { editor, viewer, stranger, workspaceId } = team;
  const bytes = zipOf({ "a/a.md": "called off" });
  await expect(startImport(viewer, "a.zip", bytes, { workspaceId })).rejects.toEqual(
    reason("role_too_low"),
  );
  await expect(startImport(stranger, "a.zip", bytes, { workspaceId })).rejects.toEqual(
    reason("not_found"),
  );
  // What was imported before is still being read: that changes no place and no title.
  const tree = async () =>
    (await wholeTree(editor, workspaceId)).map(({ id, parentId, title }) => [id, parentId, title]);
  const before = await tree();
  const { id } = await startImport(editor, "a.zip", bytes, { workspaceId });
  const called = await editor.call.imports.cancel({ id });
  await expect(viewer.call.imports.get({ id })).rejects.toEqual(reason("not_found"));
  if (called.state === "cancelled") expect(await tree()).toEqual(before);
  else expect(called.state).toBe("done");
});
