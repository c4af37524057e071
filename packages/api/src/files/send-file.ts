import type { IncomingMessage, ServerResponse } from "node:http";
import { schema } from "@guildhall/db";
import type { Context } from "../core/context.ts";
import { notFound, signInFirst, unlessRefused } from "../core/errors.ts";
import { ADDRESS_SECONDS, type ByteRange } from "../core/file-store.ts";
import { sendPart } from "../core/outgoing/send-part.ts";
import { asLongAs } from "../core/outgoing/send-stream.ts";
import { isOpenAccount } from "../core/rights/open-account.ts";
import { chooseContent } from "./choose-content.ts";
import { contentDisposition } from "./file-name.ts";
import { isShown } from "./file-type.ts";
import { loadFile } from "./load-file.ts";
import { readSignature } from "./store/signed-address.ts";

const { users } = schema;

type Exchange = { req: IncomingMessage; res: ServerResponse; id: string; query: URLSearchParams };

/** The bytes of a file, all or a range, to whoever may see the place that it stands in. */
export async function sendFile(ctx: Context, { req, res, id, query }: Exchange): Promise<void> {
  const { services } = ctx;
  const isSigned = query.has("signature");
  const userId = isSigned
    ? readSignature(services.config.jwtSecret, id, query)
    : ((await ctx.findActor())?.user.id ?? null);
  if (userId === null) throw isSigned ? notFound("file") : signInFirst();
  const load = async () => {
    // An address outlives the session that asked for it, and not the account.
    const isOpen = !isSigned || (await services.db.$count(users, isOpenAccount(userId))) > 0;
    if (!isOpen) throw notFound("file");
    return loadFile(services.db, userId, id, "viewer");
  };
  const loaded = await load();
  const file = await chooseContent(services.db, loaded, query);

  const etag = `"${file.etag}"`;
  setSafeHeaders(res, file, { isSigned, asAttachment: query.has("download") });
  res.setHeader("etag", etag);
  // Kept by this person's browser alone, which asks each time whether they may still see it.
  res.setHeader("cache-control", "private, no-cache");
  res.setHeader("accept-ranges", "bytes");
  if (req.headers["if-none-match"] === etag) return void res.writeHead(304).end();

  // Straight from the store, where it has an address for people: not through this process.
  const disposition = String(res.getHeader("content-disposition"));
  const address = await services.files.address(file.objectId, { type: file.type, disposition });
  // Which is good for a GET alone.
  if (address && req.method !== "HEAD") {
    res.setHeader("cache-control", `private, max-age=${ADDRESS_SECONDS - 60}`);
    return void res.writeHead(302, { location: address }).end();
  }

  const open = (range: ByteRange | undefined) => services.files.get(file.objectId, range);
  const mayStill = isSigned ? () => unlessRefused(load) : asLongAs(ctx, load);
  await sendPart(req, res, { size: file.size, etag, open, mayStill });
}

type Shown = { isSigned: boolean; asAttachment: boolean };

/**
 * A file is somebody else's work: whatever it is, it runs nothing in our origin. What a browser does
 * not safely show by itself is only ever saved.
 */
function setSafeHeaders(
  res: ServerResponse,
  { name, type }: { name: string; type: string },
  { isSigned, asAttachment }: Shown,
) {
  const isInline = isShown(type) && !asAttachment;
  // A browser's own viewer of PDFs does not open in a sandbox; it runs none of our origin either.
  const sandbox = type === "application/pdf" && isInline ? "" : "; sandbox";
  res.setHeader(
    "content-security-policy",
    `default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; frame-ancestors 'self'${sandbox}`,
  );
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("cross-origin-resource-policy", isSigned ? "cross-origin" : "same-origin");
  res.setHeader("content-type", type === "text/plain" ? "text/plain; charset=utf-8" : type);
  res.setHeader(
    "content-disposition",
    contentDisposition(isInline ? "inline" : "attachment", name),
  );
}
