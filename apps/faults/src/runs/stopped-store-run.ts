/**
 * The store of files stops in the middle of twenty uploads and comes back: who is told that it is away
 * goes on afterwards, all twenty are there as they were sent, and nobody ever saw half of one.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { createS3Store } from "@guildhall/api/server";
import { connect, schema } from "@guildhall/db";
import { startTestS3 } from "@guildhall/testing/s3";
import { sumOf, type Uploading, uploadInOne, uploadInParts } from "@guildhall/testing/uploads";
import { type Length, patience } from "../patience.ts";
import type { Dice } from "../people/dice.ts";
import {
  type ServerWithPostgres,
  startServerWithPostgres,
} from "../servers/server-with-postgres.ts";
import { openSender, type Sender, uploadRun } from "./upload-run.ts";

const KB = 1024;
const UPLOADS = 20;
const DONE_MS = 60_000;

type Sent = Uploading & { id: string; bytes: Buffer };

export const stoppedStore = uploadRun({
  name: "The store of files stopped in the middle of twenty uploads",
  onlyOnLinux: false,
  play: async ({ seed, dice, length, undo, demand }) => {
    const s3 = await startTestS3();
    undo.push(s3.stop);
    // Half of the runs with a store that people reach themselves.
    const isDirect = seed % 2 === 0;
    const server = await startServerWithPostgres(envOf(s3.settings, isDirect));
    undo.push(server.remove);
    const sender = await openSender(server);
    const { client, projectId, fetchFile } = sender;
    const uploads = Array.from({ length: UPLOADS }, (_, i) =>
      uploadOf(sender, sizeOf(i, dice, length)),
    );
    let refusals = 0;
    const sending = uploads.map(async (upload) => {
      const until = Date.now() + patience(DONE_MS, length);
      await delay(dice.roll(300));
      while (Date.now() < until) {
        const row = await send(upload).catch(async (error: unknown) => {
          refusals++;
          demand(isExcused(error), `an upload was told: ${error}`);
          await delay(50);
          return null;
        });
        if (row) return;
      }
      demand(false, "an upload did not come to its end");
    });
    for (let round = 0; round < (length === "long" ? 5 : 1); round++) {
      await delay(100 + dice.roll(400));
      s3.pause();
      await delay(200 + dice.roll(length === "long" ? 2_000 : 500));
      const { items } = await client.files.list.query({ projectId });
      for (const { id, size } of items) {
        const sent = uploads.find((upload) => upload.id === id);
        demand(sent?.bytes.length === size, `a file of ${size} bytes was seen`);
      }
      s3.resume();
    }
    await Promise.all(sending);
    const { items } = await client.files.list.query({ projectId });
    demand(items.length === UPLOADS, `${items.length} files are there`);
    const checks = uploads.map(async ({ id, bytes }) => {
      const got = await fetchFile(id);
      const sum = sumOf(Buffer.from(await got.arrayBuffer()));
      demand(sum === sumOf(bytes), `a file of ${bytes.length} bytes came back otherwise`);
    });
    await Promise.all(checks);
    const missing = await rowsWithoutObject(server, await createS3Store(s3.settings));
    demand(missing === 0, `${missing} rows have no object`);
    demand(refusals > 0, "the store stopped, and no upload was under way");
    if (length === "long") console.log(`  ${UPLOADS} uploads, ${refusals} times told to try again`);
  },
});

/** Some in one piece, the others in parts: half of them in a long run. */
const sizeOf = (i: number, dice: Dice, length: Length) =>
  i % (length === "long" ? 2 : 5) === 0
    ? (length === "long" ? 17_000 : 8_200) * KB + dice.roll(2_000 * KB)
    : 100 * KB + dice.roll(2_000 * KB);

const envOf = (
  { endPoint, port, accessKey, secretKey, bucket, publicUrl }: Settings,
  isDirect: boolean,
) => ({
  MINIO_ENDPOINT: endPoint,
  MINIO_PORT: String(port),
  MINIO_ACCESS_KEY: accessKey,
  MINIO_SECRET_KEY: secretKey,
  MINIO_SECURE: "false",
  MINIO_BUCKET: bucket,
  ...(isDirect && publicUrl && { MINIO_PUBLIC_URL: publicUrl }),
});
type Settings = Awaited<ReturnType<typeof startTestS3>>["settings"];

function uploadOf({ upload }: Sender, size: number): Sent {
  const bytes = randomBytes(size);
  const body = new Blob([bytes]);
  return { ...upload, name: `${size}.bin`, body, id: randomUUID(), bytes };
}

const send = (upload: Sent) =>
  upload.bytes.length > 4_000 * KB ? uploadInParts(upload) : uploadInOne(upload);

/** The store is away, or another try of the same upload is at it: told by its reason, of a call or in an answer. */
function isExcused(error: unknown): boolean {
  const data = error instanceof Error && "data" in error ? JSON.stringify(error.data) : "";
  return /file_store_unavailable|upload_finishing|upload_incomplete/.test(`${data} ${error}`);
}

async function rowsWithoutObject(server: ServerWithPostgres, store: Store): Promise<number> {
  const { db, close } = connect(server.postgres.url, { pool: 1 });
  const rows = await db.select({ id: schema.fileObjects.id }).from(schema.fileObjects);
  await close();
  const found = await Promise.all(rows.map(({ id }) => store.stat(id)));
  return found.filter((object) => object === null).length;
}
type Store = Awaited<ReturnType<typeof createS3Store>>;
