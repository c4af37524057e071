/**
 * One question over everything: an index says what fits, in order, and the rows themselves say what
 * it is now and whether this person may see it. The index may be a moment behind; what is shown never
 * is, and no index decides about rights.
 */
import { schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { readSight, type Sight } from "../core/access.ts";
import type { Services } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import { type Place, readCursor, writeCursor } from "./cursor.ts";
import { countInPostgres, findInPostgres } from "./find-in-postgres.ts";
import { type Question, readQuestion, readTaskKey } from "./question.ts";
import { type Found, findByKey, showFound } from "./show-found.ts";
import type { SearchKind } from "./sources.ts";

export type Ref = { kind: SearchKind; id: string };
export type FoundPage = { refs: Ref[]; next: Place | null };

/** What people choose from: comments are comments, wherever they were made. */
export const foundKinds = ["task", "document", "comment", "file"] as const;
export type FoundKind = (typeof foundKinds)[number];

export type SearchState = (typeof schema.searchStates)[number];

export type SearchInput = {
  workspaceId: string;
  text: string;
  kinds?: FoundKind[] | undefined;
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
  sight: Sight;
  kinds: SearchKind[] | null;
  projectId: string | null;
  personId: string | null;
  states: SearchState[] | null;
  from: Date | null;
  to: Date | null;
  limit: number;
  cursor: Place | null;
};

const entryKinds: Record<FoundKind, SearchKind[]> = {
  task: ["task"],
  document: ["document"],
  comment: ["comment", "documentComment"],
  file: ["file"],
};

export type SearchAnswer = {
  items: Found[];
  nextCursor: string | null;
  /** Changes that are not yet taken into account, as far as counted: 1,000 means that or more. */
  waiting: number;
};

/** Longer than any honest question; a page is still answered within it. */
const LONGEST_MS = 5_000;

export function search(services: Services, userId: string, input: SearchInput) {
  return reading(services, async (tx): Promise<SearchAnswer> => {
    const ask = await toAsk(tx, userId, input);
    const byKey = ask.cursor ? [] : await findByKey(tx, ask, readTaskKey(input.text));
    const { refs, next } = await findInPostgres(tx, ask);
    const all = [...byKey, ...refs.filter(({ id }) => !byKey.some((ref) => ref.id === id))];
    return {
      items: await showFound(tx, userId, all, ask.question),
      nextCursor: next ? writeCursor(next) : null,
      waiting: await countWaiting(tx),
    };
  });
}

/** How many of each kind there are, whichever are asked for. */
export function countFound(services: Services, userId: string, input: SearchInput) {
  return reading(services, async (tx) =>
    toCounts(await countInPostgres(tx, await toAsk(tx, userId, input))),
  );
}

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

async function toAsk(tx: Tx, userId: string, input: SearchInput): Promise<Ask> {
  const sight = await readSight(tx, userId, input.workspaceId);
  if (!sight) throw notFound("workspace");
  return {
    workspaceId: input.workspaceId,
    question: readQuestion(input.text),
    sight,
    kinds: input.kinds?.flatMap((kind) => entryKinds[kind]) ?? null,
    projectId: input.projectId ?? null,
    personId: input.personId ?? null,
    states: input.states ?? null,
    from: input.from ?? null,
    to: input.to ?? null,
    limit: input.limit,
    cursor: input.cursor ? readCursor(input.cursor) : null,
  };
}

function toCounts(rows: { kind: SearchKind; count: number }[]): Record<FoundKind, number> {
  const of = (kind: FoundKind) =>
    rows.reduce((sum, row) => sum + (entryKinds[kind].includes(row.kind) ? row.count : 0), 0);
  return { task: of("task"), document: of("document"), comment: of("comment"), file: of("file") };
}

const MOST_WAITING = 1_000;

async function countWaiting(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (select from ${schema.searchQueue} limit ${MOST_WAITING}) q`);
  return row?.count ?? 0;
}
