import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { loadWorkspace } from "../core/access.ts";
import type { ActorContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import { readInProcess } from "../files/background/read-in-process.ts";
import { HEAD_BYTES, typeOf } from "../files/file-type.ts";
import { arrived, bodyOf } from "../files/upload/receive-file.ts";
import { Seats } from "../jobs/seats.ts";
import type { PictureOf } from "./set-picture.ts";

const MAX_BYTES = 10 * 1024 ** 2;

/** What every camera and browser makes. Nothing that is drawn by instructions, as an SVG. */
const TAKEN = new Set([
  "image/png",
  "image/apng",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
]);

/** Each is a process of up to a gigabyte: on one worker they are made one after the other. */
const makers = new Seats(1);

const tooLarge = () =>
  refused(
    "file_too_large",
    "The picture wasn't changed: it can be up to 10 MB. Use a smaller one.",
  );

const notTaken = () =>
  refused(
    "picture_refused",
    "The picture wasn't changed: use a PNG, JPEG, GIF, WebP or AVIF image.",
  );

const unreadable = () =>
  refused(
    "picture_refused",
    "The picture wasn't changed: the image couldn't be read. It may be damaged or too large; try another one.",
  );

/** The body as a small square, decoded and drawn anew; who may not set it is refused before it is read. */
export async function receivePicture(ctx: ActorContext, of: PictureOf, req: IncomingMessage) {
  const { db, limits } = ctx.services;
  const userId = ctx.actor.user.id;
  if (of.kind === "workspace") await loadWorkspace(db, userId, of.id, "owner");
  else if (of.id !== userId) throw notFound("picture");
  await limits.pictures.take(userId);
  if (Number(req.headers["content-length"] ?? 0) > MAX_BYTES) throw tooLarge();
  const folder = await mkdtemp(path.join(tmpdir(), "guildhall-picture-"));
  try {
    const file = path.join(folder, "image");
    const head = await arrived(req, toDisk(req, file));
    const type = await typeOf(head, "");
    if (!TAKEN.has(type)) throw notTaken();
    return await makers.with(() => makeSquare(file, type));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns its beginning, which says what it is. */
async function toDisk(req: IncomingMessage, file: string): Promise<Buffer> {
  const head: Buffer[] = [];
  let seen = 0;
  async function* bounded() {
    for await (const bytes of bodyOf(req)) {
      if (seen < HEAD_BYTES) head.push(Buffer.from(bytes.subarray(0, HEAD_BYTES - seen)));
      seen += bytes.length;
      if (seen > MAX_BYTES) throw tooLarge();
      // A piece is another's memory again once the next is asked for, and a file is written later.
      yield Buffer.from(bytes);
    }
  }
  await pipeline(Readable.from(bounded()), createWriteStream(file, { mode: 0o600 }));
  return Buffer.concat(head);
}

async function makeSquare(path: string, type: string): Promise<Uint8Array> {
  const wanted = { path, type, thumbnail: true, isSquare: true, text: false };
  const read = await readInProcess(wanted, AbortSignal.timeout(60_000));
  if ("died" in read) throw unreadable();
  const { thumbnail } = read.answer;
  if ("declined" in thumbnail || !thumbnail.made) throw unreadable();
  return thumbnail.made.bytes;
}
