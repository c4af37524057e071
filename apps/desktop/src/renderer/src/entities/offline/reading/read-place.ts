/** Reads a place from the server and stores it, a page at a time; a break costs the page that it meets. */
import type { Connection } from "@/sync/server/connection.ts";
import { ask, inStores } from "../store/database.ts";
import { noteToFetch, putRow, type RowStores, rowStores } from "../store/put-rows.ts";
import {
  type Next,
  type Rows,
  type StoredEntity,
  type StoredPlace,
  type StoredRow,
  storedRow,
} from "../store/stored.ts";

type Client = Connection["client"];
type Page = {
  rows: { [E in StoredEntity]?: readonly Rows[E][] };
  /** Null: that was all. */
  next: Next | null;
  seq: number;
  epoch: string;
};

const PAGE = { limit: 250 };

async function readPage(client: Client, place: StoredPlace, signal: AbortSignal): Promise<Page> {
  const { next } = place;
  if (next.part === "tasks") {
    const asked = { projectId: place.id, cursor: next.cursor, ...PAGE };
    const page = await client.offline.tasks.query(asked, { signal });
    const { tasks, comments, checklists, items, files, nextCursor, seq, epoch } = page;
    return {
      rows: {
        task: tasks,
        comment: comments,
        checklist: checklists,
        checklistItem: items,
        file: files,
      },
      next:
        nextCursor === null
          ? { part: "documents", cursor: null }
          : { part: "tasks", cursor: nextCursor },
      ...{ seq, epoch },
    };
  }
  const of = place.kind === "project" ? { projectId: place.id } : { documentId: place.id };
  const page = await client.offline.documents.query(
    { ...of, cursor: next.cursor, ...PAGE },
    { signal },
  );
  const { documents, threads, comments, files, nextCursor, seq, epoch } = page;
  return {
    rows: { document: documents, documentThread: threads, comment: comments, file: files },
    next: nextCursor === null ? null : { part: "documents", cursor: nextCursor },
    ...{ seq, epoch },
  };
}

/** Gives the place as it then is: with its next page, or read to its end. */
export async function readNextPage(
  db: IDBDatabase,
  client: Client,
  { place, signal }: { place: StoredPlace; signal: AbortSignal },
): Promise<StoredPlace> {
  const page = await readPage(client, place, signal);
  const rows = Object.entries(page.rows).flatMap(([entity, some]) =>
    (some as Rows[StoredEntity][]).map((row) => storedRow(entity as StoredEntity, row)),
  );
  const isFirst = place.rows === 0;
  const read: StoredPlace = {
    ...place,
    next: page.next ?? place.next,
    phase: page.next ? "reading" : "ready",
    problem: null,
    rows: place.rows + rows.length,
    rowBytes: place.rowBytes + rows.reduce((sum, { row }) => sum + sizeOf(row), 0),
  };
  await inStores(db, [...rowStores, "places", "feeds"], async (stores) => {
    // Removed in another window meanwhile.
    if (!(await ask(stores.places.getKey(place.key)))) return;
    for (const row of rows) await putWithRest(stores, row);
    stores.places.put(read);
    // Of two places of one workspace the first one's cursor is the lower, and is kept.
    const feed = { workspaceId: place.workspaceId, seq: page.seq, epoch: page.epoch };
    const isFollowed = isFirst && (await ask(stores.feeds.getKey(place.workspaceId)));
    if (isFirst && !isFollowed) stores.feeds.put(feed);
  });
  return read;
}

async function putWithRest(stores: RowStores, row: StoredRow) {
  putRow(stores, row);
  await noteToFetch(stores, row);
}

/** About as many bytes as it takes. */
function sizeOf(row: object): number {
  let bytes = 0;
  for (const value of Object.values(row)) {
    bytes += 16;
    if (typeof value === "string") bytes += value.length;
    else if (Array.isArray(value)) bytes += 40 * value.length;
  }
  return bytes;
}
