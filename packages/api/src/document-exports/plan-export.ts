/**
 * Where each document and file of an export stands in its zip. Everything stands in one folder, named
 * after what is exported, so that an import gives that folder back. A document's files stand beside it
 * in `Name.files/`, a folder's in it. The order and the names depend on nothing but what people see:
 * the same tree, exported by another server, is the same bytes.
 */
import type { Role } from "../core/access.ts";

export type ExportedDocument = {
  id: string;
  parentId: string | null;
  kind: "document" | "folder";
  title: string;
  sourceName: string | null;
  frontMatter: string | null;
  rank: string;
  role?: Role;
};

export type ExportedFile = {
  id: string;
  documentId: string;
  name: string;
  size: number;
  objectId: string;
};

export type ExportPlan = {
  documents: { document: ExportedDocument; path: string }[];
  files: { file: ExportedFile; path: string }[];
  /** Of documents, folders (with a slash at the end) and files, by their id. */
  paths: Map<string, string>;
};

export function planExport(
  rootName: string,
  documents: ExportedDocument[],
  files: ExportedFile[],
): ExportPlan {
  const known = new Set(documents.map(({ id }) => id));
  // What stands in something that is not exported stands at the top.
  const above = ({ parentId }: ExportedDocument) =>
    parentId && known.has(parentId) ? parentId : null;
  const below = Map.groupBy(documents, above);
  const filesOf = Map.groupBy(files, ({ documentId }) => documentId);
  const plan: ExportPlan = { documents: [], files: [], paths: new Map() };

  function place(parentId: string | null, folder: string, taken: Names) {
    for (const document of (below.get(parentId) ?? []).toSorted(inOrder)) {
      const hasBelow = below.has(document.id);
      if (document.kind === "folder") placeFolder(document, folder, taken);
      else {
        const name = taken.take(fileNameOf(document), (given) => [given, stemOf(given)]);
        const path = `${folder}${name}`;
        plan.documents.push({ document, path });
        plan.paths.set(document.id, path);
        const stem = `${folder}${stemOf(name)}`;
        placeFiles(document.id, `${stem}.files/`, new Names());
        if (hasBelow) place(document.id, `${stem}/`, new Names());
      }
    }
  }

  function placeFolder(document: ExportedDocument, folder: string, taken: Names) {
    const path = `${folder}${taken.take(folderNameOf(document))}/`;
    plan.paths.set(document.id, path);
    const inside = new Names();
    place(document.id, path, inside);
    placeFiles(document.id, path, inside);
  }

  function placeFiles(documentId: string, folder: string, taken: Names) {
    for (const file of (filesOf.get(documentId) ?? []).toSorted(byName)) {
      const path = `${folder}${taken.take(file.name.replace(/[\\/\p{Cc}]/gu, "_"))}`;
      plan.files.push({ file, path });
      plan.paths.set(file.id, path);
    }
  }

  const tops = below.get(null) ?? [];
  const [only] = tops;
  // The folder that is exported is the one folder around everything.
  if (tops.length === 1 && only?.kind === "folder") placeFolder(only, "", new Names());
  else place(null, `${safeName(rootName) || "Documents"}/`, new Names());
  return plan;
}

/** The order in which names are given: of those that would be the same, the first keeps it. */
const inOrder = (a: ExportedDocument, b: ExportedDocument) =>
  a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1;
const byName = (a: ExportedFile, b: ExportedFile) =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1;

/** Names that are given in one folder; a disk may take `A` and `a` for the same. */
class Names {
  readonly taken = new Set<string>();

  take(wanted: string, alsoTakes: (name: string) => string[] = (name) => [name]): string {
    for (let n = 1; ; n++) {
      const name = n === 1 ? wanted : numbered(wanted, n);
      const keys = alsoTakes(name).map((each) => each.normalize("NFC").toLowerCase());
      if (keys.some((key) => this.taken.has(key))) continue;
      for (const key of keys) this.taken.add(key);
      return name;
    }
  }
}

const ending = /\.[^./]{1,10}$/;
const stemOf = (name: string) => name.replace(ending, "");
const numbered = (name: string, n: number) =>
  `${stemOf(name)} (${n})${ending.exec(name)?.[0] ?? ""}`;

/** The name that it came with; what was no Markdown is Markdown now. */
export function fileNameOf({ sourceName, title }: Pick<ExportedDocument, "sourceName" | "title">) {
  if (sourceName === null) return `${safeName(title) || "Untitled"}.md`;
  return /\.(md|mdx|markdown)$/i.test(sourceName) ? sourceName : `${stemOf(sourceName)}.md`;
}

const folderNameOf = ({ sourceName, title }: ExportedDocument) =>
  sourceName === title && sourceName ? sourceName : safeName(title) || "Untitled";

/** What no disk refuses. */
export function safeName(title: string): string {
  const plain = title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "_").replace(/^[. ]+|[. ]+$/g, "");
  let name = "";
  for (const sign of plain) {
    if (Buffer.byteLength(name + sign) > 200) break;
    name += sign;
  }
  return name.trim();
}

/** From the folder of one path to another, as a link in Markdown says it. */
export function relativePath(from: string, to: string): string {
  const source = from.split("/").slice(0, -1);
  const target = to.split("/");
  let shared = 0;
  while (
    shared < source.length &&
    shared < target.length - 1 &&
    source[shared] === target[shared]
  ) {
    shared++;
  }
  const up = source.slice(shared).map(() => "..");
  const path = [...up, ...target.slice(shared)].join("/").replace(/[%#?]/g, encodeURIComponent);
  // A colon in the first name would make it a scheme.
  return path === "" ? "./" : /^[^/]*:/.test(path) ? `./${path}` : path;
}
