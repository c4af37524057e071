import type { NodeJson } from "../json.ts";
import { safeHref, safeImageSrc } from "../safe-link.ts";
import type { Reading } from "./read-blocks.ts";

/** `[[Page#part|alias]]` and `![[picture.png|300]]`, when their name is known here; null: leave it. */
export function readWikiLink(value: string, reading: Reading): NodeJson[] | null {
  const found = /^(!?)\[\[([^[\]]+)\]\]$/.exec(value);
  if (!found) return null;
  const [target = "", ...rest] = (found[2] ?? "").replaceAll("\\|", "|").split("|");
  const alias = rest.join("|").trim();
  const resolved = reading.resolveName(target.trim(), found[1] ? "image" : "link");
  if (!resolved) return null;
  if (found[1]) {
    const src = safeImageSrc(resolved);
    const width = /^\d{1,4}$/.test(alias) ? Number(alias) : null;
    const attrs = { src, alt: width ? null : alias || null, title: null, width };
    return src ? [{ type: "image", attrs }] : null;
  }
  const href = safeHref(resolved);
  if (!href) return null;
  const mark = { type: "link", attrs: { href, title: null } };
  return [{ type: "text", text: alias || target.trim(), marks: [mark] }];
}
