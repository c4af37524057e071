import type { Queryable } from "@guildhall/db";
import type { ExportPlan } from "./plan-export.ts";
import { readTexts } from "./read-export.ts";
import type { Renderer } from "./renderer.ts";
import type { ZipEntry } from "./stream-zip.ts";

/** Texts are read so many at a time. */
const AT_ONCE = 20;

/** Each document as Markdown, read when its turn comes. */
export function* documentEntries(
  q: Queryable,
  documents: ExportPlan["documents"],
  renderer: Renderer,
): Generator<ZipEntry> {
  let texts = new Map<string, Uint8Array>();
  for (const [at, { document, path }] of documents.entries()) {
    const content = async () => {
      if (at % AT_ONCE === 0) {
        const next = documents.slice(at, at + AT_ONCE).map((each) => each.document.id);
        texts = await readTexts(q, next);
      }
      const text = { ...document, update: texts.get(document.id) ?? null };
      return Buffer.from(await renderer.render({ as: "markdown", text, path }));
    };
    yield { path, content };
  }
}
