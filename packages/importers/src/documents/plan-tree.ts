/**
 * What becomes of each file of an archive.
 *
 * A folder of the archive becomes one of the tree when something is to stand in it. A picture or other
 * file is kept with the document that is the first to show it: so the folders of pictures, which only
 * their writers' programs needed, do not fill the tree. An export writes them to `Name.files/`; of
 * those the document beside is the owner whoever else shows them, so that a second import finds the
 * same. Files that no document shows are kept with the folder in which they lay.
 */
import { uuidv7 } from "uuidv7";
import { DocumentImportRefusal } from "./import-refusal.ts";
import { folderOf, LinkIndex, type Target } from "./link-index.ts";
import type { ImportNote } from "./plan.ts";
import type { ArchivedFile } from "./read-archive.ts";

export type Entry = ArchivedFile & { id: string; kind: "document" | "file" };

export type Tree = {
  /** All paths stand below it; null when a single document was given. */
  root: { name: string; id: string } | null;
  /** Without the folder that is around everything; `top` has it. */
  entries: Entry[];
  top: string;
  folders: Map<string, string>;
  index: LinkIndex;
  skipped: ImportNote[];
};

const MB = 1024 * 1024;
/** A longer text is no document that anybody could edit. */
const MOST_TEXT = 4 * MB;
const MOST_DOCX = 32 * MB;
/** All of it is in memory at once before it is written. */
const MOST_TEXT_TOGETHER = 128 * MB;
/** What people make by hand is never as deep; a name of 64 KB can be 32,000 folders. */
const MOST_DEPTH = 32;
const MOST_FOLDERS = 10_000;

export function planTree(files: ArchivedFile[], archiveName: string | null): Tree {
  const skipped: ImportNote[] = [];
  const kept = files.filter(({ path }) => {
    const why = whyNot(path);
    if (why) skipped.push({ path: shown(path), message: why, severity: "skipped" });
    return !why;
  });
  const hasMarkdown = kept.some(({ path }) => isMarkdown(path));
  const top = archiveName === null ? null : commonFolder(kept);
  const cut = top ? top.length + 1 : 0;
  const entries = kept
    .map((file): Entry => {
      const path = file.path.slice(cut);
      const why = asFile(path, file.size, hasMarkdown);
      if (why) skipped.push({ path: file.path, message: why, severity: "note" });
      const kind = isDocument(path) && !why ? "document" : "file";
      return { ...file, path, kind, id: uuidv7() };
    })
    .sort((a, b) => compare(a.path, b.path));
  const folders = new Map<string, string>();
  const targets: Target[] = entries.map(({ path, kind }) => ({ path, kind }));
  for (const { path } of entries) {
    for (let folder = folderOf(path); folder && !folders.has(folder); folder = folderOf(folder)) {
      folders.set(folder, uuidv7());
      targets.push({ path: folder, kind: "folder" });
    }
  }
  refuseTooMuch(entries, folders.size);
  const name = top ?? archiveName;
  const root = name === null ? null : { name, id: uuidv7() };
  return {
    root,
    top: top ? `${top}/` : "",
    entries,
    folders,
    index: new LinkIndex(targets),
    skipped,
  };
}

const isMarkdown = (path: string) => /\.(md|mdx|markdown)$/i.test(path);
const isDocument = (path: string) => isMarkdown(path) || /\.(html?|docx)$/i.test(path);

/** A path of 64 KB says no more than its ends. */
const shown = (path: string) =>
  path.length > 300 ? `${path.slice(0, 140)} … ${path.slice(-140)}` : path;

/** Programs leave these beside what people made. */
function whyNot(path: string): string | null {
  const parts = path.split("/");
  const hidden = parts.find((part) => part.startsWith(".") || part === "__MACOSX");
  if (hidden) return `Skipped a hidden item (“${hidden}”): app settings, not a document.`;
  if (/^(Thumbs\.db|desktop\.ini)$/i.test(parts.at(-1) ?? ""))
    return "Skipped a Windows system file.";
  if (parts.length > MOST_DEPTH) return `It's nested more than ${MOST_DEPTH} folders deep.`;
  if (parts.some((part) => Buffer.byteLength(part) > 255))
    return "A name in its path is longer than 255 bytes.";
  if (/\p{Cc}/u.test(path))
    return "A name in its path contains characters that can't be displayed.";
  return null;
}

function refuseTooMuch(entries: Entry[], folders: number) {
  const texts = entries.filter(({ kind }) => kind === "document");
  const size = texts.reduce((sum, each) => sum + each.size, 0);
  if (size > MOST_TEXT_TOGETHER) {
    throw new DocumentImportRefusal(
      "zip_too_large",
      `The documents are larger than ${MOST_TEXT_TOGETHER / MB} MB in total. Import the folders one by one.`,
    );
  }
  if (folders > MOST_FOLDERS) {
    throw new DocumentImportRefusal(
      "zip_too_many_files",
      `There are ${folders} folders; the limit is ${MOST_FOLDERS}. Import them one by one.`,
    );
  }
}

/** Why something with a document's name is kept as a file. */
function asFile(path: string, size: number, hasMarkdown: boolean): string | null {
  if (hasMarkdown && /\.html?$/i.test(path)) {
    return "Kept as a file: next to Markdown, an HTML page is treated as an example.";
  }
  const most = /\.docx$/i.test(path) ? MOST_DOCX : MOST_TEXT;
  if (isDocument(path) && size > most) {
    return `Kept as a file: documents can be up to ${most / MB} MB.`;
  }
  return null;
}

/** The folder in which everything lies, if there is one. */
function commonFolder(files: ArchivedFile[]): string | null {
  const tops = new Set(files.map(({ path }) => path.slice(0, Math.max(0, path.indexOf("/")))));
  const [top] = tops;
  return tops.size === 1 && top ? top : null;
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const isIndex = (name: string) => /^(_?index|readme)\.\w+$/i.test(name);

/** As people order files: numbers by their size, the page of a folder first. */
function compare(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  for (let at = 0; ; at++) {
    const [one, other] = [left[at], right[at]];
    if (one === undefined || other === undefined) return left.length - right.length;
    if (one === other) continue;
    const first = Number(isIndex(other)) - Number(isIndex(one));
    return first || collator.compare(one, other) || (one < other ? -1 : 1);
  }
}
