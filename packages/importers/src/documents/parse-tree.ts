/** An uploaded archive, or a single document, as nodes of the tree, their files and a report. */
import path from "node:path";
import { nodesOf, ownHref, writeDocument } from "@guildhall/document-model";
import { uuidv7 } from "uuidv7";
import type { ByteSource } from "./byte-source.ts";
import { DocumentImportRefusal } from "./import-refusal.ts";
import { folderOf, slugOf, type Target } from "./link-index.ts";
import type { ImportNote, PlannedFile, PlannedNode, TreeReport } from "./plan.ts";
import { type Entry, planTree, type Tree } from "./plan-tree.ts";
import { type ArchivedFile, contentOf, isZip, readArchive } from "./read-archive.ts";
import { type Resolve, readSource, type Source } from "./read-source.ts";

export type Listener = {
  progress(done: number, total: number): void;
  nodes(nodes: PlannedNode[]): void;
  /** Awaited before the next file is unpacked. */
  file(file: PlannedFile): Promise<void>;
};

/** About two for each file that an archive may have would be 3 MB; a thousand documents have all of theirs. */
const MOST_PROBLEMS = 2_000;

type Upload = ByteSource & { name: string };

export async function parseTree(upload: Upload, listener: Listener): Promise<TreeReport> {
  const tree = await openUpload(upload);
  const parsing = new Parsing(tree, listener);
  const total = tree.entries.length;
  if (!tree.entries.some(({ kind }) => kind === "document")) {
    throw tree.root === null && tree.skipped.length > 0 ? tooLarge() : nothingToImport();
  }
  let done = 0;
  for (const entry of tree.entries) {
    if (entry.kind !== "document") continue;
    await parsing.document(entry);
    listener.progress(++done, total);
  }
  parsing.folders();
  for (const entry of tree.entries) {
    if (entry.kind !== "file") continue;
    await parsing.file(entry);
    listener.progress(++done, total);
  }
  return parsing.report();
}

async function openUpload(upload: Upload): Promise<Tree> {
  const { name, size } = upload;
  const head = await upload.read(0, Math.min(size, HEAD));
  if (isZip(head) && !/\.docx$/i.test(name)) {
    const files = await readArchive(upload);
    return planTree(files, name.replace(/\.zip$/i, "") || "Import");
  }
  async function* content() {
    yield await upload.read(0, size);
  }
  const file: ArchivedFile = { path: name, size, content };
  return planTree([file], null);
}

/** What shows that it is a zip. */
const HEAD = 4;

const nothingToImport = () =>
  new DocumentImportRefusal(
    "nothing_to_import",
    "No documents found. You can import Markdown (.md, .mdx), HTML and Word (.docx) files.",
  );

/** Of a single one, which cannot be kept as a file instead. */
const tooLarge = () =>
  new DocumentImportRefusal(
    "document_too_large",
    "This document is too large. Texts can have up to 4 MB, Word documents up to 32 MB.",
  );

function unreadable(name: string, error: unknown) {
  if (error instanceof DocumentImportRefusal) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new DocumentImportRefusal(
    "document_broken",
    `“${name}” couldn't be read (${why}). Save it again in the program that created it.`,
  );
}

const stemOf = (name: string) => name.replace(/\.[^.]+$/, "");

class Parsing {
  readonly tree: Tree;
  readonly listener: Listener;
  readonly ids = new Map<string, string>();
  /** Which document keeps a file: by the path of the file. */
  readonly owners = new Map<string, Entry>();
  readonly usedFolders = new Set<string>();
  readonly notes: ImportNote[];
  linksResolved = 0;
  linksUnresolved = 0;
  documents = 0;
  files = 0;

  constructor(tree: Tree, listener: Listener) {
    this.tree = tree;
    this.listener = listener;
    this.notes = [...tree.skipped];
    for (const { path: where, id } of tree.entries) this.ids.set(where, id);
    for (const [where, id] of tree.folders) this.ids.set(where, id);
    for (const entry of tree.entries) this.useOwnFolder(entry);
  }

  /** `Name.files/` belongs to `Name.md`. */
  useOwnFolder(entry: Entry) {
    const [, owner] = entry.kind === "file" ? (/^(.+)\.files\/[^/]+$/.exec(entry.path) ?? []) : [];
    const found = owner
      ? this.tree.entries.find(
          ({ kind, path: where }) =>
            kind === "document" && where.replace(/\.[^./]+$/, "") === owner,
        )
      : undefined;
    if (found) this.owners.set(entry.path, found);
  }

