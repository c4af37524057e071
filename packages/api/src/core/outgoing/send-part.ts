import type { IncomingMessage, ServerResponse } from "node:http";
import { invariant } from "../errors.ts";
import type { ByteRange } from "../file-store.ts";
import { rangeOf } from "./byte-range.ts";
import { sendStream } from "./send-stream.ts";

type Content = Parameters<typeof sendStream>[0];

type Stored = {
  size: number;
  etag: string;
  /** Null: its bytes are gone. */
  open(range: ByteRange | undefined): Promise<Content | null>;
  /** Asked while it goes out; without it nobody's right is at stake. */
  mayStill?: Parameters<typeof sendStream>[2];
};

/** All of it, or the range that is asked for; the other headers are set before. */
export async function sendPart(
  req: IncomingMessage,
  res: ServerResponse,
  { size, etag, open, mayStill }: Stored,
): Promise<void> {
  const range = rangeOf(req, size, etag);
  if (range === "unsatisfiable") {
    return void res.writeHead(416, { "content-range": `bytes */${size}` }).end();
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  res.statusCode = range ? 206 : 200;
  if (range) res.setHeader("content-range", `bytes ${start}-${end}/${size}`);
  res.setHeader("content-length", end - start + 1);
  if (req.method === "HEAD" || size === 0) return void res.end();
  const content = await open(range ?? undefined);
  await sendStream(invariant(content, "the bytes of a file that is listed"), res, mayStill);
}
