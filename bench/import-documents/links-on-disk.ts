/**
 * Which links of a folder of Markdown lead to a file of it, read without anything of the importer: a
 * second opinion on what it says of itself. A path counts as written, with its `%20` read, and with the
 * endings that programs leave out; `[[Name]]` counts by the name of a file. Code is no text.
 */
import path from "node:path";

export type DiskLink = { from: string; written: string; to: string };

const endings = ["", ".md", ".mdx", "/index.md", "/_index.md", "/README.md"];

export function linksOnDisk(files: Map<string, Uint8Array>): DiskLink[] {
  const byName = new Map<string, string>();
  for (const each of [...files.keys()].reverse()) {
    const name = path.posix.basename(each).toLowerCase();
    byName.set(name, each);
    byName.set(name.replace(/\.mdx?$/, ""), each);
  }
  const found = new Map<string, DiskLink>();
  for (const [from, bytes] of files) {
    if (!/\.(md|mdx|markdown)$/i.test(from)) continue;
    const text = withoutCode(new TextDecoder().decode(bytes));
    const keep = (written: string, to: string | undefined) => {
      if (to) found.set(`${from}\n${written}`, { from, written, to });
    };
    for (const written of addressesIn(text)) keep(written, fileAt(files, from, written));
    for (const [, name = ""] of text.matchAll(/\[\[([^\]|#\n]+)[^\]\n]*\]\]/g)) {
      const wanted = path.posix.basename(name.trim()).toLowerCase();
      keep(`[[${name}]]`, byName.get(wanted));
    }
  }
  return [...found.values()];
}

const withoutCode = (text: string) =>
  text
    .replace(/^---\n[\s\S]*?\n---(\n|$)/, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^([ \t>*-]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t>*-]*\2`*~*[ \t]*$/gm, "")
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");

function* addressesIn(text: string): Generator<string> {
  const labels = new Map<string, string>();
  const definition = /^ {0,3}\[([^\]^][^\]]*)\]:\s*<?([^\s>]+)/gm;
  for (const [, label = "", address = ""] of text.matchAll(definition)) {
    labels.set(label.toLowerCase(), address);
  }
  const body = text.replace(definition, "");
  for (const [, inAngles, bare] of body.matchAll(/\]\(\s*(?:<([^>\n]*)>|([^\s()]*))/g)) {
    yield inAngles ?? bare ?? "";
  }
  // Only what is used: a definition alone shows nothing.
  for (const [, label = ""] of body.matchAll(/\[([^[\]]+)\](?![(:])/g)) {
    const address = labels.get(label.toLowerCase());
    if (address) yield address;
  }
}

function fileAt(files: Map<string, Uint8Array>, from: string, written: string) {
  const where = written.replace(/[?#].*$/s, "");
  if (!where || /^([a-z][\w+.-]*:|\/)/i.test(where)) return undefined;
  for (const asked of [where, decoded(where)]) {
    const at = path.posix.join(path.posix.dirname(from), asked).replace(/\/$/, "");
    const ending = endings.find((each) => files.has(at + each));
    if (ending !== undefined) return at + ending;
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
