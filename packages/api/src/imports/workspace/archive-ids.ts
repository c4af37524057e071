/**
 * Which ids an archive brings, and what becomes of them here.
 *
 * Problem: an archive says what it likes. With its own ids it could name rows of other workspaces, and one that
 * is imported twice could not be there twice. Choice: every id is a new one, and a row may only name what is in
 * the archive. The last third of an id is replaced, by a digest of it and of the import: so ids keep their order
 * (things of the same moment are shown by it), and an import that is begun again makes the same ones, by
 * which it finds the files that it has stored. As it is as long as it was, it can be replaced wherever it
 * stands: in links, in the changes of the feed, in the updates of a document's text.
 */
import { createHash } from "node:crypto";

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const KEPT = 28;

export class ArchiveIds {
  readonly #salt: string;
  /** The new ones; and by table, for the first version of a file has the file's own. */
  readonly #made = new Set<string>();
  readonly #tables = new Map<string, Set<string>>();
  readonly #people = new Map<string, string>();

  constructor(importId: string) {
    this.#salt = importId;
  }

  /** Returns its new id; null when it was there already. */
  add(table: string, id: string): string | null {
    const made = this.#make(id);
    const within = this.#tables.get(table) ?? new Set();
    if (within.has(made)) return null;
    this.#tables.set(table, within.add(made));
    this.#made.add(made);
    return made;
  }

  /** Somebody who is `here`, or who only stands beside their work and gets a new id. */
  addPerson(id: string, here: string | null): string {
    const made = here ?? this.#make(id);
    this.#people.set(id, made);
    return made;
  }

  #make(id: string): string {
    const digest = createHash("sha256").update(`${this.#salt} ${id}`).digest("hex");
    return id.slice(0, KEPT) + digest.slice(0, 36 - KEPT);
  }

  /** Null: not of the archive. */
  find(table: string, id: unknown): string | null {
    if (typeof id !== "string") return null;
    if (table === "users") return this.#people.get(id) ?? null;
    const made = this.#make(id);
    return this.#tables.get(table)?.has(made) ? made : null;
  }

  /** Every id of the archive in a text; what is none of it stays as it is. */
  replace(text: string): string {
    return text.replace(UUID, (id) => {
      const person = this.#people.get(id);
      if (person) return person;
      const made = this.#make(id);
      return this.#made.has(made) ? made : id;
    });
  }

  /** The same in bytes, as of an update of a document's text. */
  replaceIn(bytes: Buffer): Buffer {
    return Buffer.from(this.replace(bytes.toString("latin1")), "latin1");
  }
}
