import { type Queryable, schema } from "@guildhall/db";
import { and, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { documentAccess, documentRole } from "../core/access.ts";
import { documentColumns } from "../documents/queries.ts";
import { visibleTasks } from "../tasks/queries.ts";

const { documents, documentLinks, documentTexts, members, projects, projectMembers } = schema;

/** Characters of a document's text on the card that shows when the pointer rests on its link. */
const EXCERPT = 280;
const MOST_BACKLINKS = 500;

const excerpt = sql<string>`coalesce((
  select left(t.text, ${sql.raw(String(EXCERPT))}) from ${documentTexts} t
  where t.document_id = ${documents}.id
), '')`;

type Asker = { userId: string; workspaceId: string };

/** Documents of a workspace that this person may see, each with the beginning of its text. */
function visibleDocuments(q: Queryable, { userId, workspaceId }: Asker, where: SQL | undefined) {
  const on = documentAccess(userId);
  return q
    .select({ ...documentColumns, excerpt: excerpt.as("excerpt") })
    .from(documents)
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        isNull(documents.deletedAt),
        isNotNull(documentRole),
        where,
      ),
    );
}

export type LinkTarget = { target: "document" | "task"; id: string };

/** The documents whose text points to this one, those last changed first. */
export const listBacklinks = (q: Queryable, asker: Asker, { target, id }: LinkTarget) =>
  visibleDocuments(
    q,
    asker,
    sql`exists (select from ${documentLinks} l
      where l.document_id = ${documents}.id and l.target = ${target} and l.target_id = ${id}
      and l.document_id <> ${id})`,
  )
    .orderBy(desc(documents.updatedAt), desc(documents.id))
    .limit(MOST_BACKLINKS);

type Ids = { documentIds: string[]; taskIds: string[] };

/** What links point to, as far as this person may see it; what is missing here is gone for them. */
export async function readLinkTargets(q: Queryable, asker: Asker, ids: Ids) {
  const { documentIds, taskIds } = ids;
  const [seenDocuments, seenTasks] = await Promise.all([
    documentIds.length > 0 ? visibleDocuments(q, asker, inArray(documents.id, documentIds)) : [],
    taskIds.length > 0
      ? visibleTasks(q, asker.userId, asker.workspaceId, inArray(schema.tasks.id, taskIds))
      : [],
  ]);
  return { documents: seenDocuments, tasks: seenTasks };
}
