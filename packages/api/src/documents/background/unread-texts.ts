/** Which documents' texts the search does not know, or not as they were written last. */
import { type Queryable, schema } from "@guildhall/db";
import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { documentAccess, documentRole } from "../../core/access.ts";

const { documents, documentTexts, members, projects, projectMembers } = schema;

/** They will be read in a moment. */
const isWaiting = sql`${documents.updateSeq} > coalesce(${documentTexts.seq}, 0)`;
/** They were tried, and are again when somebody writes in them. */
const isUnreadable = sql`${documentTexts.problem} is not null and not ${isWaiting}`;
const countOf = (condition: SQL) => sql<number>`count(*) filter (where ${condition})::int`;

/** So many are named. */
const NAMED = 20;

/** Of all workspaces, for the operator. */
export async function countUnreadTexts(q: Queryable) {
  const [row] = await q
    .select({ waiting: countOf(isWaiting), unreadable: countOf(isUnreadable) })
    .from(documents)
    .leftJoin(documentTexts, eq(documentTexts.documentId, documents.id))
    .where(isNull(documents.deletedAt));
  return row ?? { waiting: 0, unreadable: 0 };
}

/** As far as this person may see them: how many wait, and the first of those that cannot be read. */
export async function unreadTexts(q: Queryable, userId: string, workspaceId: string) {
  const on = documentAccess(userId);
  const rows = await q
    .select({ id: documents.id, title: documents.title, isWaiting: sql<boolean>`${isWaiting}` })
    .from(documents)
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .leftJoin(documentTexts, eq(documentTexts.documentId, documents.id))
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        isNull(documents.deletedAt),
        isNotNull(documentRole),
        sql`(${isWaiting} or ${isUnreadable})`,
      ),
    )
    .orderBy(documents.id);
  const unreadable = rows.filter((row) => !row.isWaiting);
  return {
    waiting: rows.length - unreadable.length,
    unreadable: unreadable.length,
    documents: unreadable.slice(0, NAMED).map(({ id, title }) => ({ id, title })),
  };
}
