import { schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { documentGrant, joinRoles, type Role, whoCanView } from "../../core/access.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { tellAccess } from "../access.ts";

const { documents } = schema;

type Right = { userId: string; role: Role };
type Rights = {
  project: ({ projectId: string } & Right)[];
  documents: ({ documentId: string } & Right)[];
};

/** Everybody's role in a project, and in the documents in it that have access of their own. */
export async function readRights(tx: Tx, projectId: string): Promise<Rights> {
  const inProject = await whoCanView(tx, projectId);
  const inDocuments = await tx.execute<{ id: string; user_id: string; role: Role }>(sql`
    select * from (
      select ${documents.id} as id, members.user_id, ${documentGrant} as role from ${documents}
      ${joinRoles(sql`true`)}
      where ${documents.projectId} = ${projectId} and ${documents.scopePath}[1] = ${documents.id}
    ) rights where role is not null`);
  return {
    project: [...inProject].map(([userId, role]) => ({ projectId, userId, role })),
    documents: inDocuments.map(({ id, user_id, role }) => ({
      documentId: id,
      userId: user_id,
      role,
    })),
  };
}

/** Tells each person what to forget (null), or what they see again. Returns whom to notify after the commit. */
export function tellRights(record: RecordChange, rights: Rights, what: null | "restored") {
  for (const right of rights.project) {
    tellAccess(record, { ...right, role: what && right.role });
  }
  for (const right of rights.documents) {
    const row = { ...right, role: what && right.role, isAdded: false };
    const op = what ? "update" : "delete";
    const { documentId: id, userId: audienceUserId } = right;
    record({ entity: "documentAccess", id, op, row, audienceUserId });
  }
  return [...new Set([...rights.project, ...rights.documents].map(({ userId }) => userId))];
}
