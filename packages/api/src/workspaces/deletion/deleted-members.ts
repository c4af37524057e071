/** Who waits in a deleted workspace, and as what they come back. */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { WorkspaceRole } from "../../core/access.ts";

const { deletedMembers, members, users } = schema;

type Member = { workspaceId: string; userId: string };

const isOf = ({ workspaceId, userId }: Member) =>
  and(eq(deletedMembers.workspaceId, workspaceId), eq(deletedMembers.userId, userId));

/** With all that they have but what follows from other rows; the one table is as the other. */
export async function moveMembers(
  tx: Tx,
  workspaceId: string,
  to: "out" | "back",
): Promise<string[]> {
  const [from, into] = to === "out" ? [members, deletedMembers] : [deletedMembers, members];
  const rows = await tx.execute<{ id: string }>(sql`
    with gone as (delete from ${from} where workspace_id = ${workspaceId}
      returning workspace_id, user_id, role, personal_role, created_at)
    insert into ${into} (workspace_id, user_id, role, personal_role, created_at)
    select * from gone
    returning user_id as id`);
  return rows.map(({ id }) => id);
}

/** As somebody gave it to them by name; null for who does not wait there. */
export async function deletedRoleOf(tx: Tx, member: Member): Promise<WorkspaceRole | null> {
  const [row] = await tx
    .select({ role: deletedMembers.personalRole })
    .from(deletedMembers)
    .where(isOf(member));
  return row?.role ?? null;
}

/** False when nobody would be left to restore it: then it stays as it is. Null: they come back no more. */
export async function setDeletedRole(
  tx: Tx,
  member: Member,
  role: WorkspaceRole | null,
): Promise<boolean> {
  if (role !== "owner" && (await deletedRoleOf(tx, member)) === "owner") {
    const { workspaceId, userId } = member;
    const others = await tx
      .select({ id: users.id })
      .from(deletedMembers)
      .innerJoin(users, eq(users.id, deletedMembers.userId))
      .where(
        and(
          ...[eq(deletedMembers.workspaceId, workspaceId), ne(deletedMembers.userId, userId)],
          ...[eq(deletedMembers.personalRole, "owner"), isNull(users.deactivatedAt)],
          isNull(users.closedAt),
        ),
      );
    if (others.length === 0) return false;
  }
  if (!role) await tx.delete(deletedMembers).where(isOf(member));
  else {
    await tx
      .insert(deletedMembers)
      .values({ ...member, role, personalRole: role })
      .onConflictDoUpdate({
        target: [deletedMembers.workspaceId, deletedMembers.userId],
        set: { role, personalRole: role },
      });
  }
  return true;
}
