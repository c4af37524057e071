/**
 * What people paste when they have a list of addresses: one a line, or with commas and semicolons between,
 * as `Grace Hopper <grace@example.org>`, `"Hopper, Grace" <grace@example.org>`, `grace@example.org (Grace)`,
 * a line of a table with tabs, `mailto:` and all.
 */
import { z } from "zod";
import { email } from "../core/text.ts";

export type Entry = { text: string; email: string | null; name: string | null };

const address = z.object({ email });

/** Where an entry ends, outside of quotes. */
function split(text: string): string[] {
  const entries: string[] = [];
  let entry = "";
  let isQuoted = false;
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted;
    // A quote that nobody closed ends with its line.
    if (letter === "\n") isQuoted = false;
    if (!isQuoted && /[,;\n\r]/.test(letter)) {
      entries.push(entry);
      entry = "";
    } else entry += letter;
  }
  return [...entries, entry].map((each) => each.trim()).filter(Boolean);
}

function read(text: string): Entry {
  const found = /[^\s<>"()[\]:,;]+@[^\s<>"()[\],;]+/.exec(text)?.[0];
  const read = address.safeParse({ email: found ?? text });
  if (!found || !read.success) return { text, email: null, name: null };
  const rest = text.replace(found, " ").replace(/mailto:/i, " ");
  const name = rest
    .replace(/[<>"()[\]\t]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return { text, email: read.data.email, name: name || null };
}

export const parseAddresses = (text: string): Entry[] => split(text).map(read);
