import { type Queryable, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { documentRole, type Role } from "../../core/access.ts";

const { documents, members, projects, projectMembers } = schema;

/** The role of each of these people in the document; who may not see it is not in it. */
export async function rolesIn(
  q: Queryable,
  documentId: string,
  userIds: string[],
): Promise<Map<string, Role>> {
  const rows = await q.execute<{ id: string; role: Role | null }>(sql`
    select ${members.userId} as id, ${documentRole} as role
    from ${documents}
    join ${members} on ${members.workspaceId} = ${documents.workspaceId}
      and ${members.userId} = any(${sql.param(userIds)}::uuid[])
    left join ${projects} on ${projects.id} = ${documents.projectId}
    left join ${projectMembers} on ${projectMembers.projectId} = ${projects.id}
      and ${projectMembers.userId} = ${members.userId}
    where ${documents.id} = ${documentId} and ${documents.deletedAt} is null`);
  return new Map(rows.flatMap(({ id, role }) => (role ? [[id, role]] : [])));
}
