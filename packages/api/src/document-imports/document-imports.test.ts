import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { linksOf, plainText, readDocument } from "../documents/model/index.ts";
import { startTestApi, type TestApi } from "../testing.ts";
import { makeTeam, type Team } from "../testing-team.ts";
import { importDocuments, startImport, wholeTree, zipOf } from "./testing.ts";

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
      expect.stringMatching(/^手册\/\.obsidian\/app\.json: Hidden/),
      expect.stringMatching(/^手册\/plans\/My Plan\.md: Leads to nothing.*no\.md/),
      expect.stringMatching(/^手册\/plans\/Other\.md: Its front matter is no valid YAML/),
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

test("a refused archive leaves nothing behind, not even what was unpacked before", async () => {
  const { editor, workspaceId } = team;
  // The file is found to be a lie only when it is read, after the picture.
  const bytes = zipOf({
    "a.md": "![](b.png)",
    "b.png": png,
    "c.png": new Uint8Array(9_999).fill(7),
  });
  const damaged = bytes.map((byte, at) => (at > 180 && at < 186 ? byte ^ 0xff : byte));
  const before = await wholeTree(editor, workspaceId);
  const stored = async () => {
    const keys: string[] = [];
    for await (const { key } of api.services.files.list()) keys.push(key);
    return keys;
  };
  const kept = await stored();
  const ended = await importDocuments(editor, "x.zip", damaged, { workspaceId });
  expect(ended).toMatchObject({ state: "failed", error: { reason: "zip_broken" } });
  expect(ended.error?.message).toMatch(/Nothing was imported\.$/);
  expect(await wholeTree(editor, workspaceId)).toEqual(before);
  expect(await stored()).toEqual(kept);
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
  const before = await wholeTree(editor, workspaceId);
  const { id } = await startImport(editor, "a.zip", bytes, { workspaceId });
  const called = await editor.call.documentImports.cancel({ id });
  await expect(viewer.call.documentImports.get({ id })).rejects.toEqual(reason("not_found"));
  if (called.state === "cancelled") expect(await wholeTree(editor, workspaceId)).toEqual(before);
  else expect(called.state).toBe("done");
});
