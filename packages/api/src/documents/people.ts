import { type Queryable, schema } from "@guildhall/db";
import { asc, eq, isNotNull, sql } from "drizzle-orm";
import { documentGrant, loadWorkspace, type Role } from "../core/access.ts";
import { invariant } from "../core/errors.ts";
import { readPeopleSeen } from "../core/visibility/people-seen.ts";
import type { DocumentGroupRow } from "./queries.ts";

const { documentGroups, documents, documentMembers, members, projects, projectMembers } = schema;

/** What gives a person their role in a document; `group`: a document that lets in groups of theirs. */
export type Through = "owner" | "group" | "document" | "project" | "workspace";

/** The nearest document of the path that says something about this person, by name or by a group. */
const decider = sql<string | null>`(
  select step.id from unnest(${documents.scopePath}) with ordinality as step(id, n)
  join ${documents} scope on scope.id = step.id
  left join ${documentMembers} own on own.document_id = step.id and own.user_id = ${members.userId}
  where own.role is not null or scope.visibility = 'private'
  order by step.n limit 1)`;

type Document = { id: string; workspaceId: string };

/**
 * Everybody who may see it, as far as this person sees them: their role, through what they have it, and
 * whether it is their own here.
 */
export async function peopleOf(q: Queryable, askerId: string, { id, workspaceId }: Document) {
  const people = await readPeopleSeen(q, askerId, workspaceId);
  const rows = await q
    .select({
      userId: members.userId,
      role: documentGrant,
      ownRole: sql<Role | null>`(select personal_role from ${documentMembers}
        where document_id = ${documents.id} and user_id = ${members.userId})`,
      through: sql<Through>`case when ${members.role} = 'owner' then 'owner'
        when exists (select from ${documentMembers} own where own.document_id = ${decider}
          and own.user_id = ${members.userId} and own.personal_role is null) then 'group'
        when ${decider} is not null then 'document'
        when ${documents.projectId} is not null then 'project' else 'workspace' end`,
      /** The document that gives it: this one, or one above it. */
      throughId: sql<string | null>`case when ${members.role} <> 'owner' then ${decider} end`,
    })
    .from(documents)
    .innerJoin(members, eq(members.workspaceId, documents.workspaceId))
    .leftJoin(projects, eq(projects.id, documents.projectId))
    .leftJoin(
      projectMembers,
      sql`${projectMembers.projectId} = ${projects.id} and ${projectMembers.userId} = ${members.userId}`,
    )
    .where(sql`${documents.id} = ${id} and ${isNotNull(documentGrant)}`)
    .orderBy(asc(members.createdAt), asc(members.userId));
  return rows
    .filter(({ userId }) => !people || people.has(userId))
    .map((row) => ({ ...row, role: invariant(row.role, "asked for above") }));
}

/** The groups with a role of their own in this very document; guests see none. */
export async function groupsOfDocument(
  q: Queryable,
  askerId: string,
  { id, workspaceId }: Document,
): Promise<DocumentGroupRow[]> {
  const { role } = await loadWorkspace(q, askerId, workspaceId, "guest");
  if (role === "guest") return [];
  return q.select().from(documentGroups).where(eq(documentGroups.documentId, id));
}
