/**
 * How fast files come and go through Guildhall, beside what is bare, in one run: `npm run bench -- files`
 *
 * The data folder beside nginx (or, where there is none, beside node's streams; NGINX_PROGRAM=<path> names it),
 * and what goes straight to an S3 beside the same S3 without Guildhall. FOLDER=<path> is where all of it is kept:
 * in memory (/dev/shm), when a disk that others share would be all that is measured.
 */
import { execFileSync } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient, sendInParts } from "@guildhall/api/client";
import { connect, schema } from "@guildhall/db";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { isNull } from "drizzle-orm";
import { openBareS3 } from "./files/bare-s3.ts";
import { get, put, throughput } from "./files/transfers.ts";
import { startYardstick } from "./files/yardstick.ts";
import { type MeasuredProgram, machine, median, startMeasured } from "./measured-program.ts";
import { tell } from "./verdicts.ts";

const MB = 1_000_000;
const PART_BYTES = 8 * 1024 * 1024;
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const AT_ONCE = 4;

/** Never the same twice: the same bytes are stored once. */
function bytesOf(size: number): Buffer {
  base.writeBigUInt64LE(BigInt(++made));
  return Buffer.from(base.subarray(0, size));
}
let made = 0;
const base = randomBytes(64 * MB);

type Sender = {
  inOne(bytes: Buffer): Promise<string>;
  inParts(bytes: Buffer): Promise<string>;
  download(id: string): Promise<number>;
};

async function signUp({ url }: MeasuredProgram): Promise<Sender> {
  const person = { email: `${randomUUID()}@example.org`, password: "correct horse", name: "Bench" };
  const { token } = await createClient({ url }).auth.register.mutate(person);
  const client = createClient({ url, token });
  const { id: workspaceId } = await client.workspaces.create.mutate({ name: "Bench" });
  const { id: projectId } = await client.projects.create.mutate({
    ...{ workspaceId, name: "Bench", key: "BEN" },
  });
  const headers = { authorization: `Bearer ${token}` };
  return {
    async inOne(bytes) {
      const id = randomUUID();
      await put(`${url}/files/${id}?projectId=${projectId}&name=a.bin`, headers, bytes);
      return id;
    },
    async inParts(bytes) {
      const id = randomUUID();
      await sendInParts({
        body: new Blob([bytes]),
        begin: () =>
          client.files.begin.mutate({ id, projectId, name: "a.bin", size: bytes.length }),
        send: async (n, part) =>
          put(`${url}/files/${id}/parts/${n}`, headers, await bytesFrom(part)),
        sendDirect: async (n, part) => {
          const body = await bytesFrom(part);
          const sha256 = createHash("sha256").update(body).digest("hex");
          const address = await client.files.partAddress.mutate({ id, n, sha256 });
          if (!address) throw new Error("The store has no address.");
          await put(address.url, address.headers, body);
        },
        finish: () => client.files.finish.mutate({ id }),
      });
      return id;
    },
    download: (id) => get(`${url}/files/${id}`, headers),
  };
}

const bytesFrom = async (part: Blob) => new Uint8Array(await part.arrayBuffer());

/** The same sender, with each part as a file of its own. */
const inPartsTo = (url: string, bytes: Buffer) =>
  sendInParts({
    body: new Blob([bytes]),
    begin: async () => ({ partBytes: PART_BYTES, done: [], direct: false, file: null }),
    send: async (_, part) => put(`${url}/${randomUUID()}`, {}, await bytesFrom(part)),
    finish: async () => {},
  });

type Contest = {
  what: string;
  bare: string;
  least: number;
  count: number;
  ours: (i: number) => Promise<number>;
  theirs: (i: number) => Promise<number>;
  /** Until what follows in the background, half a minute later, is done. */
  settle?: () => Promise<unknown>;
};

/** What one side left for the disk to write is not the other's to wait for. */
function calmDisk() {
  if (process.platform === "linux") execFileSync("sync", ["--file-system", folder]);
}

