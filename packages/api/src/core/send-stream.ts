import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

/** Who closes the page or stops a video is missed by nobody. The last: they had left before it began. */
const LEAVING = new Set(["ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "ERR_STREAM_UNABLE_TO_PIPE"]);

/** All of it to whoever asked, or as much as they stay for. */
export async function sendStream(
  content: Readable | ReadableStream,
  res: ServerResponse,
): Promise<void> {
  const source = content instanceof Readable ? content : Readable.fromWeb(content);
  try {
    await pipeline(source, res);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!LEAVING.has(code)) throw error;
  } finally {
    // A pipeline that cannot begin leaves its source open, with the file or the subscription behind it.
    source.destroy();
  }
}