  async document(entry: Entry) {
    const broken: string[] = [];
    const name = path.posix.basename(entry.path);
    const source = await this.read(entry, name, broken);
    this.note(entry, source.notes);
    const raw = [...nodesOf(source.json)].filter(({ type }) => type.startsWith("raw")).length;
    if (raw > 0) this.note(entry, [`${raw} × HTML, template code or similar, kept unchanged.`]);
    if (broken.length > 0) {
      const some = [...new Set(broken)].slice(0, 5).join(", ");
      const more = broken.length > 5 ? ` and ${broken.length - 5} more` : "";
      this.note(entry, [`Points to nothing in this folder, kept unchanged: ${some}${more}`]);
    }
    const update = writeDocument(source.json);
    const { title, frontMatter } = source;
    const parentId = this.parentOf(entry.path);
    this.documents++;
    this.listener.nodes([
      { id: entry.id, parentId, kind: "document", title, sourceName: name, frontMatter, update },
    ]);
    for (const { id, name: file, bytes } of source.pictures) {
      this.files++;
      await this.listener.file({ id, name: file, documentId: entry.id, content: once(bytes) });
    }
  }

  /** One that cannot be read does not stop the others: its document then holds the file itself. */
  async read(entry: Entry, name: string, broken: string[]): Promise<Source> {
    const bytes = await contentOf(entry);
    try {
      return await readSource(name, bytes, this.resolver(entry, broken));
    } catch (error) {
      if (this.tree.root === null) throw unreadable(name, error);
      const why = error instanceof Error ? error.message : String(error);
      const file = { id: uuidv7(), name, bytes };
      const attrs = { fileId: file.id, name, size: bytes.length };
      return {
        json: { type: "doc", content: [{ type: "fileBlock", attrs }] },
        title: stemOf(name),
        frontMatter: null,
        pictures: [file],
        notes: [`Couldn't be read, so it was kept as a file: ${why}`],
      };
    }
  }

  /** Of what stands at this path; its folders are then made. */
  parentOf(where: string): string | null {
    const folder = folderOf(where);
    if (!folder) return this.tree.root?.id ?? null;
    for (let each = folder; each; each = folderOf(each)) this.usedFolders.add(each);
    return this.ids.get(folder) ?? null;
  }

  resolver(entry: Entry, broken: string[]): Resolve {
    const answer = (target: Target | null, hash: string, use: "link" | "image") => {
      if (!target || (use === "image" && target.kind !== "file")) return null;
      const id = this.ids.get(target.path);
      if (!id) return null;
      if (target.kind !== "file") {
        if (target.kind === "folder") this.parentOf(`${target.path}/x`);
        return ownHref("document", id, decoded(hash));
      }
      if (!this.owners.has(target.path)) this.owners.set(target.path, entry);
      return ownHref("file", id);
    };
    return {
      resolve: (address, use) => {
        const parts = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(address);
        const where = parts?.[1] ?? "";
        if (!where || /^([a-z][\w+.-]*:|\/\/)/i.test(address)) return address;
        const found = answer(this.tree.index.find(where, entry.path), parts?.[2] ?? "", use);
        if (found) this.linksResolved++;
        else {
          this.linksUnresolved++;
          broken.push(address);
        }
        return found ?? address;
      },
      resolveName: (name, use) => {
        const [where = "", heading = ""] = name.split("#");
        if (!where) return heading ? `#${slugOf(heading)}` : null;
        const target = this.tree.index.findByName(where, entry.path);
        const found = answer(target, heading && slugOf(heading), use);
        if (found) this.linksResolved++;
        else {
          this.linksUnresolved++;
          broken.push(`[[${name}]]`);
        }
        return found;
      },
    };
  }

  /** Those in which something stands. Those above come first. */
  folders() {
    for (const { path: where, kind } of this.tree.entries) {
      if (kind === "file" && !this.owners.has(where)) this.parentOf(where);
    }
    const { root, folders } = this.tree;
    const used = [...this.usedFolders].sort((a, b) => a.split("/").length - b.split("/").length);
    const nodes = used.map((where) => ({
      ...folderNode(path.posix.basename(where)),
      id: folders.get(where) ?? "",
      parentId: this.parentOf(where),
    }));
    if (root) nodes.unshift({ ...folderNode(root.name), id: root.id, parentId: null });
    this.listener.nodes(nodes);
  }

  async file(entry: Entry) {
    const documentId = this.owners.get(entry.path)?.id ?? this.parentOf(entry.path);
    if (documentId === null) return;
    this.files++;
    const name = path.posix.basename(entry.path);
    await this.listener.file({ id: entry.id, name, documentId, content: entry.content() });
  }

  note({ path: where }: Entry, messages: string[]) {
    for (const message of messages) {
      this.notes.push({ path: this.tree.top + where, message, severity: "note" });
    }
  }

  report(): TreeReport {
    const { documents, files, linksResolved, linksUnresolved, notes } = this;
    return {
      ...{ documents, files, linksResolved, linksUnresolved },
      folders: this.usedFolders.size + (this.tree.root ? 1 : 0),
      problems: notes.slice(0, MOST_PROBLEMS),
      problemCount: notes.length,
    };
  }
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

const folderNode = (name: string) => ({
  kind: "folder" as const,
  title: [...name].slice(0, 500).join(""),
  sourceName: name,
  frontMatter: null,
  update: null,
});

function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}
