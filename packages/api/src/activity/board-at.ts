/**
 * A project's board as it was at a moment, from the feed: of each thing the last change up to then says
 * how it was. A task's own changes are never cleared away; of statuses and labels they are, with the
 * feed, so what lies before its beginning is refused rather than guessed.
 */
import { type Queryable, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import superjson, { type SuperJSONResult } from "superjson";
import { loadProject } from "../core/access.ts";
import { refused } from "../core/errors.ts";
import type { ChangeRows } from "../core/feed/change.ts";
import { readCursor } from "../core/feed/read-feed.ts";
import type { TaskRow } from "../tasks/queries.ts";

const { changes, tasks } = schema;

type Asked = {
  projectId: string;
  moment: { at: Date } | { seq: number };
  cursor?: number | undefined;
  limit: number;
};

type Part = "project" | "status" | "label";

export async function readBoardAt(q: Queryable, userId: string, asked: Asked) {
  const { projectId, cursor = 0, limit } = asked;
  const { workspaceId } = await loadProject(q, userId, projectId, "editor");
  const moment = await findMoment(q, workspaceId, asked.moment);
  const place = { workspaceId, projectId, seq: moment.seq };
  const [parts, found] = await Promise.all([
    partsAt(q, place),
    tasksAt(q, { ...place, cursor, limit: limit + 1 }),
  ]);
  const page = found.slice(0, limit);
  return {
    ...moment,
    /** Null: there was no such project yet. */
    project: parts.project[0] ?? null,
    statuses: parts.status.sort(byRank),
    labels: parts.label,
    items: page.flatMap(({ row }) => (row && !row.archivedAt ? [row] : [])),
    /** For the next tasks, together with this `seq`. */
    nextCursor: found.length > limit ? (page.at(-1)?.number ?? null) : null,
  };
}

const byRank = (a: { rank: string; id: string }, b: { rank: string; id: string }) =>
  a.rank < b.rank || (a.rank === b.rank && a.id < b.id) ? -1 : 1;

/** The last change up to then; a moment before everything has number 0. */
async function findMoment(q: Queryable, workspaceId: string, moment: Asked["moment"]) {
  const { seq: head, floor } = await readCursor(q, workspaceId);
  const isThen =
    "seq" in moment
      ? sql`c.seq <= ${Math.min(moment.seq, head)} order by c.seq desc`
      : sql`c.at <= ${moment.at.toISOString()}::timestamptz order by c.at desc, c.seq desc`;
  const [last] = await q.execute<{ seq: string; at: string }>(sql`
    select c.seq, c.at from ${changes} c where c.workspace_id = ${workspaceId} and ${isThen} limit 1`);
  const seq = Number(last?.seq ?? 0);
  if (seq < floor) {
    throw refused("before_feed", "What happened before then is no longer stored.");
  }
  const at = "at" in moment ? moment.at : new Date(last?.at ?? 0);
  return { seq, at };
}

type Place = { workspaceId: string; projectId: string; seq: number };

async function partsAt(q: Queryable, { workspaceId, projectId, seq }: Place) {
  const rows = await q.execute<{ entity: Part; row: SuperJSONResult | null }>(sql`
    select distinct on (c.entity, c.entity_id) c.entity, c.row from ${changes} c
    where c.project_id = ${projectId} and c.workspace_id = ${workspaceId} and c.seq <= ${seq}
      and c.entity in ('project', 'status', 'label')
    order by c.entity, c.entity_id, c.seq desc`);
  const all = <E extends Part>(entity: E) =>
    rows.flatMap((each): ChangeRows[E][] =>
      each.entity === entity && each.row ? [superjson.deserialize(each.row)] : [],
    );
  return { project: all("project"), status: all("status"), label: all("label") };
}

/** By number; the row is null of what was deleted then. What was not there yet is not among them. */
async function tasksAt(
  q: Queryable,
  { workspaceId, projectId, seq, ...page }: Place & { cursor: number; limit: number },
) {
  const rows = await q.execute<{ number: number; row: SuperJSONResult | null }>(sql`
    select ${tasks.number}, "then".row from ${tasks} cross join lateral (
      select c.row #- '{json,description}' as row from ${changes} c
      where c.entity_id = ${tasks.id} and c.entity = 'task' and c.workspace_id = ${workspaceId}
        and c.project_id = ${projectId} and c.seq <= ${seq}
      order by c.seq desc limit 1
    ) "then"
    where ${tasks.projectId} = ${projectId} and ${tasks.number} > ${page.cursor}
    order by ${tasks.number} limit ${page.limit}`);
  return rows.map(({ number, row }) => ({
    number,
    row: row && superjson.deserialize<TaskRow>(row),
  }));
}
