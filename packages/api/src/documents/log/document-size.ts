/**
 * How large a document may grow. Everybody who opens it reads all of it, and so does the background:
 * what no thread can put together any more would never become a snapshot.
 *
 * Asked once a minute and counted between: what is deleted is gone from it after the next snapshot.
 * Two workers count their own pushes only, so a document may go past the bound by a minute's.
 */
import { type Db, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { refused } from "../../core/errors.ts";

const { documentSnapshots, documentUpdates } = schema;

const MB = 1024 * 1024;
const MOST = 32 * MB;
/** What is typed, and above all deleted, still goes into a document that is full. */
const SMALL = 8 * 1024;
const MOST_WITH_SMALL = 40 * MB;
const GOOD_FOR_MS = 60_000;
const MOST_KEPT = 10_000;

const documentFull = () =>
  refused(
    "document_full",
    "Nothing was saved: this document has reached the limit of 32 MB. Move parts of it into other documents.",
  );

export class DocumentSizes {
  readonly #db: Db;
  readonly #known = new Map<string, { bytes: number; at: number }>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Counts so many bytes more; throws when they have no place. */
  async grow(documentId: string, bytes: number): Promise<void> {
    const known = await this.#sizeOf(documentId);
    const most = bytes <= SMALL ? MOST_WITH_SMALL : MOST;
    if (known.bytes + bytes > most) throw documentFull();
    known.bytes += bytes;
  }

  async #sizeOf(documentId: string) {
    const kept = this.#known.get(documentId);
    if (kept && kept.at > Date.now() - GOOD_FOR_MS) return kept;
    const [row] = await this.#db.execute<{ bytes: number }>(sql`
      select (
        coalesce((select octet_length(state) from ${documentSnapshots}
          where document_id = ${documentId}), 0)
        + coalesce((select sum(octet_length(update)) from ${documentUpdates}
          where document_id = ${documentId}), 0)
      )::float8 as bytes`);
    const size = { bytes: row?.bytes ?? 0, at: Date.now() };
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(documentId, size);
    return size;
  }
}
