/**
 * Makes what changed findable, in the background: takes lines of `search_queue`, which triggers write,
 * and brings `search_entries` to how the rows of the other tables are now.
 *
 * Only noting is left to the write path: a moved card costs one short row, and its text is not read
 * again. One worker does this at a time; the lines it took are deleted in the transaction that
 * answers them, so a worker that dies leaves them for the next. What Postgres refuses to index is told
 * in the log and left out: nobody's text may keep everybody else's from being found.
 */
import { type Db, type Queryable, schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { type SearchKind, sources } from "./sources.ts";
import { collectWords, isDictionaryWord, keepable } from "./tokens.ts";

const { searchEntries, searchLog, searchQueue, searchWords } = schema;

/** Any number that only the search uses. */
const LOCK = 0x73656172;
const LINES = 500;
/** Texts read at once: of the longest, some megabytes. */
const TEXTS = 25;

type Line = { n: string; kind: SearchKind; id: string; words: boolean };

type Options = {
  /** Whether an index outside has to be told too. */
  log: boolean;
  /** Told of what cannot be made findable. */
  onRefused(error: unknown, what: { kind: SearchKind; id: string }): void;
};

/** Returns how many lines were answered: 0 when there are none, or another worker is at it. */
export async function indexSome(db: Db, options: Options): Promise<number> {
  try {
    return await indexLines(db, options, indexTogether);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  return indexLines(db, options, async (tx, lines) => {
    for (const line of lines) {
      await tx
        .transaction((one) => indexKind(one, line.kind, [line]))
        .catch((error) => {
          if (!isRefusal(error)) throw error;
          options.onRefused(error, { kind: line.kind, id: line.id });
        });
    }
  });
}

async function indexTogether(tx: Tx, lines: Line[]) {
  for (const [kind, some] of Map.groupBy(lines, (line) => line.kind)) {
    await indexKind(tx, kind, some);
  }
}

/** It would be refused again: not as data, not by a constraint, or as too much. */
const isRefusal = (error: unknown) =>
  error instanceof Error &&
  /^(22|23|54)/.test(String((error.cause as { code?: string } | undefined)?.code));

type IndexLines = (tx: Tx, lines: Line[]) => Promise<void>;

function indexLines(db: Db, { log }: Options, index: IndexLines): Promise<number> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(${LOCK}) as mine`,
    );
    if (!lock?.mine) return 0;
    const lines = await tx.execute<Line>(
      sql`select n, kind, id, words from ${searchQueue} order by n limit ${LINES}`,
    );
    if (lines.length === 0) return 0;
    await index(tx, lines);
    if (log) await noteForOutside(tx, lines);
    await tx.execute(
      sql`delete from ${searchQueue} where n = any(${sql.param(lines.map(({ n }) => n))}::bigint[])`,
    );
    return lines.length;
  });
}

async function indexKind(tx: Tx, kind: SearchKind, lines: Line[]) {
  const ids = [...new Set(lines.map(({ id }) => id))];
  const all = uuids(ids);
  const facts = sources[kind].facts(all);
  await tx.execute(sql`
    delete from ${searchEntries} e where e.kind = ${kind} and e.id = any(${all})
      and not exists (select from (${facts}) f where f.id = e.id)`);
  const known = await tx.execute<{ id: string }>(sql`
    select e.id from ${searchEntries} e where e.kind = ${kind} and e.id = any(${all})`);
  const toRead = new Set(ids);
  for (const { id } of known) toRead.delete(id);
  for (const { id, words } of lines) if (words) toRead.add(id);
  const others = ids.filter((id) => !toRead.has(id));
  // Only what is in no index: such an update leaves every index as it is.
  await tx.execute(sql`
    update ${searchEntries} e set area_id = f.area_id, project_id = f.project_id,
      person_ids = f.person_ids, state = f.state, updated_at = f.updated_at
    from (${sources[kind].facts(uuids(others))}) f where e.kind = ${kind} and e.id = f.id`);
  const reading = [...toRead];
  for (let i = 0; i < reading.length; i += TEXTS) {
    await indexWords(tx, kind, reading.slice(i, i + TEXTS));
  }
}

export const uuids = (ids: string[]) => sql`${sql.param(ids)}::uuid[]`;

async function indexWords(tx: Tx, kind: SearchKind, ids: string[]) {
  const entries: { id: string; title: string[]; words: string[] }[] = [];
  const known = new Map<string, Set<string>>();
  for (const { id, workspaceId, title, text } of await readTexts(tx, kind, ids)) {
    const inTitle = new Set<string>();
    collectWords(title, inTitle);
    const words = new Set(inTitle);
    for (const piece of pieces(text)) {
      collectWords(piece, words);
      // Somebody's request may be waiting behind a long text.
      await new Promise(setImmediate);
    }
    entries.push({ id, title: keepable(inTitle), words: keepable(words) });
    const dictionary = known.get(workspaceId) ?? new Set();
    for (const word of words) if (isDictionaryWord(word)) dictionary.add(word);
    known.set(workspaceId, dictionary);
  }
  await tx.execute(sql`
    insert into ${searchEntries} as e (kind, id, workspace_id, area_id, project_id, person_ids, state,
      updated_at, title_words, words)
    select ${kind}, f.id, f.workspace_id, f.area_id, f.project_id, f.person_ids, f.state, f.updated_at,
      array_to_tsvector(array(select jsonb_array_elements_text(w.title))),
      array_to_tsvector(array(select jsonb_array_elements_text(w.words)))
    from (${sources[kind].facts(uuids(ids))}) f
    join jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb) as w(id uuid, title jsonb, words jsonb)
      on w.id = f.id
    on conflict (kind, id) do update set area_id = excluded.area_id,
      project_id = excluded.project_id, person_ids = excluded.person_ids, state = excluded.state,
      updated_at = excluded.updated_at, title_words = excluded.title_words, words = excluded.words`);
  for (const [workspaceId, words] of known) {
    await tx.execute(sql`
      insert into ${searchWords} (workspace_id, word)
      select ${workspaceId}::uuid, given from unnest(${sql.param([...words])}::text[]) given
      where not exists (select from ${searchWords} known
        where known.workspace_id = ${workspaceId}::uuid and known.word = given)
      on conflict do nothing`);
  }
}

/** Cut behind a space, so that no word is cut; where there is none for long, anywhere. */
function* pieces(text: string) {
  for (let at = 0; at < text.length; ) {
    const space = text.slice(at + PIECE, at + PIECE + 200).search(/\s/);
    const end = at + PIECE + Math.max(space, 0);
    yield text.slice(at, end);
    at = end;
  }
}

const PIECE = 32_000;
/** Characters of one text that can be found; a book has about a million. */
const FOUND_TEXT = 1_000_000;

type EntryText = { id: string; workspaceId: string; title: string; text: string };

async function readTexts(q: Queryable, kind: SearchKind, ids: string[]) {
  return await q.execute<EntryText>(sql`
    select t.id, t.workspace_id as "workspaceId", t.title, left(t.text, ${FOUND_TEXT}::int) as text
    from (${sources[kind].texts(uuids(ids))}) t`);
}

/**
 * New words wait in a list that every question reads to its end, until Postgres sorts them in: after a
 * moment's writes that is short, after an import it is not.
 */
export async function sortIn(db: Db) {
  await db.execute(sql`select gin_clean_pending_list('search_entries_words'::regclass)`);
}

async function noteForOutside(tx: Tx, lines: Line[]) {
  const seen = new Map(lines.map((line) => [`${line.kind}/${line.id}`, line]));
  const rows = [...seen.values()].map(({ kind, id }) => ({ kind, id }));
  await tx.insert(searchLog).values(rows);
}
