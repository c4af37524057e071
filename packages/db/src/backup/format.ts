/**
 * What a backup is: one gzipped tar, written and read as a stream.
 *
 *   guildhall-backup.json     first: which Guildhall, which schema, which tables and columns
 *   tables/<name>/<n>         rows in the text form of Postgres' COPY, about a megabyte each
 *   secrets/<name>            what the data folder keeps besides the database
 *   files/<path>
 *   sums.json                 last: bytes, rows and SHA-256 of everything before it
 *
 * A tar wants the size before the content, and a table's size is not known before it is read: so a
 * table is cut into entries. The sums come last for the same reason, and their being there says that
 * nothing was cut off.
 */
import { createHash, type Hash } from "node:crypto";

export const HEADER = "guildhall-backup.json";
export const SUMS = "sums.json";
export const FORMAT = 1;

/** Made from the other tables; as those are loaded their triggers note what has to be made again. */
const DERIVED = ["search_entries", "search_words", "search_queue", "search_log", "search_cursors"];

/** Also open doors of that day: a restored session may be one that was ended since, for a reason. */
export const LEFT_OUT = [
  ...["sessions", "password_resets", "provider_sessions", "provider_sign_ins", "provider_links"],
  ...DERIVED,
];

/** `when` as in drizzle's journal; the hash of the migration's text as it was applied. */
export type AppliedMigration = { when: number; hash: string };
export type BackedUpTable = { name: string; columns: string[] };

export type Header = {
  format: number;
  /** The version of the program that made it. */
  guildhall: string;
  madeAt: string;
  migrations: AppliedMigration[];
  tables: BackedUpTable[];
};

type Sum = { bytes: number; sha256: string; rows: number };
export type Sums = Record<string, Sum>;

/** `tables/tasks/17` is a piece of `tables/tasks`; everything else is summed by itself. */
export const summedUnder = (entry: string) => /^(tables\/[^/]+)\/\d+$/.exec(entry)?.[1] ?? entry;

/** Adds up what goes by, in the same way when it is written and when it is read. */
export class Tally {
  readonly #sums = new Map<string, { bytes: number; rows: number; hash: Hash }>();

  /** Also for an empty one, so that its absence would be noticed. */
  open(entry: string): void {
    const name = summedUnder(entry);
    if (!this.#sums.has(name)) {
      this.#sums.set(name, { bytes: 0, rows: 0, hash: createHash("sha256") });
    }
  }

  add(entry: string, bytes: Uint8Array): void {
    const sum = this.#sums.get(summedUnder(entry));
    if (!sum) throw new Error(`${entry} was not opened.`);
    sum.bytes += bytes.length;
    sum.hash.update(bytes);
    if (entry.startsWith("tables/")) sum.rows += countLines(bytes);
  }

  rowsOf(table: string): number {
    return this.#sums.get(`tables/${table}`)?.rows ?? 0;
  }

  sums(): Sums {
    return Object.fromEntries(
      [...this.#sums].map(([name, { bytes, rows, hash }]) => [
        name,
        { bytes, rows, sha256: hash.copy().digest("hex") },
      ]),
    );
  }
}

/** COPY ends every row with a line feed, and writes one within a value as `\n`. */
function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