async function contest({ what, bare, least, count, ours, theirs, settle }: Contest) {
  const rounds: { ours: number; theirs: number }[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    calmDisk();
    const mine = await throughput(count, AT_ONCE, ours);
    await settle?.();
    calmDisk();
    const round = { ours: mine, theirs: await throughput(count, AT_ONCE, theirs) };
    if (i > 0) rounds.push(round); // The first warms both up.
  }
  const ratio = median(rounds.map((round) => round.ours / round.theirs));
  const mine = Math.round(median(rounds.map((round) => round.ours)));
  const bares = Math.round(median(rounds.map((round) => round.theirs)));
  tell(`${what}, × ${bare}`, ratio, { least });
  console.log(`${what}: ${ratio.toFixed(2)} × ${bare} (${mine} and ${bares} MB/s)`);
  return {
    ...{ what, "Guildhall, MB/s": mine, beside: bare, "bare, MB/s": bares },
    ...{ ratio: ratio.toFixed(2), wanted: least },
  };
}

const folder = mkdtempSync(path.join(process.env.FOLDER ?? tmpdir(), "guildhall-bench-"));
console.log(`Files, ${AT_ONCE} at a time, median of ${ROUNDS} rounds.`);
console.log(machine());
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
const env = { DATABASE_URL: postgres.url, GUILDHALL_DATA: folder };
const large = bytesOf(32 * MB);

/** Sends bytes that were never sent before. */
const of = (size: number, send: (bytes: Buffer) => Promise<unknown>) => async () => {
  await send(bytesOf(size));
  return size;
};

/** Sums of what came in parts are found afterwards. */
async function tended() {
  const { db, close } = connect(postgres.url, { pool: 1 });
  while ((await db.$count(schema.fileObjects, isNull(schema.fileObjects.tendedAt))) > 0) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await close();
}

async function besideNginx() {
  const yardstick = await startYardstick(folder);
  const guildhall = await startMeasured("apps/server/src/main.ts", { ...env, MINIO_ENDPOINT: "" });
  try {
    const { name, url } = yardstick;
    const sender = await signUp(guildhall);
    const mine = await sender.inOne(large);
    await put(`${url}/large`, {}, large);
    const toYardstick = (bytes: Buffer) => put(`${url}/${randomUUID()}`, {}, bytes);
    const common = { bare: name, least: 0.6 };
    const found = [
      await contest({
        ...{ what: "Downloads of 32 MB from the data folder", ...common, count: 24 },
        ours: () => sender.download(mine),
        theirs: () => get(`${url}/large`, {}),
      }),
      await contest({
        ...{ what: "Uploads of 12 MB into the data folder", ...common, count: 24 },
        ours: of(12 * MB, sender.inOne),
        theirs: of(12 * MB, toYardstick),
      }),
      await contest({
        ...{ what: "Uploads of 64 MB into the data folder", ...common, count: 6 },
        ours: of(64 * MB, sender.inOne),
        theirs: of(64 * MB, toYardstick),
      }),
      await contest({
        ...{ what: "Uploads of 64 MB in parts into the data folder", ...common, count: 6 },
        ours: of(64 * MB, sender.inParts),
        theirs: of(64 * MB, (bytes) => inPartsTo(url, bytes)),
      }),
    ];
    // Nobody else has these bytes.
    await tended();
    return found;
  } finally {
    for (const each of [guildhall, yardstick]) await each.stop();
  }
}

async function besideS3() {
  const s3 = await startMeasured("bench/files/s3-server.ts", { TMPDIR: folder });
  const guildhall = await startMeasured("apps/server/src/main.ts", {
    ...env,
    MINIO_ENDPOINT: "127.0.0.1",
    MINIO_PORT: new URL(s3.url).port,
    MINIO_ACCESS_KEY: "S3RVER",
    MINIO_SECRET_KEY: "S3RVER",
    MINIO_SECURE: "false",
    MINIO_PUBLIC_URL: s3.url,
  });
  try {
    const sender = await signUp(guildhall);
    const bare = await openBareS3(s3.url);
    const [ours, theirs] = [await sender.inParts(large), await bare.upload(large)];
    await tended();
    const common = { bare: "the same S3", least: 0.9 };
    return [
      await contest({
        ...{ what: "Downloads of 32 MB straight from an S3", ...common, count: 16 },
        ours: () => sender.download(ours),
        theirs: () => bare.download(theirs),
      }),
      await contest({
        ...{ what: "Uploads of 48 MB straight to an S3", ...common, count: 12, settle: tended },
        ours: of(48 * MB, sender.inParts),
        theirs: of(48 * MB, bare.upload),
      }),
    ];
  } finally {
    for (const each of [guildhall, s3]) await each.stop();
  }
}

try {
  console.table([...(await besideNginx()), ...(await besideS3())]);
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
