/**
 * The desktop app as an operator published it, for whoever asks: it has to be had before anybody is signed in.
 *
 *   GET /desktop/latest-linux.yml                     a feed of updates, asked about again each time
 *   GET /desktop/Guildhall-0.2.0-linux-x64.AppImage   what it names, all of it or a range
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import type { Context } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import type { ByteRange } from "../core/file-store.ts";
import { sendPart } from "../core/outgoing/send-part.ts";
import { feedFileName, isFeedName } from "./signed-feed.ts";

const { desktopFiles } = schema;

export const DESKTOP = "/desktop/";

/** How long somebody keeps a file whose name never means other bytes. */
const FOR_GOOD = "public, max-age=31536000, immutable";

export async function answerDesktop(
  { services }: Context,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (req.method !== "GET" && req.method !== "HEAD") {
    throw refused("method_not_supported", "Use GET for this address.");
  }
  const name = (req.url ?? "").split(/[?#]/, 1)[0]?.slice(DESKTOP.length);
  const file = await findFile(services.db, name);
  const isFeed = isFeedName(file.name);
  const etag = `"${file.objectId}"`;
  const type = isFeed ? "text/yaml; charset=utf-8" : "application/octet-stream";
  const disposition = `attachment; filename="${file.name}"`;
  res.setHeader("content-type", type);
  res.setHeader("content-disposition", disposition);
  res.setHeader("etag", etag);
  res.setHeader("cache-control", isFeed ? "no-cache" : FOR_GOOD);
  res.setHeader("accept-ranges", "bytes");
  if (req.headers["if-none-match"] === etag) return void res.writeHead(304).end();

  const address =
    req.method === "GET" && !isFeed
      ? await services.files.address(file.objectId, { type, disposition })
      : null;
  if (address) {
    // Good for minutes only.
    res.setHeader("cache-control", "no-store");
    return void res.writeHead(302, { location: address }).end();
  }
  const open = (range: ByteRange | undefined) => services.files.get(file.objectId, range);
  await sendPart(req, res, { size: file.size, etag, open });
}

/** Looked up in a list, so that no address can name anything else. */
async function findFile(db: Context["services"]["db"], name: string | undefined) {
  const { success, data } = feedFileName.safeParse(name);
  const [file] = success
    ? await db.select().from(desktopFiles).where(eq(desktopFiles.name, data))
    : [];
  if (!file) throw notFound("file");
  return file;
}
