import { createWriteStream } from "node:fs";
import { access, mkdir, opendir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";

/** What a data folder keeps besides the database: named secrets, and everything in `files/`. */
export type KeptFolder = { folder: string; secrets: readonly string[] };

/** The names in the archive, and where they are. */
export async function* findKept({ folder, secrets }: KeptFolder) {
  for (const name of secrets) {
    const file = path.join(folder, name);
    if (await exists(file)) yield { name: `secrets/${name}`, file };
  }
  const files = path.join(folder, "files");
  if (!(await exists(files))) return;
  for await (const entry of await opendir(files, { recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    // What is still arriving belongs to no row yet.
    if (path.basename(entry.parentPath) === ".incoming") continue;
    yield { name: path.relative(folder, file).split(path.sep).join("/"), file };
  }
}

/** Where kept things wait, beside the place they go to, until the database is restored. */
export class Staging {
  readonly #kept: KeptFolder;
  readonly #aside: string;
  #hasFiles = false;
  readonly #secrets: string[] = [];

  constructor(kept: KeptFolder) {
    this.#kept = kept;
    this.#aside = path.join(kept.folder, "restoring");
  }

  async put(name: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const [kind, ...rest] = name.split("/");
    const odd = rest.some(
      (part) => part === "" || part === "." || part === ".." || /[\\:]/.test(part),
    );
    const isSecret = kind === "secrets" && rest.length === 1;
    if (odd || rest.length === 0 || !(isSecret || kind === "files")) {
      throw new Error(
        `The backup contains "${name}", which this version of Guildhall doesn't recognize.`,
      );
    }
    if (isSecret) this.#secrets.push(rest.join());
    else this.#hasFiles = true;
    const file = path.join(this.#aside, name);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await pipeline(content, createWriteStream(file, { mode: 0o600, flush: true }));
  }

  /** After the database's commit; each rename is whole or not at all. */
  async putInPlace(): Promise<void> {
    const { folder } = this.#kept;
    for (const name of this.#secrets) {
      await rename(path.join(this.#aside, "secrets", name), path.join(folder, name));
    }
    if (this.#hasFiles) {
      const files = path.join(folder, "files");
      if (await exists(files)) await rename(files, path.join(this.#aside, "files-before"));
      await rename(path.join(this.#aside, "files"), files);
    }
    await this.clear();
  }

  /** Also what an earlier restore left when it was killed. */
  clear(): Promise<void> {
    return rm(this.#aside, { recursive: true, force: true });
  }
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
