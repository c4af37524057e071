import { hash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from "node:zlib";

/** Below this a compressed answer is hardly shorter, and one packet either way. */
const WORTH_IT = 1_024;
/** Above this it is compressed beside the event loop; below, handing it over costs more. */
const BRIEF = 128 * 1_024;

/** Whoever asked and reads nothing of the answer makes us keep it. */
const UNREAD_MS = 60_000;

const brotliParams = (body: Buffer) => ({
  params: {
    // As small as gzip's level 6 at two thirds of its time; quality 4 takes more than twice that for 8 % less.
    [constants.BROTLI_PARAM_QUALITY]: 1,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  },
});
const GZIP = { level: 1 };
const brotliLater = promisify(brotliCompress);
const gzipLater = promisify(gzip);

/**
 * Sends a whole answer: 304 to who has it already, compressed to who can read that. `keepable` is
 * an answer to a read; only the one who asked may keep it, and asks each time whether it still holds.
 */
export async function sendWhole(
  req: IncomingMessage,
  res: ServerResponse,
  body: Buffer,
  { keepable }: { keepable: boolean },
): Promise<void> {
  res.appendHeader("vary", "accept-encoding");
  if (keepable) {
    // Weak: the same for every encoding of the body it is the hash of.
    const etag = `W/"${hash("sha256", body, "base64url")}"`;
    res.setHeader("etag", etag);
    res.setHeader("cache-control", "private, no-cache");
    if (names(req.headers["if-none-match"], etag)) {
      res.removeHeader("content-type");
      return void res.writeHead(304).end();
    }
  }
  const sent = await compressed(req, res, body);
  res.setHeader("content-length", sent.length);
  // Until it is out: then node sets its own for the next request.
  req.socket.setTimeout(UNREAD_MS);
  res.end(sent);
}

function names(ifNoneMatch: string | undefined, etag: string): boolean {
  const strong = etag.slice(2);
  return (ifNoneMatch ?? "").split(",").some((each) => each.trim().replace(/^W\//, "") === strong);
}

async function compressed(req: IncomingMessage, res: ServerResponse, body: Buffer) {
  const encoding = body.length < WORTH_IT ? null : encodingFor(req.headers["accept-encoding"]);
  if (!encoding) return body;
  res.setHeader("content-encoding", encoding);
  const brief = body.length < BRIEF;
  if (encoding === "gzip") return brief ? gzipSync(body, GZIP) : gzipLater(body, GZIP);
  const params = brotliParams(body);
  return brief ? brotliCompressSync(body, params) : brotliLater(body, params);
}

/** What the client accepts, of the two that we speak; `q=0` is a no. */
export function encodingFor(header: string | string[] | undefined): "br" | "gzip" | null {
  const accepted = String(header ?? "")
    .toLowerCase()
    .split(",")
    .map((each) => each.replace(/\s/g, ""))
    .filter((each) => !/;q=0(\.0*)?$/.test(each))
    .map((each) => each.split(";", 1)[0]);
  if (accepted.includes("br")) return "br";
  return accepted.includes("gzip") ? "gzip" : null;
}
