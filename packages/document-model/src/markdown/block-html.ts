import { readHtml } from "../html/read-html.ts";
import { writeHtml } from "../html/write-html.ts";
import type { NodeJson } from "../json.ts";
import type { Reading } from "./read-blocks.ts";

/** Exactly what `writeHtml` makes of one block: anything else in HTML stays raw. */
export function readBlockHtml(value: string, reading: Reading): NodeJson[] | null {
  if (!/^<(?:p|h[1-6]|[uo]l|table|blockquote|div|pre)\b[^\n]*$/.test(value)) return null;
  const [plain, ...others] = readHtml(value).content ?? [];
  if (!plain || others.length > 0 || writeHtml(plain) !== value) return null;
  return readHtml(value, { resolve: reading.resolve }).content ?? null;
}
