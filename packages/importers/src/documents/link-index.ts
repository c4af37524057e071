/** Finds what a relative link means among the files of an archive, as the many programs do that write them. */
import GithubSlugger from "github-slugger";

/** By name of the file: what a folder shows when a link names only the folder. */
const indexNames = ["index.md", "_index.md", "readme.md", "index.mdx", "_index.mdx", "index.html"];
const endings = ["", ".md", ".mdx", ".markdown", ".html", ".docx"];

export type Target = { path: string; kind: "document" | "folder" | "file" };

const fold = (path: string) => path.normalize("NFC").toLowerCase();

export class LinkIndex {
  readonly exact = new Map<string, Target>();
  readonly folded = new Map<string, Target>();
  readonly byName = new Map<string, Target[]>();

  constructor(targets: Target[]) {
    for (const target of targets) {
      this.exact.set(target.path, target);
      if (!this.folded.has(fold(target.path))) this.folded.set(fold(target.path), target);
      if (target.kind === "folder") continue;
      const name = fold(target.path.slice(target.path.lastIndexOf("/") + 1));
      for (const key of new Set([name, name.replace(/\.(md|mdx|markdown)$/, "")])) {
        this.byName.set(key, [...(this.byName.get(key) ?? []), target]);
      }
    }
  }

  /** `from`: the path of the document in which it is written. */
  find(written: string, from: string): Target | null {
    for (const asked of spellings(written)) {
      for (const base of bases(asked, from)) {
        const path = join(base, asked);
        const found = path === null ? null : this.at(path);
        if (found) return found;
      }
    }
    return null;
  }

  /** By a name alone, as in `[[Name]]`, or the end of a path; the nearest of several. */
  findByName(name: string, from: string): Target | null {
    const wanted = fold(name.replace(/^\/+/, ""));
    const last = wanted.slice(wanted.lastIndexOf("/") + 1);
    const found = (this.byName.get(last) ?? []).filter(({ path }) => {
      const whole = fold(path);
      return endings.some((ending) => `/${whole}`.endsWith(`/${wanted}${ending}`));
    });
    const folder = fold(folderOf(from));
    return found.find(({ path }) => fold(folderOf(path)) === folder) ?? found[0] ?? null;
  }

  at(path: string): Target | null {
    const plain = path.replace(/\/+$/, "");
    for (const ending of path.endsWith("/") ? [] : endings) {
      const found = this.get(plain + ending);
      if (found && found.kind !== "folder") return found;
    }
    for (const name of indexNames) {
      const found = this.get(plain ? `${plain}/${name}` : name);
      if (found) return found;
    }
    const page = plain.endsWith(".html") ? this.get(plain.replace(/html$/, "md")) : null;
    // A page of Hugo is addressed as if it were a folder.
    const asPage = path.endsWith("/") ? this.get(`${plain}.md`) : null;
    return page ?? asPage ?? this.get(plain);
  }

  get(path: string): Target | null {
    return this.exact.get(path) ?? this.folded.get(fold(path)) ?? null;
  }
}

/** As it is written, and with its `%20` read. */
function spellings(written: string): string[] {
  try {
    const decoded = decodeURIComponent(written);
    return decoded === written ? [written] : [written, decoded];
  } catch {
    return [written];
  }
}

/** Where it may start: at its folder; at its own page, as in Hugo; at the root, or at its language's. */
function bases(written: string, from: string): string[] {
  if (written.startsWith("/")) return ["", from.slice(0, Math.max(0, from.indexOf("/")))];
  const page = from.replace(/\.[^./]+$/, "");
  return [folderOf(from), page];
}

export const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** Null when it leads out of the archive. */
function join(base: string, written: string): string | null {
  const parts = base ? base.split("/") : [];
  for (const step of written.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") parts.push(step);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/") + (/(^|\/)\.{0,2}$/.test(written) ? "/" : "");
}

/** The words of a heading as the end of an address. */
export const slugOf = (heading: string) => new GithubSlugger().slug(heading);
