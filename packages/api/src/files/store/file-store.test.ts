/** What both stores promise. MINIO_ENDPOINT and the rest name a third one, when they are set. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { startTestS3 } from "@guildhall/testing/s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { invariant } from "../../core/errors.ts";
import { type FileStore, TooLong } from "../../core/file-store.ts";
import { contentDisposition } from "../file-name.ts";
import { createFolderStore } from "./folder-store.ts";
import { createS3Store, type S3Settings } from "./s3-store.ts";

const MB = 1024 * 1024;
type Started = { store: FileStore; settings?: S3Settings; stop: () => Promise<void> };

async function inFolder(): Promise<Started> {
  const folder = await mkdtemp(path.join(tmpdir(), "guildhall-store-"));
  const stop = () => rm(folder, { recursive: true, force: true });
  return { store: createFolderStore(path.join(folder, "files")), stop };
}

async function inTestS3(): Promise<Started> {
  const { settings, stop } = await startTestS3();
  return { store: createS3Store(settings), settings, stop };
}

async function inNamedServer(): Promise<Started> {
  const { env } = process;
  const useSSL = env.MINIO_SECURE === "true";
  const endPoint = invariant(env.MINIO_ENDPOINT, "asked only when set");
  const port = Number(env.MINIO_PORT ?? 9_000);
  const settings = {
    endPoint,
    port,
    useSSL,
    accessKey: env.MINIO_ACCESS_KEY ?? "",
    secretKey: env.MINIO_SECRET_KEY ?? "",
    bucket: env.MINIO_BUCKET ?? "guildhall-test",
    publicUrl: `${useSSL ? "https" : "http"}://${endPoint}:${port}`,
  };
  return { store: createS3Store(settings), settings, stop: async () => {} };
}

const NAMED = "the server of MINIO_ENDPOINT";
const stores: [string, () => Promise<Started>][] = [
  ["the data folder", inFolder],
  ["S3", inTestS3],
];
if (process.env.MINIO_ENDPOINT) stores.push([NAMED, inNamedServer]);

const sum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
async function* inPieces(bytes: Buffer, size = 100_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const ALL = Number.POSITIVE_INFINITY;

describe.each(stores)("%s", (name, start) => {
  let started: Started;
  let store: FileStore;
  beforeAll(async () => {
    started = await start();
    store = started.store;
  });
  afterAll(() => started.stop());

  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of store.list()) found.push(key);
    return found;
  };
  const read = async (key: string, range?: { start: number; end: number }) =>
    buffer(invariant(await store.get(key, range), "an object"));

  test.each([0, 1, 300_000, 8 * MB, 8 * MB + 1, 20 * MB])("keeps %i bytes", async (size) => {
    const bytes = randomBytes(size);
    const key = randomUUID();
    expect(await store.put(key, inPieces(bytes), ALL)).toEqual({ size, sha256: sum(bytes) });
    expect(await store.stat(key)).toEqual({ size });
    expect((await read(key)).equals(bytes)).toBe(true);
    if (size > 10) {
      const range = { start: size - 10, end: size - 1 };
      expect((await read(key, range)).equals(bytes.subarray(-10))).toBe(true);
      expect((await read(key, { start: 0, end: 1 })).equals(bytes.subarray(0, 2))).toBe(true);
    }
    expect(await keys()).toContain(key);
    await store.delete(key);
    expect([await store.get(key), await store.stat(key)]).toEqual([null, null]);
    await store.delete(key);
  });

  test.each([1_000, 9 * MB])("what breaks off after %i bytes is seen by nobody", async (size) => {
    const key = randomUUID();
    async function* broken() {
      yield* inPieces(randomBytes(size));
      expect(await store.stat(key)).toBeNull();
      throw new Error("The sender is gone.");
    }
    await expect(store.put(key, broken(), ALL)).rejects.toThrow("The sender is gone.");
    await expect(store.put(key, inPieces(randomBytes(size)), size - 1)).rejects.toThrow(TooLong);
    expect(await store.stat(key)).toBeNull();
    expect(await keys()).not.toContain(key);
  });

  test("parts come in any order, twice, and make one object only in the end", async () => {
    const bytes = randomBytes(12 * MB);
    const of = { key: randomUUID(), upload: "" };
    of.upload = await store.parts.begin(of.key);
    const [one, two, three] = [0, 5 * MB, 10 * MB].map((at) => bytes.subarray(at, at + 5 * MB));
    const put = (n: number, part: Buffer | undefined) =>
      store.parts.put(
        { ...of, n, at: (n - 1) * 5 * MB },
        inPieces(invariant(part, "three")),
        5 * MB,
      );
    const third = await put(3, three);
    await put(1, two);
    const [first, second] = await Promise.all([put(1, one), put(2, two)]);
    expect(third.size).toBe(2 * MB);
    await expect(
      store.parts.put({ ...of, n: 4, at: 15 * MB }, inPieces(bytes), MB),
    ).rejects.toThrow(TooLong);
    expect([await store.stat(of.key), (await keys()).includes(of.key)]).toEqual([null, false]);
    await store.parts.join(of, [first, second, third]);
    expect((await read(of.key)).equals(bytes)).toBe(true);
  });

  test("a part goes straight to the store, where that has an address for it: these bytes and no others", async () => {
    const bytes = randomBytes(5 * MB);
    const of = { key: randomUUID(), upload: "" };
    of.upload = await store.parts.begin(of.key);
    const given = await store.parts.address({ ...of, n: 1 }, { size: 5 * MB, sha256: sum(bytes) });
    expect(given !== null).toBe(store.takesParts);
    if (!given) return expect(await store.parts.list(of)).toEqual([]);
    const { url, headers } = given;
    // Some stores hang up on what they refuse while it is still being sent: no answer is a refusal too.
    const send = (address: string, body: Buffer, more = headers) =>
      fetch(address, { method: "PUT", headers: more, body }).then(
        ({ status }) => status,
        () => 400,
      );
    const others = Buffer.from(bytes);
    others[7] = (others[7] ?? 0) + 1;
    for (const refused of [
      await send(url, bytes.subarray(1)),
      await send(url, Buffer.concat([bytes, bytes])),
      await send(url, others),
      await send(url, others, { "x-amz-content-sha256": sum(others) }),
      await send(url, bytes, {}),
      await send(url.replace("partNumber=1", "partNumber=2"), bytes),
      await send(url.replace(of.key, randomUUID()), bytes),
      await send(url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000"), bytes),
    ]) {
      expect([400, 403]).toContain(refused);
    }
    expect(await store.parts.list(of)).toEqual([]);
    const answer = await send(url, bytes);
    // A store that knows no signed sum in an address (Versity's does not) takes nothing there at all:
    // pages and tools then send by the server.
    if (name === NAMED && answer !== 200) return expect(await store.parts.list(of)).toEqual([]);
    expect(answer).toBe(200);
    const second = await store.parts.put(
      { ...of, n: 2, at: 5 * MB },
      inPieces(bytes.subarray(0, MB)),
      MB,
    );
    const parts = await store.parts.list(of);
    expect(parts.map(({ n, size }) => [n, size])).toEqual([
      [1, 5 * MB],
      [2, MB],
    ]);
    expect(parts[1]?.tag.replaceAll('"', "")).toBe(second.tag.replaceAll('"', ""));
    await store.parts.join(of, parts);
    expect((await read(of.key)).equals(Buffer.concat([bytes, bytes.subarray(0, MB)]))).toBe(true);
  });

  test("an unfinished object is dropped, also twice", async () => {
    const of = { key: randomUUID(), upload: "" };
    of.upload = await store.parts.begin(of.key);
    await store.parts.put({ ...of, n: 1, at: 0 }, inPieces(randomBytes(1_000)), MB);
    await store.parts.drop(of);
    await store.parts.drop(of);
    expect(await store.stat(of.key)).toBeNull();
    await store.put(of.key, inPieces(randomBytes(10)), ALL);
    await store.forget(of.key);
    await store.forget(of.key);
    expect(await store.stat(of.key)).toBeNull();
  });

  test("its address, where it has one, is good for this object alone and for a while", async () => {
    const [key, other] = [randomUUID(), randomUUID()];
    for (const each of [key, other]) await store.put(each, inPieces(Buffer.from("hello")), ALL);
    const disposition = contentDisposition("attachment", "ä (*) 'name'.txt");
    const address = await store.address(key, { type: "text/plain", disposition });
    if (!started.settings) return expect(address).toBeNull();
    const url = invariant(address, "S3 has a public address here");
    const got = await fetch(url);
    expect([got.status, await got.text()]).toEqual([200, "hello"]);
    expect(got.headers.get("content-disposition")).toBe(disposition);
    const status = async (altered: string) => (await fetch(altered)).status;
    expect(await status(url.replace(key, other))).toBe(403);
    expect(await status(url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000"))).toBe(403);
    expect(await status(url.split("?")[0] ?? "")).toBe(403);
    expect(await status(`${url}0`)).toBe(403);
  });
});

test("in the data folder nobody who is late writes into what was joined", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "guildhall-store-"));
  const store = createFolderStore(folder);
  const of = { key: randomUUID(), upload: "" };
  of.upload = await store.parts.begin(of.key);
  const bytes = randomBytes(3 * MB);
  const isOpen = Promise.withResolvers<void>();
  const isJoined = Promise.withResolvers<void>();
  async function* slowly() {
    yield bytes.subarray(0, MB);
    isOpen.resolve();
    await isJoined.promise;
    yield randomBytes(2 * MB);
  }
  const late = store.parts.put({ ...of, n: 1, at: 0 }, slowly(), 3 * MB);
  await isOpen.promise;
  const part = await store.parts.put({ ...of, n: 1, at: 0 }, inPieces(bytes), 3 * MB);
  await store.parts.join(of, [part]);
  isJoined.resolve();
  await late;
  expect((await buffer(invariant(await store.get(of.key), "joined"))).equals(bytes)).toBe(true);
  expect(await readdir(path.join(folder, ".incoming"))).toEqual([]);
  await rm(folder, { recursive: true });
});

test("in the data folder a dead worker's half object is forgotten by its key", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "guildhall-store-"));
  const store = createFolderStore(folder);
  const key = randomUUID();
  const incoming = path.join(folder, ".incoming");
  await mkdir(incoming);
  for (const name of [`${key}.${randomUUID()}`, `${randomUUID()}.${key}`]) {
    await writeFile(path.join(incoming, name), "half");
  }
  await store.forget(key);
  expect((await readdir(incoming)).map((name) => name.startsWith(key))).toEqual([false]);
  await rm(folder, { recursive: true });
});

test("a store that cannot be reached is called so, and answers again when it is back", async () => {
  const s3 = await startTestS3();
  const store = createS3Store(s3.settings);
  const put = () => store.put(randomUUID(), inPieces(Buffer.from("hello")), ALL);
  s3.pause();
  await expect(put()).rejects.toMatchObject({ reason: "file_store_unavailable" });
  s3.resume();
  expect((await put()).size).toBe(5);
  await s3.stop();
});
