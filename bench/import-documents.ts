/**
 * A folder of documents through the whole of it, as a person would send it: packed, uploaded, imported,
 * exported, imported and exported again. Says what became of each file and why, how many of the links
 * that lead somewhere on the disk lead there in Guildhall too, and what it cost those who work meanwhile:
 *
 *   npm run bench -- import-documents <folder> [--all]      --all: every line of the report
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createClient, type GuildhallClient } from "@guildhall/api/client";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { zipSync } from "fflate";
import { importedLinks } from "./import-documents/imported-links.ts";
import { type DiskLink, linksOnDisk } from "./import-documents/links-on-disk.ts";
import { machine, share, startMeasured } from "./measured-program.ts";

const [, , folder, option] = process.argv;
if (!folder) throw new Error("Which folder? npm run bench -- import-documents <folder>");
const MB = 1024 * 1024;
const PASSWORD = "correct horse battery";

function readFolder(top: string): Map<string, Uint8Array> {
  const names = readdirSync(top, { recursive: true, encoding: "utf8" });
  const isFile = (name: string) => statSync(path.join(top, name)).isFile();
  return new Map(names.filter(isFile).map((name) => [name, readFileSync(path.join(top, name))]));
}

type Account = { url: string; token: string; client: GuildhallClient; workspaceId: string };

async function importZip({ url, token, client, workspaceId }: Account, zip: Uint8Array) {
  const fileId = crypto.randomUUID();
  const sent = await fetch(`${url}/files/${fileId}?forImport=${workspaceId}&name=folder.zip`, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}` },
    body: new Uint8Array(zip),
  });
  if (!sent.ok) throw new Error(`The upload was refused: ${await sent.text()}`);
  const { id } = await client.imports.startDocuments.mutate({ workspaceId, fileId });
  for (;;) {
    const row = await client.imports.get.query({ id });
    if (row.kind === "documents" && row.report && row.rootId) {
      return { report: row.report, rootId: row.rootId };
    }
    if (row.finishedAt) throw new Error(`${row.state}: ${row.error?.message}`);
    await delay(100);
  }
}

async function exportZip({ url, token, workspaceId }: Account, documentId: string) {
  const answer = await fetch(`${url}/files/exports/${workspaceId}?documentId=${documentId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new Error(`The export was refused: ${await answer.text()}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** Somebody at work beside it: how long each of their calls waits, in ms, until it is stopped. */
function workBeside({ client, workspaceId }: Account) {
  const waits = { reading: [] as number[], writing: [] as number[] };
  let isOver = false;
  const timed = async (into: number[], call: () => Promise<unknown>) => {
    const began = performance.now();
    await call();
    into.push(performance.now() - began);
  };
  const working = (async () => {
    const { id } = await client.documents.create.mutate({ workspaceId, title: "Beside" });
    for (let n = 1; !isOver; n++) {
      await timed(waits.reading, () => client.documents.get.query({ id }));
      const change = { id, patch: { title: `Beside ${n}` } };
      await timed(waits.writing, () => client.documents.update.mutate(change));
      await delay(20);
    }
  })();
  return async () => {
    isOver = true;
    await working;
    return waits;
  };
}

function arrives(link: DiskLink, imported: Map<string, Set<string>>): boolean {
  const found = imported.get(link.from);
  return Boolean(found?.has(link.to) || found?.has(`file:${path.posix.basename(link.to)}`));
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const waited = (waits: number[]) =>
  `p50 ${share(waits, 0.5).toFixed(0)}, p95 ${share(waits, 0.95).toFixed(0)}, longest ${Math.max(...waits).toFixed(0)} ms of ${waits.length}`;

const files = readFolder(folder);
const top = path.basename(path.resolve(folder));
const zip = zipSync(
  Object.fromEntries([...files].map(([name, bytes]) => [`${top}/${name}`, bytes])),
);
const links = linksOnDisk(files);
const data = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
const postgres = await startEmbeddedPostgres({ dataFolder: data, log: () => {} });
console.log(machine());
try {
  await migrate(postgres.url);
  const env = { DATABASE_URL: postgres.url, GUILDHALL_DATA: data };
  const server = await startMeasured("apps/server/src/main.ts", env);
  try {
    const { url } = server;
    const person = { email: "bench@example.com", name: "Bench", password: PASSWORD };
    const { token } = await createClient({ url }).auth.register.mutate(person);
    const client = createClient({ url, token });
    const { id: workspaceId } = await client.workspaces.create.mutate({ name: "Bench" });
    const account = { url, token, client, workspaceId };

    await server.usage("stalls");
    const stopWork = workBeside(account);
    let most = 0;
    const watching = setInterval(async () => {
      most = Math.max(most, (await server.usage()).rss);
    }, 250);
    const began = performance.now();
    const { report, rootId } = await importZip(account, zip);
    const took = performance.now() - began;
    clearInterval(watching);
    const waits = await stopWork();
    const { stall } = await server.usage();

    const exporting = performance.now();
    const once = await exportZip(account, rootId);
    const exported = performance.now() - exporting;
    const again = await importZip(account, once);
    const twice = await exportZip(account, again.rootId);

    const imported = await importedLinks(postgres.url, rootId);
    const lost = links.filter((link) => !arrives(link, imported));
    const { problems, problemCount, ...counts } = report;
    const kinds = Map.groupBy(
      problems,
      ({ severity, message }) =>
        `${severity}: ${message
          .replace(/: .*|“.*”/s, "")
          .replace(/^\d+ ×/, "n ×")
          .trim()}`,
    );
    console.log(`\n${folder}: ${files.size} files`);
    console.table(counts);
    console.table(
      [...kinds].map(([why, all]) => ({ why, files: all.length, for_example: all[0]?.path })),
    );
    console.log(`${problemCount} notes, of which ${problems.length} are told`);
    if (option === "--all") for (const { path: at, message } of problems) console.log(at, message);
    console.log(
      `links that lead somewhere on the disk: ${links.length}, in Guildhall: ${links.length - lost.length} (${((100 * (links.length - lost.length)) / links.length).toFixed(2)} %)`,
    );
    for (const { from, written, to } of lost.slice(0, 40)) {
      console.log(`  lost: ${from}: ${written} -> ${to}`);
    }
    console.log(`import ${seconds(took)}, export ${seconds(exported)} (${once.length} bytes)`);
    console.log(
      `export -> import -> export: ${once.equals(twice) ? "the same bytes" : "NOT THE SAME"}`,
    );
    console.log(`memory of the server at most ${Math.round(most / MB)} MB`);
    console.log(`its event loop stood still for ${stall.toFixed(0)} ms at the longest`);
    console.log(`reading beside it: ${waited(waits.reading)}`);
    console.log(`writing beside it: ${waited(waits.writing)}`);
    await client.close();
    if (!once.equals(twice) || lost.length > links.length / 100) process.exitCode = 1;
  } finally {
    await server.stop();
  }
} finally {
  await postgres.stop();
  rmSync(data, { recursive: true, force: true });
}
