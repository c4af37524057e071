import { schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { NOWHERE } from "../core/access.ts";
import type { Services } from "../core/context.ts";
import { BATCH, eraseAnswers } from "./erase-rows.ts";

const { changes, comments, documents, documentThreads, documentVersions } = schema;
const { files, notifications, tasks } = schema;

/**
 * Takes out of a workspace's feed what it says of a project, with the answers that are kept for retries: of each
 * change only its number is left, as one that is for nobody. Returns how many.
 */
export async function blankChanges(
  { db }: Services,
  { workspaceId, projectId }: { workspaceId: string; projectId: string },
): Promise<number> {
  const [blank] = await db.execute<{ n: number }>(sql`
    with own as (${idsOf(projectId)}),
    found as (
      select seq, mutation_id from ${changes} where ${changes.workspaceId} = ${workspaceId}
        and project_id = any(array(select id from own)) limit ${BATCH}
    ), told as (
      select seq, mutation_id from ${changes} where ${changes.workspaceId} = ${workspaceId}
        and entity_id = any(array(select id from own)) limit ${BATCH}
    ), gone as (select * from found union select * from told),
    answers as (${eraseAnswers("gone")}),
    blanked as (
      update ${changes} c set entity = 'follow', entity_id = ${NOWHERE}, op = 'delete', row = null,
        project_id = null, audience_user_id = ${NOWHERE}, actor_id = null, mutation_id = null
      from gone where c.workspace_id = ${workspaceId} and c.seq = gone.seq returning 1)
    select count(*)::int as n from blanked`);
  return blank?.n ?? 0;
}

/** Whatever the project is known by in the feed: it and its documents as places, and what may have stood elsewhere. */
const idsOf = (projectId: string) => sql`
  with its_documents as (select id from ${documents} where project_id = ${projectId}),
  its_tasks as (select id from ${tasks} where project_id = ${projectId}),
  its_threads as (
    select id from ${documentThreads} where document_id in (select id from its_documents))
  select ${projectId}::uuid as id
  union all select id from its_documents
  union all select id from its_threads
  union all select id from ${documentVersions} where document_id in (select id from its_documents)
  union all select id from ${comments} where task_id in (select id from its_tasks)
    or thread_id in (select id from its_threads)
  union all select id from ${files} where project_id = ${projectId}
    or task_id in (select id from its_tasks) or document_id in (select id from its_documents)
  union all select id from ${notifications} where project_id = ${projectId}
    or task_id in (select id from its_tasks) or document_id in (select id from its_documents)`;
