/**
 * One question over everything: an index says what fits, in order, and the rows themselves say what
 * it is now and whether this person may see it. The index may be a moment behind; what is shown never
 * is, and no index decides about rights.
 */
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { readVisibility, type Visibility } from "../core/access.ts";
import type { Services } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import { type Place, readCursor, writeCursor } from "./cursor.ts";
import { countInPostgres, ENOUGH, findInPostgres } from "./find-in-postgres.ts";
import type { OutsideIndex } from "./meilisearch.ts";
import { type Question, readQuestion } from "./question.ts";
import { type Found, findByKey, showFound } from "./show-found.ts";
import type { SearchKind } from "./sources.ts";

declare module "../core/context.ts" {
  interface SearchService {
    /** Resolves when all that was written before can be found, in every index. */
    settled(): Promise<void>;
    /** Asks the index outside; null where there is none, or none that can answer now. */
    outside<T>(ask: (index: OutsideIndex) => Promise<T>): Promise<T | null>;
    /** Who searches now: the database, the index outside, or the database as that is away. */
    state(): "database" | "outside" | "away";
    /** Of the index outside; null where there is none, or it does not tell. Throws when it is away. */
    version(): Promise<string | null>;
    stop(): Promise<void>;
  }
}

export type Ref = { kind: SearchKind; id: string };
export type FoundPage = { refs: Ref[]; next: Place | null };

type SearchState = (typeof schema.searchStates)[number];

export type SearchInput = {
  workspaceId: string;
  text: string;
  kinds?: SearchKind[] | undefined;
  projectId?: string | undefined;
  personId?: string | undefined;
  states?: SearchState[] | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  limit: number;
  cursor?: string | undefined;
};

/** What an index is asked. */
export type Ask = {
  workspaceId: string;
  question: Question;
  visibility: Visibility;
  kinds: SearchKind[] | null;
  projectId: string | null;
  personId: string | null;
  states: SearchState[] | null;
  from: Date | null;
  to: Date | null;
  limit: number;
  cursor: Place | null;
};

export type SearchAnswer = {
  items: Found[];
  nextCursor: string | null;
  /** Changes that are not yet taken into account, as far as counted: 1,000 means that or more. */
  waiting: number;
};

/** Longer than any honest question; a page is still answered within it. */
const LONGEST_MS = 5_000;

export async function search(services: Services, userId: string, input: SearchInput) {
  const ask = await toAsk(services.db, userId, input);
  const outside = await services.search.outside((index) => index.find(ask, ask.cursor));
  return reading(services, async (tx): Promise<SearchAnswer> => {
    const byKey = ask.cursor ? [] : await findByKey(tx, ask, input.text);
    const { refs, next } = await completed(tx, ask, outside);
    return {
      items: await showFound(tx, userId, apart([...byKey, ...refs]), ask.question),
      nextCursor: next ? writeCursor(next) : null,
      waiting: await countWaiting(tx),
    };
  });
}

/** How many of each kind there are, whichever are asked for. */
export async function countFound(services: Services, userId: string, input: SearchInput) {
  const ask = await toAsk(services.db, userId, input);
  const outside = await services.search.outside((index) => index.count(ask));
  return toCounts(outside ?? (await reading(services, (tx) => countInPostgres(tx, ask))));
}

/** Meilisearch knows no parts of words: where it finds little, the database looks too. */
async function completed(tx: Tx, ask: Ask, outside: FoundPage | null): Promise<FoundPage> {
  if (!outside) return findInPostgres(tx, ask);
  if (ask.cursor || outside.next || outside.refs.length >= ENOUGH) return outside;
  const { refs } = await findInPostgres(tx, ask);
  return { refs: [...outside.refs, ...refs].slice(0, ask.limit), next: null };
}

const apart = (refs: Ref[]) => [
  ...new Map(refs.map((ref) => [`${ref.kind}/${ref.id}`, ref])).values(),
];

const reading = <T>({ db }: Services, read: (tx: Tx) => Promise<T>) =>
  db.transaction(
    async (tx) => {
      // The planner takes words for as cheap to read as numbers, and would read them all.
      await tx.execute(sql`select set_config('enable_seqscan', 'off', true),
        set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
        set_config('pg_trgm.similarity_threshold', '0.4', true),
        set_config('statement_timeout', ${String(LONGEST_MS)}, true)`);
      return read(tx);
    },
    { accessMode: "read only" },
  );

async function toAsk(q: Queryable, userId: string, input: SearchInput): Promise<Ask> {
  const visibility = await readVisibility(q, userId, input.workspaceId);
  if (!visibility) throw notFound("workspace");
  return {
    workspaceId: input.workspaceId,
    question: readQuestion(input.text),
    visibility,
    kinds: input.kinds ?? null,
    projectId: input.projectId ?? null,
    personId: input.personId ?? null,
    states: input.states ?? null,
    from: input.from ?? null,
    to: input.to ?? null,
    limit: input.limit,
    cursor: input.cursor ? readCursor(input.cursor) : null,
  };
}

const toCounts = (rows: { kind: SearchKind; count: number }[]): Record<SearchKind, number> => ({
  ...{ task: 0, document: 0, comment: 0, file: 0 },
  ...Object.fromEntries(rows.map(({ kind, count }) => [kind, count])),
});

const MOST_WAITING = 1_000;

async function countWaiting(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (select from ${schema.searchQueue} limit ${MOST_WAITING}) q`);
  return row?.count ?? 0;
}
