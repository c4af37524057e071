/**
 * Every workspace on this computer goes to a server: exported here, uploaded, imported there as an equal one. Nothing
 * here is changed; what was begun there and did not come to its end is deleted again.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { setTimeout as delay } from "node:timers/promises";
import { uuidv7 } from "uuidv7";
import type { MovedWorkspace, MoveProgress } from "../../shared/local.ts";
import { ExpectedError } from "../bridge/expected-error.ts";
import { OWNER_EMAIL } from "./owner.ts";
import { type Api, openApi, type ServerAt } from "./server-api.ts";

const ASK_EVERY_MS = 500;

type Move = {
  from: ServerAt;
  to: ServerAt;
  /** Where an export is on its way. */
  folder: string;
  onProgress: (progress: MoveProgress) => void;
};

export async function moveToServer({ from, to, folder, onProgress }: Move) {
  const there = openApi(to);
  const moved: MovedWorkspace[] = [];
  for (const { id, name } of await openApi(from).workspaces.list.query()) {
    const file = join(folder, `moving-${id}.zip`);
    const tell = (step: MoveProgress["step"], done: number, total: number) =>
      onProgress({ workspace: name, step, done, total });
    try {
      await exportTo(file, { from, workspaceId: id, tell });
      moved.push(await importFrom(file, { to, there, name, tell }));
    } finally {
      await rm(file, { force: true });
    }
  }
  return moved;
}

type Tell = (step: MoveProgress["step"], done: number, total: number) => void;

async function* counted(content: AsyncIterable<Uint8Array>, tell: (bytes: number) => void) {
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.length;
    tell(bytes);
    yield piece;
  }
}

type Exporting = { from: ServerAt; workspaceId: string; tell: Tell };

async function exportTo(file: string, { from, workspaceId, tell }: Exporting) {
  const { path } = await openApi(from).exports.askForWorkspace.mutate({ workspaceId });
  const answer = await from.fetch(from.url + path, {
    headers: { authorization: `Bearer ${from.token}` },
  });
  if (!answer.ok || !answer.body) throw await refusalOf(answer);
  const about = Number(answer.headers.get("x-guildhall-about") ?? 0);
  const content = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
  const noting = counted(content, (bytes) => tell("exporting", bytes, Math.max(about, bytes)));
  await pipeline(Readable.from(noting), createWriteStream(file, { mode: 0o600 }));
}

type Importing = { to: ServerAt; there: Api; name: string; tell: Tell };

async function importFrom(file: string, { to, there, name, tell }: Importing) {
  const { id: workspaceId } = await there.workspaces.create.mutate({ name });
  try {
    const fileId = await upload(file, { to, workspaceId, tell });
    const id = uuidv7();
    const about = { id, workspaceId, fileId, myAddress: OWNER_EMAIL };
    await there.imports.startWorkspace.mutate(about);
    const report = await reportOf(there, id, tell);
    return { name, id: workspaceId, counts: report.counts, bytes: report.bytes };
  } catch (error) {
    // Whatever is there by then: its name may be the imported one's already.
    const found = (await there.workspaces.list.query()).find((each) => each.id === workspaceId);
    if (found) await there.workspaces.delete.mutate({ workspaceId, name: found.name });
    throw error;
  }
}

type Uploading = { to: ServerAt; workspaceId: string; tell: Tell };

async function upload(file: string, { to, workspaceId, tell }: Uploading): Promise<string> {
  const { size } = await stat(file);
  const id = uuidv7();
  const query = new URLSearchParams({ forImport: workspaceId, name: "workspace.zip" });
  const content = counted(createReadStream(file), (bytes) => tell("uploading", bytes, size));
  const answer = await to.fetch(`${to.url}/files/${id}?${query}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${to.token}`, "content-length": String(size) },
    body: Readable.toWeb(Readable.from(content)) as never,
    duplex: "half",
  } as RequestInit);
  if (!answer.ok) throw await refusalOf(answer);
  return id;
}

async function reportOf(there: Api, id: string, tell: Tell) {
  for (;;) {
    const row = await there.imports.get.query({ id });
    if (row.kind !== "workspace") throw new Error("an import of a workspace");
    if (row.state === "done" && row.report) return row.report;
    if (row.finishedAt) throw new ExpectedError(row.error?.message ?? "The import was cancelled.");
    tell("importing", row.done, row.total);
    await delay(ASK_EVERY_MS);
  }
}

async function refusalOf(answer: Response): Promise<Error> {
  const { message } = (await answer.json().catch(() => ({}))) as { message?: string };
  return new ExpectedError(message ?? `The server answered ${answer.status}.`);
}
