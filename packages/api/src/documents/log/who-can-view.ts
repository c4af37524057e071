import { type Queryable, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { documentRole, joinRoles } from "../../core/access.ts";

const { documents, members } = schema;

/** All who may see a document see the same of it. */
const canView = { key: "" } as const;
export type CanView = typeof canView;

/** Those of these people who may see the document. */
export async function whoCanView(
  q: Queryable,
  documentId: string,
  userIds: string[],
): Promise<Map<string, CanView>> {
  const rows = await q.execute<{ id: string }>(sql`
    select ${members.userId} as id
    from ${documents}
    ${joinRoles(sql`${members.userId} = any(${sql.param(userIds)}::uuid[])`)}
    where ${documents.id} = ${documentId} and ${documents.deletedAt} is null
      and ${documentRole} is not null`);
  return new Map(rows.map(({ id }) => [id, canView]));
}
