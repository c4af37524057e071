import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { Context } from "../context.ts";
import { unlessRefused } from "../errors.ts";

/** Who closes the page or stops a video is missed by nobody. The last: they had left before it began. */
const LEAVING = new Set(["ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "ERR_STREAM_UNABLE_TO_PIPE"]);

const ASK_EVERY_MS = 1_000;

/** Whether whoever asked is signed in still, and `authorise` refuses nothing. */
export const asLongAs =
  (
    { services, credentials }: Pick<Context, "services" | "credentials">,
    authorise: () => Promise<unknown>,
  ) =>
  async () =>
    (await services.authenticate(credentials)) !== null && (await unlessRefused(authorise));

/**
 * All of it to whoever asked, or as much as they stay for. `mayStill` is asked each second for as long as it
 * takes: who loses the right meanwhile gets no more, and neither does anybody while there is no answer.
 */
export async function sendStream(
  content: Readable | ReadableStream,
  res: ServerResponse,
  mayStill: () => Promise<boolean> = async () => true,
): Promise<void> {
  const source = content instanceof Readable ? content : Readable.fromWeb(content);
  let asking = false;
  let isOver = false;
  const timer = setInterval(async () => {
    if (asking) return;
    asking = true;
    const may = await mayStill().catch(() => false);
    // Its connection may carry the next answer already.
    if (!may && !isOver) res.destroy();
    asking = false;
  }, ASK_EVERY_MS);
  try {
    await pipeline(source, res);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!LEAVING.has(code)) throw error;
  } finally {
    isOver = true;
    clearInterval(timer);
    // A pipeline that cannot begin leaves its source open, with the file or the subscription behind it.
    source.destroy();
  }
}
