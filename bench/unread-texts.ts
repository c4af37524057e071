/**
 * How soon the texts of documents are found: so many that wait at the start, as after an import or a
 * restored backup, and meanwhile one at a time that somebody writes now: `npm run bench -- unread-texts`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createClient, type GuildhallClient } from "@guildhall/api/client";
import { schema } from "@guildhall/db";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { writeDocument } from "@guildhall/document-model";
import { uuidv7 } from "uuidv7";
import { addDocument, seedDocument } from "./documents/seed.ts";
import { machine, share, startMeasured } from "./measured-program.ts";
import { tell } from "./verdicts.ts";
import { withServices } from "./with-services.ts";

const WAITING = Number(process.env.WAITING ?? 2_000);
/** Of each: a page. */
const WORDS = 400;

const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
const page = (n: number) =>
  writeDocument({
    type: "doc",
    content: Array.from({ length: 10 }, (_, line) =>
      paragraph(Array.from({ length: WORDS / 10 }, (_, i) => `w${n % 97}x${line}y${i}`).join(" ")),
    ),
  });

async function until(isThere: () => Promise<boolean>, everyMs: number) {
  const began = performance.now();
  while (!(await isThere())) await delay(everyMs);
  return performance.now() - began;
}

/** From the last key to the first answer that has it. */
async function writeAndFind(client: GuildhallClient, workspaceId: string, n: number) {
  const { id: documentId } = await client.documents.create.mutate({ workspaceId, title: "Now" });
  const word = `zebra${n}qua`;
  const update = Buffer.from(writeDocument({ type: "doc", content: [paragraph(word)] }));
  await client.documents.push.mutate({
    documentId,
    id: uuidv7(),
    update: update.toString("base64"),
  });
  // Itself: what nearly has the word is found at once.
  return until(async () => {
    const { items } = await client.search.find.query({ workspaceId, text: word });
    return items.some(({ id }) => id === documentId);
  }, 100);
}

console.log(`${WAITING} documents of ${WORDS} words wait, and one at a time is written.`);
console.log(machine());
const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
await migrate(postgres.url);
try {
  const seeded = await withServices(postgres.url, async (services) => {
    const { workspaceId, tokens } = await seedDocument(services, 1);
    for (let n = 0; n < WAITING; n++) {
      const documentId = await addDocument(services, workspaceId);
      await services.db
        .insert(schema.documentUpdates)
        .values({ documentId, seq: 1, id: uuidv7(), update: page(n) });
    }
    // All at once, so that nobody begins with them before.
    await services.db.update(schema.documents).set({ updateSeq: 1 });
    return { workspaceId, token: tokens[0] ?? "" };
  });
  const { workspaceId, token } = seeded;
  const env = { DATABASE_URL: postgres.url, GUILDHALL_DATA: folder };
  const server = await startMeasured("apps/server/src/main.ts", env);
  const client = createClient({ url: server.url, token });
  try {
    const began = performance.now();
    let tookAll = 0;
    const all = until(async () => {
      const { waiting } = await client.documents.unread.query({ workspaceId });
      // Those of now are there beside them.
      return waiting <= 2;
    }, 250).then((took) => {
      tookAll = took;
    });
    const now: number[] = [];
    while (tookAll === 0) now.push(await writeAndFind(client, workspaceId, now.length));
    await all;
    const perSecond = WAITING / ((performance.now() - began) / 1_000);
    const last = await until(async () => {
      const { items } = await client.search.find.query({ workspaceId, text: "w0x0y0" });
      return items.length > 0;
    }, 100);
    console.table({
      "waiting, read a second": Math.round(WAITING / (tookAll / 1_000)),
      "all were read after, s": +(tookAll / 1_000).toFixed(1),
      "and found after, ms more": Math.round(last),
      "written now, found after p50, s": +(share(now, 0.5) / 1_000).toFixed(2),
      "written now, found after at most, s": +(Math.max(...now) / 1_000).toFixed(2),
      "written now": now.length,
    });
    tell("texts read a second, of 2,000 that wait", perSecond, { least: 50 });
    tell("a text is found after its writing pauses", Math.max(...now) / 1_000, { most: 5 }, " s");
  } finally {
    await client.close();
    await server.stop();
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
