/**
 * Appends updates to one document's log, in one statement: whether each writer may, whether it is
 * there already, the next numbers, and the rows.
 *
 * The number comes from `UPDATE documents … RETURNING`, as a workspace's feed has its own from its
 * row: the row lock makes the order of numbers the order of commits. It is one statement without a
 * BEGIN around it, so that the row is locked for the time of its commit and no turn of our event loop.
 * It does not go through the workspace's feed: that would make all who type anywhere in a workspace
 * wait for each other.
 */
import { type Db, schema, sendNow, sqlState } from "@guildhall/db";
import { fillPlaceholders, type Query, sql } from "drizzle-orm";
import { documentRole, joinRoles, type Role } from "../../core/access.ts";
import type { Push } from "../../live/services.ts";

const { documents, documentUpdates, members } = schema;

export type Appended = {
  /** The writer's; null when there is no such document for them. */
  role: Role | null;
  /** Null when it was refused. */
  seq: number | null;
  /** False for a repeat: it has the number of the first. */
  isNew: boolean;
};

const documentId = sql`${sql.placeholder("documentId")}::uuid`;
const appending = sql`with given as materialized (
    select * from json_to_recordset(${sql.placeholder("rows")}::text::json)
      as g(n int, id uuid, update text, actor uuid)
  ), writer as materialized (
    select ${members.userId} as user_id, ${documentRole} as role
    from ${documents}
    ${joinRoles(sql`${members.userId} in (select actor from given)`)}
    where ${documents.id} = ${documentId} and ${documents.deletedAt} is null
      and ${documents.kind} = 'document'
  ), fresh as materialized (
    select g.id, g.update, g.actor, row_number() over (order by g.n) as k
    from given g join writer w on w.user_id = g.actor and w.role in ('editor', 'owner')
    where not exists (
      select from ${documentUpdates} u where u.document_id = ${documentId} and u.id = g.id
    )
  ), moved as (
    update ${documents} set update_seq = update_seq + (select count(*) from fresh)
    where ${documents.id} = ${documentId} and exists (select from fresh)
    returning update_seq - (select count(*) from fresh) as before
  ), appended as (
    insert into ${documentUpdates} (document_id, seq, id, update, actor_id)
    select ${documentId}, moved.before + k, id, decode(update, 'base64'), actor
    from fresh, moved
    returning id, seq
  )
  select w.role, coalesce(a.seq, first.seq)::float8 as seq, a.seq is not null as "isNew"
  from given g
  left join writer w on w.user_id = g.actor
  left join appended a on a.id = g.id
  left join ${documentUpdates} first on first.document_id = ${documentId} and first.id = g.id
    and w.role in ('editor', 'owner')
  order by g.n`;

/** Its text is made once: that takes longer than most of what else a push costs us. */
let built: Query | undefined;

/** In the order given; ids must differ. Each is appended or refused by itself. */
export async function appendUpdates(
  db: Db,
  id: string,
  pushes: Omit<Push, "documentId">[],
): Promise<Appended[]> {
  const rows = pushes.map(({ id, update, actorId }, n) => ({ n, id, update, actor: actorId }));
  built ??= db.execute(appending).getQuery();
  const { sql: text, params } = built;
  const values = fillPlaceholders(params, { documentId: id, rows: JSON.stringify(rows) });
  const statement = { toSQL: () => ({ sql: text, params: values }) };
  for (let left = 4; ; left--) {
    try {
      return await sendNow<Appended>(db, statement);
    } catch (error) {
      // The same update through two workers at once: the next try finds the other's.
      const again = ["23505", "40P01", "40001"].includes(sqlState(error) ?? "");
      if (left <= 1 || !again) throw error;
    }
  }
}
