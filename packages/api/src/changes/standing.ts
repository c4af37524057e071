/**
 * Where the thing of a change stands now.
 *
 * Problem: a change is recorded with the project or the private document that its thing stood in. When
 * that thing is then made private or moved, its older changes still say the old place, and whoever
 * joins later and reads the feed from its beginning would be given what they may not see.
 * Naive answer: write the new place into the older changes. A folder of 20,000 documents with years
 * of changes is then moved by one statement over all of them, while the workspace's writers wait.
 * Choice: of a reader both is asked, whether they may see the place of the change and the place of the
 * thing now, which Postgres says in the query that reads the change. What is deleted for ever stands
 * nowhere. A deletion carries nothing: it goes by the place in which it was made, so that those who had
 * the thing there forget it.
 */
import { type Queryable, schema } from "@guildhall/db";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Entity } from "../core/feed/change.ts";
import { GONE, type Standing } from "../core/visibility/audiences.ts";

const { changes, comments, documents, documentThreads, files, notifications, tasks } = schema;

const recorded = sql`coalesce(${changes}.project_id, ${changes}.workspace_id)`;
const ofDocument = sql`coalesce(d.scope_path[1], d.project_id, d.workspace_id)`;

/**
 * Null of what stays where it was recorded; the workspace's own id stands for all of it. Written
 * `${changes}.entity_id`: drizzle leaves the table off a column when the query has one table only.
 */
const places: Record<Entity, SQL | null> = {
  workspace: null,
  member: null,
  invitation: null,
  project: null,
  status: null,
  label: null,
  projectMember: null,
  access: null,
  documentAccess: null,
  task: null,
  checklist: null,
  checklistItem: null,
  comment: sql`(select coalesce(${ofDocument}, t.project_id) from ${comments} c
    left join ${tasks} t on t.id = c.task_id left join ${documentThreads} th on th.id = c.thread_id
    left join ${documents} d on d.id = th.document_id where c.id = ${changes}.entity_id)`,
  import: null,
  document: sql`(select ${ofDocument} from ${documents} d where d.id = ${changes}.entity_id)`,
  documentThread: sql`(select ${ofDocument} from ${documentThreads} th
    join ${documents} d on d.id = th.document_id where th.id = ${changes}.entity_id)`,
  // Versions are thinned out with time: the change itself says of which document it was.
  documentVersion: sql`(select ${ofDocument} from ${documents} d
    where d.id = (${changes}.row -> 'json' ->> 'documentId')::uuid)`,
  file: sql`(select coalesce(${ofDocument}, t.project_id, f.project_id) from ${files} f
    left join ${documents} d on d.id = f.document_id
    left join ${tasks} t on t.id = f.task_id where f.id = ${changes}.entity_id)`,
  notification: sql`(select coalesce(${ofDocument}, t.project_id, n.project_id, n.workspace_id)
    from ${notifications} n left join ${documents} d on d.id = n.document_id
    left join ${tasks} t on t.id = n.task_id where n.id = ${changes}.entity_id)`,
  group: null,
  projectGroup: null,
  documentGroup: sql`(select ${ofDocument} from ${documents} d
    where d.id = (${changes}.row -> 'json' ->> 'documentId')::uuid)`,
  // It says nothing of its thing.
  follow: null,
};

/** Whether its thing may stand elsewhere by now. */
export const mayMove = ({ entity, op }: { entity: string; op: string }): boolean =>
  op !== "delete" && Boolean(places[entity as Entity]);

/**
 * To be selected with rows of `changes`. One look by key for each row, whatever its entity: a join
 * with every table would be planned over all of their rows. Where the thing of a deletion stood too, as
 * far as it can be brought back.
 */
export const standingNow: SQL<string | null> = sql<string | null>`case ${changes}.entity ${sql.join(
  Object.entries(places).flatMap(([entity, place]) =>
    place ? sql`when ${sql.raw(`'${entity}'`)} then ${place}` : [],
  ),
  sql` `,
)} else ${recorded} end`;

/** The same; of a deletion, the place in which it was made. */
export const standing: SQL<string | null> = sql<string | null>`case
  when ${changes}.op = 'delete' then ${recorded} else ${standingNow} end`;

export const toStanding = (workspaceId: string, place: string | null): Standing =>
  place === null ? GONE : place === workspaceId ? null : place;

type Placed = { readonly seq: number; standing: Standing };

/** Says of changes from before where their things stand now. */
export async function placeAgain(q: Queryable, workspaceId: string, stale: Placed[]) {
  const seqs = stale.map(({ seq }) => seq);
  const rows = await q
    .select({ seq: changes.seq, place: standing })
    .from(changes)
    .where(and(eq(changes.workspaceId, workspaceId), inArray(changes.seq, seqs)));
  const found = new Map(rows.map(({ seq, place }) => [seq, toStanding(workspaceId, place)]));
  for (const each of stale) {
    const now = found.get(each.seq);
    each.standing = now === undefined ? GONE : now;
  }
}
