/**
 * Tells an index outside what became findable and what no longer is: in order, from `search_log`, with
 * a cursor that is stored when the index has said that it is done. One worker does it at a time. An
 * index that is new, or was emptied, is first filled from all entries.
 */
import { type Db, type Queryable, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { uuids } from "./index-entries.ts";
import { EVERYBODY, type IndexedEntry, type OutsideIndex } from "./meilisearch.ts";
import type { Ref } from "./search.ts";
import { type SearchKind, sources } from "./sources.ts";

const { searchCursors, searchEntries, searchLog } = schema;

/** Entries sent at once. */
const BATCH = 500;
/** For how long a worker that dies keeps the others waiting. */
const HELD = sql`interval '3 minutes'`;

const me = uuidv7();

/** Brings the index to where `search_log` ends. Returns false when another worker is at it. */
export async function feedOutside(db: Db, outside: OutsideIndex): Promise<boolean> {
  const cursor = await hold(db, outside.target);
  if (!cursor) return false;
  try {
    const isThere = cursor.n !== null && (await isFilled(db, outside));
    let n = isThere ? Number(cursor.n) : await rebuild(db, outside);
    for (let more = true; more; ) {
      const lines = await db.execute<Ref & { n: string }>(sql`
        select n, kind, id from ${searchLog} where n > ${n} order by n limit ${BATCH}`);
      await send(db, outside, lines);
      n = Number(lines.at(-1)?.n ?? n);
      await moveCursor(db, outside.target, n);
      more = lines.length === BATCH;
    }
  } finally {
    await releaseCursor(db, outside.target);
  }
  return true;
}

/** Whether there is something that it was not told. */
export async function hasNews(q: Queryable, target: string): Promise<boolean> {
  const [row] = await q.execute<{ any: boolean }>(sql`
    select coalesce((select exists (select from ${searchLog} l where c.n is null or l.n > c.n)
        or c.n is null from ${searchCursors} c where c.target = ${target}), true) as any`);
  return row?.any ?? true;
}

async function hold(db: Db, target: string) {
  await db.insert(searchCursors).values({ target }).onConflictDoNothing();
  const [row] = await db.execute<{ n: string | null }>(sql`
    update ${searchCursors} set held_by = ${me}, held_until = now() + ${HELD}
    where target = ${target} and (held_by is null or held_by = ${me} or held_until < now())
    returning n`);
  return row ?? null;
}

const releaseCursor = (db: Db, target: string) =>
  db.execute(sql`update ${searchCursors} set held_by = null
    where target = ${target} and held_by = ${me}`);

async function moveCursor(db: Db, target: string, n: number) {
  await db.execute(sql`update ${searchCursors} set n = ${n}, held_until = now() + ${HELD}
    where target = ${target} and held_by = ${me}`);
  // Another index, to which one may go back some day, was not told of these.
  await db.execute(
    sql`update ${searchCursors} set n = null where target <> ${target} and n < ${n}`,
  );
  await db.execute(sql`delete from ${searchLog} where n <= ${n}`);
}

async function isFilled(db: Db, outside: OutsideIndex): Promise<boolean> {
  const size = await outside.size();
  if (size === null || size > 0) return size !== null;
  const [row] = await db.execute<{ any: boolean }>(
    sql`select exists (select from ${searchEntries}) as any`,
  );
  return !row?.any;
}

/** Returns the line of the log that the entries were read behind: what comes after is told again. */
async function rebuild(db: Db, outside: OutsideIndex): Promise<number> {
  await db.execute(sql`update ${searchCursors} set n = null where target = ${outside.target}`);
  const [last] = await db.execute<{ n: string }>(
    sql`select coalesce(max(n), 0) as n from ${searchLog}`,
  );
  await outside.clear();
  for (const kind of schema.searchKinds) {
    for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
      const rows = await db.execute<{ id: string }>(sql`
        select id from ${searchEntries} where kind = ${kind} and id > ${after}::uuid
        order by id limit ${BATCH}`);
      if (rows.length === 0) break;
      const ids = rows.map(({ id }) => id);
      await putAll(db, outside, kind, ids);
      after = rows.at(-1)?.id ?? after;
    }
  }
  return Number(last?.n ?? 0);
}

async function send(db: Db, outside: OutsideIndex, lines: Ref[]) {
  for (const [kind, some] of Map.groupBy(lines, (line) => line.kind)) {
    const ids = [...new Set(some.map(({ id }) => id))];
    const found = await putAll(db, outside, kind, ids);
    await outside.take(ids.flatMap((id) => (found.has(id) ? [] : [keyOf(kind, id)])));
  }
}

/** Texts read at once, and characters sent at once: Meilisearch takes 100 MB, and JSON makes them more. */
const TEXTS = 25;
const MOST_SENT = 8_000_000;

/** Returns the ids of those that are there. */
async function putAll(db: Db, outside: OutsideIndex, kind: SearchKind, ids: string[]) {
  const found = new Set<string>();
  let entries: IndexedEntry[] = [];
  let size = 0;
  for (let i = 0; i < ids.length; i += TEXTS) {
    for (const entry of await readEntries(db, kind, ids.slice(i, i + TEXTS))) {
      found.add(entry.id);
      entries.push(entry);
      size += entry.text.length;
    }
    if (size < MOST_SENT && i + TEXTS < ids.length) continue;
    await outside.put(entries);
    await db.execute(sql`update ${searchCursors} set held_until = now() + ${HELD}
      where target = ${outside.target} and held_by = ${me}`);
    entries = [];
    size = 0;
  }
  return found;
}

const keyOf = (kind: SearchKind, id: string) => `${kind}_${id}`;

type Row = Omit<IndexedEntry, "key" | "kind" | "areaId" | "updatedAt"> & {
  areaId: string | null;
  updatedAt: string;
};

async function readEntries(q: Queryable, kind: SearchKind, ids: string[]): Promise<IndexedEntry[]> {
  const rows = await q.execute<Row>(sql`
    select e.id, e.workspace_id as "workspaceId", e.area_id as "areaId", e.project_id as "projectId",
      e.person_ids::text[] as "personIds", e.state, extract(epoch from e.updated_at) * 1000 as "updatedAt",
      t.title, left(t.text, ${LONGEST}::int) as text
    from ${searchEntries} e join (${sources[kind].texts(uuids(ids))}) t on t.id = e.id
    where e.kind = ${kind}`);
  return rows.map(({ areaId, updatedAt, ...row }) => ({
    ...row,
    kind,
    key: keyOf(kind, row.id),
    areaId: areaId ?? EVERYBODY,
    updatedAt: Number(updatedAt),
  }));
}

/** Meilisearch looks at no more than 65,535 words of a text. */
const LONGEST = 400_000;

/** Where no index outside is set: one that is later must not go on from an old cursor. */
export async function forgetOutside(db: Db) {
  await db.delete(searchCursors);
  await db.delete(searchLog);
}

/** Whether it knows everything up to a moment ago. */
export async function isCurrent(q: Queryable, target: string): Promise<boolean> {
  const [row] = await q.execute<{ n: string | null }>(
    sql`select n from ${searchCursors} where target = ${target}`,
  );
  return row !== undefined && row.n !== null;
}
