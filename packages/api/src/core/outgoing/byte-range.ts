import type { IncomingMessage } from "node:http";
import type { ByteRange } from "../file-store.ts";

/** One range; several at once are answered with everything, as RFC 9110 allows. */
export function rangeOf(
  req: IncomingMessage,
  size: number,
  etag: string,
): ByteRange | "unsatisfiable" | null {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(req.headers.range ?? "");
  const condition = req.headers["if-range"];
  if (!asked || (condition !== undefined && condition !== etag)) return null;
  const [, from = "", to = ""] = asked;
  if (from === "" && to === "") return null;
  const range: ByteRange =
    from === ""
      ? { start: Math.max(0, size - Number(to)), end: size - 1 }
      : { start: Number(from), end: to === "" ? size - 1 : Math.min(Number(to), size - 1) };
  return range.start > range.end ? "unsatisfiable" : range;
}
