import { schema, type Tx } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { loadWorkspace } from "../access.ts";
import { notFound } from "../errors.ts";

const { groupMembers, groups } = schema;

/** Who is in a group of this workspace, at the moment; throws when it has no such group, and for guests. */
export async function peopleOfGroup(
  tx: Tx,
  askerId: string,
  { workspaceId, groupId }: { workspaceId: string; groupId: string },
): Promise<{ name: string; userIds: string[] }> {
  await loadWorkspace(tx, askerId, workspaceId, "viewer");
  const rows = await tx
    .select({ name: groups.name, userId: groupMembers.userId })
    .from(groups)
    .leftJoin(groupMembers, eq(groupMembers.groupId, groups.id))
    .where(and(eq(groups.id, groupId), eq(groups.workspaceId, workspaceId)));
  const [first] = rows;
  if (!first) throw notFound("group");
  return { name: first.name, userIds: rows.flatMap(({ userId }) => userId ?? []) };
}
