/**
 * What fits a question, newest first, in three passes: what has all of it in its title, then what has
 * it in its text, then what has parts of words or words that are nearly those. The next pass is made
 * only when the one before did not fill the page.
 *
 * The naive answer, to rank everything that fits, fails on the first letters of a word: half of all
 * rows fit them, and a rank needs the words of each. Here a pass reads an index and narrow rows, and
 * the words of no more than it shows.
 */
import { schema, type Tx } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";
import { isNear } from "./marks.ts";
import { type Question, toTsQuery } from "./question.ts";
import type { Ask, FoundPage, Ref } from "./search.ts";

const { searchEntries, searchWords } = schema;

type Here = { pass: number; after: { at: string; id: string } | null };

/** What a pass looks for, and what the passes before have shown already. */
type Pass = { match: SQL; shown: SQL };

const PASSES = 3;
/** Rows that an earlier pass has shown are left out; so often at most is more read in their stead. */
const READS = 4;
/** Nobody who found so many looks for what is only like it. */
export const ENOUGH = 5;

export async function findInPostgres(tx: Tx, ask: Ask): Promise<FoundPage> {
  // Begun elsewhere, in another order: to go on from there would show things twice.
  if (ask.cursor && !("pass" in ask.cursor)) return { refs: [], next: null };
  let place: Here = ask.cursor ?? { pass: 0, after: null };
  const refs: Ref[] = [];
  let found = 0;
  for (let reads = 0; refs.length < ask.limit && reads < READS + PASSES; reads++) {
    const pass = await passOf(tx, ask, place.pass);
    if (!pass) return { refs, next: null };
    const wanted = ask.limit - refs.length;
    const rows = await scan(tx, ask, { ...pass, after: place.after, limit: wanted + 1 });
    for (const { kind, id, shown } of rows.slice(0, wanted)) if (!shown) refs.push({ kind, id });
    const last = rows.length > wanted ? rows[wanted - 1] : undefined;
    found += rows.length;
    if (last) place = { pass: place.pass, after: { at: last.at, id: last.id } };
    else if (place.pass === 1 && found + (ask.cursor ? ENOUGH : 0) >= ENOUGH)
      return { refs, next: null };
    else place = { pass: place.pass + 1, after: null };
  }
  return { refs, next: place.pass < PASSES ? place : null };
}

async function passOf(tx: Tx, ask: Ask, n: number): Promise<Pass | null> {
  const { question } = ask;
  if (question.terms.length === 0) {
    return n === 0 ? { match: sql`true`, shown: sql`false` } : null;
  }
  const title = sql`e.title_words @@ ${toTsQuery(question, "title")}::tsquery`;
  const text = sql`e.words @@ ${toTsQuery(question, "text")}::tsquery`;
  if (n === 0) return { match: title, shown: sql`false` };
  if (n === 1) return { match: text, shown: title };
  if (n > 2) return null;
  const others = await otherWords(tx, ask.workspaceId, question);
  if (others.size === 0) return null;
  const near = toTsQuery(question, "text", others);
  return { match: sql`e.words @@ ${near}::tsquery`, shown: sql`(${title} or ${text})` };
}

type Scan = Pass & { after: Here["after"]; limit: number };
type Row = Ref & { at: string; shown: boolean };

async function scan(tx: Tx, ask: Ask, { match, shown, after, limit }: Scan): Promise<Row[]> {
  const behind = after
    ? sql`and (e.updated_at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : sql``;
  return await tx.execute<Row>(sql`
    select kind, id, to_json(updated_at)#>>'{}' as at, ${shown} as shown from (
      select e.kind, e.id, e.updated_at, e.title_words, e.words from ${searchEntries} e
      where ${match} and ${within(ask)} ${behind}
      order by e.updated_at desc, e.id desc limit ${limit}
    ) e`);
}

/** How many of each kind fit the question as it stands, whatever kinds were asked for. */
export async function countInPostgres(tx: Tx, ask: Ask) {
  const { question } = ask;
  const match =
    question.terms.length === 0
      ? sql`true`
      : sql`(e.title_words @@ ${toTsQuery(question, "title")}::tsquery
          or e.words @@ ${toTsQuery(question, "text")}::tsquery)`;
  return await tx.execute<{ kind: Ref["kind"]; count: number }>(sql`
    select e.kind, count(*)::int as count from ${searchEntries} e
    where ${match} and ${within({ ...ask, kinds: null })} group by e.kind`);
}

/** The reader's own view of the workspace, and what they asked to see of it. */
function within({
  workspaceId,
  visibility,
  kinds,
  projectId,
  personId,
  states,
  from,
  to,
}: Ask): SQL {
  const asked = [sql`e.workspace_id = ${workspaceId}`];
  if (visibility.role !== "owner") {
    const scopes = sql.param([...visibility.scopeIds]);
    const isOpen = visibility.role === "guest" ? sql`false` : sql`e.area_id is null`;
    asked.push(sql`(${isOpen} or e.area_id = any(${scopes}::uuid[]))`);
  } else if (visibility.deletedScopeIds.size > 0) {
    const deleted = sql.param([...visibility.deletedScopeIds]);
    asked.push(sql`(e.area_id is null or not e.area_id = any(${deleted}::uuid[]))`);
  }
  if (kinds) asked.push(sql`e.kind = any(${sql.param(kinds)}::text[])`);
  if (projectId) asked.push(sql`e.project_id = ${projectId}`);
  if (personId) asked.push(sql`${personId}::uuid = any(e.person_ids)`);
  if (states) asked.push(sql`e.state = any(${sql.param(states)}::text[])`);
  if (from) asked.push(sql`e.updated_at >= ${from.toISOString()}::timestamptz`);
  if (to) asked.push(sql`e.updated_at < ${to.toISOString()}::timestamptz`);
  return sql.join(asked, sql` and `);
}

const MOST_OTHERS = 30;

/**
 * Words of this workspace that a term may be a part of; else those that it may be a slip of the finger
 * for. Short ones have too few letters in common with their slips to be found by threes of letters:
 * for these all that begin alike are looked at.
 */
async function otherWords(tx: Tx, workspaceId: string, { terms }: Question) {
  const others = new Map<string, string[]>();
  const ask = async (where: SQL, order: SQL, limit: number) => {
    const rows = await tx.execute<{ word: string }>(sql`
      select w.word from ${searchWords} w where w.workspace_id = ${workspaceId} and ${where}
      order by ${order} limit ${limit}`);
    return rows.map(({ word }) => word);
  };
  for (const { word, unspaced } of terms) {
    if (unspaced || word.length < 3) continue;
    let meant = await ask(sql`w.word like ${`%${word}%`}`, sql`length(w.word)`, MOST_OTHERS);
    if (meant.length === 0 && word.length >= SHORTEST_SLIP) {
      const near =
        word.length < LONG
          ? await ask(beginsAlike(word), sql`w.word`, 2_000)
          : await ask(sql`w.word % ${word}`, sql`similarity(w.word, ${word}) desc`, 90);
      meant = near.filter((other) => isNear(word, other)).slice(0, MOST_OTHERS);
    }
    if (meant.length > 0) others.set(word, meant);
  }
  return others;
}

const SHORTEST_SLIP = 4;
const LONG = 7;

const beginsAlike = (word: string) => {
  const [first = ""] = word;
  const behind = String.fromCodePoint((first.codePointAt(0) ?? 0) + 1);
  return sql`w.word >= ${first} and w.word < ${behind}
    and length(w.word) between ${word.length - 1}::int and ${word.length + 1}::int`;
};
