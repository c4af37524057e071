/** For tests: exports a workspace as its owner does, imports it elsewhere, and says what two exports have in common. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestApi, TestPerson } from "@guildhall/testing/api";
import { strFromU8, unzipSync, zipSync } from "fflate";
import { answerFile, refusalOf, statusOf } from "../src/server.ts";

/** Of the files of a server, over HTTP. */
export async function serveFiles(api: TestApi) {
  const server = createServer((req, res) => {
    const credentials = { token: req.headers.authorization ?? null, cookie: null };
    const findActor = () => api.services.authenticate(credentials);
    const client = { address: "127.0.0.1", userAgent: "test" };
    const ctx = { services: api.services, findActor, credentials, client };
    answerFile(ctx as never, req, res).catch((error: unknown) => {
      const refusal = refusalOf(error);
      if (res.headersSent) res.destroy();
      else {
        const status = refusal ? statusOf(refusal.reason) : 500;
        res.writeHead(status).end(JSON.stringify(refusal ?? { reason: String(error) }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, stop: () => server.close() };
}

export type Exported = Map<string, Uint8Array>;

export async function exportWorkspace(url: string, person: TestPerson, workspaceId: string) {
  const { path } = await person.call.exports.askForWorkspace({ workspaceId });
  for (;;) {
    const answer = await fetch(url + path, { headers: { authorization: person.token } });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    // The one before is over for who has all of it, and for its server a moment later.
    const { reason } = (await answer.json()) as { reason: string };
    if (reason !== "export_running") throw new Error(`the export was refused: ${reason}`);
  }
}

export const unpacked = (zip: Uint8Array): Exported => new Map(Object.entries(unzipSync(zip)));
export const packed = (files: Exported) => zipSync(Object.fromEntries(files));

type How = { dryRun?: boolean; workspaceId?: string };

/** Into a new workspace; answers when it has ended, well or not. */
export async function importWorkspace(person: TestPerson, zip: Uint8Array, how: How = {}) {
  const { workspaceId = (await person.call.workspaces.create({ name: "New" })).id } = how;
  const fileId = await person.upload(workspaceId, new File([new Uint8Array(zip)], "mill.zip"));
  const dryRun = how.dryRun ?? false;
  const { id } = await person.call.imports.startWorkspace({ workspaceId, fileId, dryRun });
  return { workspaceId, id, row: await endOf(person, id) };
}

export async function endOf(person: TestPerson, id: string) {
  for (;;) {
    const row = await person.call.imports.get({ id });
    if (row.kind !== "workspace") throw new Error("an import of a workspace");
    if (row.finishedAt) return row;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const linesOf = (files: Exported, path: string) =>
  strFromU8(files.get(path) ?? new Uint8Array())
    .split("\n")
    .filter((line) => line !== "");

/** What an export says by other names for the same: ids without what an import replaces, people by address. */
export function canonical(files: Exported) {
  const people = new Map(
    linesOf(files, "data/people.jsonl").map((line) => {
      const { id, name, email } = JSON.parse(line) as { id: string; name: string; email: string };
      return [id, `<${email ?? name}>`];
    }),
  );
  const renamed = (text: string) =>
    text.replace(UUID, (id) => people.get(id) ?? `${id.slice(0, 28)}…`);
  const decoded = (value: unknown) =>
    typeof value === "string" && value.startsWith("\\x")
      ? renamed(Buffer.from(value.slice(2), "hex").toString("latin1"))
      : value;
  const tables: Record<string, string[]> = {};
  for (const path of files.keys()) {
    const [, table] = /^data\/(.+)\.jsonl$/.exec(path) ?? [];
    if (!table || table === "people") continue;
    tables[table] = linesOf(files, path).map((line) => {
      const row = JSON.parse(renamed(line)) as Record<string, unknown>;
      for (const [column, value] of Object.entries(row)) row[column] = decoded(value);
      delete row.workspace_id;
      return JSON.stringify(row);
    });
  }
  const contents = [...files].flatMap(([path, bytes]) =>
    path.startsWith("files/") ? [`${renamed(path)} ${Buffer.from(bytes).toString("base64")}`] : [],
  );
  return { people: [...people.values()].sort(), tables, contents: contents.sort() };
}
