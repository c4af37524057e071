import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { importDocuments, wholeTree, zipOf } from "@guildhall/testing/document-imports";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerFile, refusalOf, statusOf } from "../server.ts";

let api: TestApi;
let team: Team;
let server: Server;
let base: string;
/** Who asks, as a browser's cookie would say. */
const asking = new Map<string, TestPerson>();

beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
  server = createServer((req, res) => {
    const person = asking.get(String(req.headers.authorization)) ?? null;
    const actor = person && {
      user: person.user,
      credential: { kind: "session" as const, id: "test" },
      scope: "write" as const,
    };
    const credentials = { token: person?.token ?? null, cookie: null };
    const ctx = { services: api.services, findActor: async () => actor, credentials };
    answerFile(ctx as never, req, res).catch((error: unknown) => {
      const refusal = refusalOf(error);
      res
        .writeHead(refusal ? statusOf(refusal.reason) : 500)
        .end(JSON.stringify(refusal ?? String(error)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await api.stop();
});

async function fetchExport(person: TestPerson, address: string) {
  asking.set(person.user.id, person);
  return fetch(`${base}/files/exports/${address}`, {
    headers: { authorization: person.user.id },
  });
}

async function exported(person: TestPerson, workspaceId: string, documentId: string) {
  const answer = await fetchExport(person, `${workspaceId}?documentId=${documentId}`);
  expect(answer.status).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const odd = {
  "Kb/_index.md":
    "---\ntitle: 'Über: alles'\nweight: 3\n---\n\n[a](a%25b%20%23c.md#x) [dir](deep/)\n",
  "Kb/a%b #c.md": "![p](img/📷%20x.png) [[Größe]]\n\n> [!TIP]\n> - one\n\n**中文（x）**后\n",
  "Kb/deep/Größe.mdx": 'import X from "y"\n\n<X a={1}>\n\n{x}\n\n[back](../_index.md "T")\n\n---\n',
  "Kb/deep/data.csv": "a,b\n",
  "Kb/img/📷 x.png": png,
  "Kb/img/other.pdf": "%PDF-1.4",
  "Kb/empty.md": "",
};

test("export → import → export is the same bytes", async () => {
  const { editor, workspaceId, project } = team;
  const first = await importDocuments(editor, "kb.zip", zipOf(odd), {
    workspaceId,
    projectId: project.id,
  });
  const rootId = first.rootId ?? "";
  const once = await exported(editor, workspaceId, rootId);
  const names = Object.keys(unzipSync(once));
  expect(names.sort()).toEqual(
    [
      "Kb/_index.md",
      "Kb/a%b #c.files/📷 x.png",
      "Kb/a%b #c.md",
      "Kb/deep/Größe.mdx",
      "Kb/deep/data.csv",
      "Kb/empty.md",
      "Kb/img/other.pdf",
    ].sort(),
  );
  const again = await importDocuments(editor, "anything.zip", new Uint8Array(once), {
    workspaceId,
  });
  expect(again).toMatchObject({ state: "done", report: { linksUnresolved: 0 } });
  const twice = await exported(editor, workspaceId, again.rootId ?? "");
  for (const [name, bytes] of Object.entries(unzipSync(once))) {
    expect(strFromU8(unzipSync(twice)[name] ?? new Uint8Array()), name).toBe(strFromU8(bytes));
  }
  expect(Buffer.from(twice).equals(Buffer.from(once))).toBe(true);
});

test("a title that the text does not say goes along, and what one may not see does not", async () => {
  const { owner, viewer, workspaceId } = team;
  const make = (title: string, parentId?: string, kind?: "folder") =>
    owner.call.documents.create({
      workspaceId,
      title,
      ...(parentId && { parentId }),
      ...(kind && { kind }),
    });
  const folder = await make("Plans / 2027", undefined, "folder");
  const open = await make("What: now?", folder.id);
  const secret = await make("Secret", folder.id);
  await make("Below", secret.id);
  await owner.call.documents.setVisibility({ id: secret.id, visibility: "private" });
  const files = unzipSync(await exported(viewer, workspaceId, folder.id));
  expect(Object.keys(files)).toEqual(["Plans _ 2027/What_ now_.md"]);
  expect(strFromU8(files["Plans _ 2027/What_ now_.md"] ?? new Uint8Array())).toBe(
    '---\ntitle: "What: now?"\n---\n',
  );
  expect(Object.keys(unzipSync(await exported(owner, workspaceId, folder.id)))).toHaveLength(3);
  const refused = await fetchExport(viewer, `${workspaceId}?documentId=${secret.id}`);
  expect(refused.status).toBe(404);
  const stranger = await fetchExport(team.stranger, `${workspaceId}?documentId=${open.id}`);
  expect(stranger.status).toBe(404);
  expect((await fetch(`${base}/files/exports/${workspaceId}`)).status).toBe(401);
});

test("one document as a page, with its pictures in it", async () => {
  const { viewer, workspaceId } = team;
  const tree = await wholeTree(viewer, workspaceId);
  const shown = tree.find(({ title }) => title === "a%b #c");
  const answer = await fetchExport(viewer, `${workspaceId}?documentId=${shown?.id}&as=html`);
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  const html = await answer.text();
  expect(html).toContain("<main>\n<h1>a%b #c</h1>");
  expect(html).toContain('<img src="data:image/png;base64,');
  expect(html).toContain('<div data-type="callout" data-kind="tip">');
});
