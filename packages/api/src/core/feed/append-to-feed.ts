/**
 * The last statement of a write: the next numbers of the workspace's feed, the changes under them,
 * and the answer kept for a retry, as one.
 *
 * The number comes from `UPDATE workspaces … RETURNING`, never from a SEQUENCE: sequences hand out
 * numbers before the commit, so a reader that saw 8 may find 7 appear behind it and never look back.
 * The row lock makes the order of numbers the order of commits.
 */
import { compileSql, schema, type Tx } from "@guildhall/db";
import { type Placeholder, type SQL, sql } from "drizzle-orm";
import { serialize } from "../encoding/serialize.ts";
import { invariant } from "../errors.ts";
import type { WriteContext } from "../write.ts";
import type { RecordedChange, RoutedChange } from "./change.ts";

const { changes, mutations, workspaces } = schema;

/** Encoded as they go: a thousand rows at once would hold up everybody else's requests. */
const CHANGES_PER_STATEMENT = 250;

export type Appended = { workspaceId: string; changes: RoutedChange[] };

type Writing = { ctx: WriteContext; workspaceId: string | null; answer: unknown };

/** Sends everything; what it returns is to be awaited after the COMMIT was sent behind it. */
export async function appendToFeeds(
  tx: Tx,
  recorded: RecordedChange[],
  { ctx, workspaceId, answer }: Writing,
): Promise<Promise<Appended[]>[]> {
  const byWorkspace = Map.groupBy(recorded, (c) =>
    invariant(c.workspaceId ?? workspaceId, "a change belongs to a workspace"),
  );
  let kept = ctx.mutationId ? JSON.stringify(serialize(answer)) : null;
  const sent: Promise<Appended[]>[] = [];
  if (ctx.mutationId && byWorkspace.size === 0) {
    sent.push(keep(tx, { mutationId: ctx.mutationId, answer: kept }).then(() => []));
  }
  // Always in the order of ids: two writers of the same workspaces then never wait on each other.
  for (const id of [...byWorkspace.keys()].sort()) {
    const list = invariant(byWorkspace.get(id), "grouped");
    for (let i = 0; i < list.length; i += CHANGES_PER_STATEMENT) {
      await sent.at(-1);
      const some = list.slice(i, i + CHANGES_PER_STATEMENT);
      sent.push(append(tx, ctx, { workspaceId: id, recorded: some, answer: kept }));
      kept = null;
    }
  }
  // Whoever awaits them may never come: the connection may end first.
  for (const each of sent) each.catch(() => {});
  return sent;
}

const keepAnswer = (at: Record<"answer" | "mutationId", Placeholder>) => sql`
  update ${mutations} set answer = ${at.answer}::jsonb where id = ${at.mutationId}`;

const keep = compileSql(["answer", "mutationId"], keepAnswer);

const names = ["count", "workspaceId", "actorId", "mutationId", "at", "rows", "answer"] as const;
type At = Record<(typeof names)[number], Placeholder>;

// The outer join: a workspace that is gone leaves a change without a number, which is refused.
const appending = (at: At, also: SQL) => sql`
  with moved as (
    update ${workspaces} set change_seq = change_seq + ${at.count}::int
    where id = ${at.workspaceId} returning change_seq
  ), kept as (${also}), appended as (
    insert into ${changes} (workspace_id, seq, entity, entity_id, op, row, project_id,
      audience_user_id, actor_id, mutation_id, at)
    select ${at.workspaceId}::uuid, moved.change_seq + c.n, c.entity, c.entity_id, c.op, c.row,
      c.project_id, c.audience_user_id, ${at.actorId}::uuid, ${at.mutationId}::uuid,
      ${at.at}::timestamptz
    from json_to_recordset(${at.rows}::text::json) as c(n int, entity text,
      entity_id uuid, op text, row jsonb, project_id uuid, audience_user_id uuid)
    left join moved on true
  ) select change_seq::float8 as last from moved`;

const appendAlone = compileSql<(typeof names)[number], { last: number }>(names, (at) =>
  appending(at, sql`select`),
);
const appendAndKeep = compileSql<(typeof names)[number], { last: number }>(names, (at) =>
  appending(at, keepAnswer(at)),
);

/** `answer`: as JSON, where it is kept with this. */
type Part = { workspaceId: string; recorded: RecordedChange[]; answer: string | null };

async function append(
  tx: Tx,
  ctx: WriteContext,
  { workspaceId, recorded, answer }: Part,
): Promise<Appended[]> {
  const at = new Date();
  const actorId = ctx.actor?.user.id ?? null;
  const mutationId = ctx.mutationId ?? null;
  const rows = recorded.map((c, i) => ({
    n: i + 1 - recorded.length,
    entity: c.entity,
    entity_id: c.id,
    op: c.op,
    row: c.row === null ? null : serialize(c.row),
    project_id: c.scopeId,
    audience_user_id: c.audienceUserId,
  }));
  const [moved] = await (answer === null ? appendAlone : appendAndKeep)(tx, {
    count: recorded.length,
    workspaceId,
    actorId,
    mutationId,
    at: at.toISOString(),
    rows: JSON.stringify(rows),
    answer,
  });
  const before = invariant(moved, `workspace ${workspaceId} exists`).last - recorded.length;
  const routed = recorded.map(
    (c, i): RoutedChange =>
      ({
        seq: before + i + 1,
        entity: c.entity,
        id: c.id,
        op: c.op,
        row: c.row,
        scopeId: c.scopeId ?? null,
        audienceUserId: c.audienceUserId ?? null,
        actorId,
        mutationId,
        at,
      }) as RoutedChange,
  );
  return [{ workspaceId, changes: routed }];
}
