import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Services } from "../../core/context.ts";
import { write } from "../../core/write.ts";
import { sendOut } from "../../workspaces/deletion/delete-workspace.ts";
import { leaveGroups, recordGroup } from "../../workspaces/groups/queries.ts";
import { notifyInvited } from "../../workspaces/invitations.ts";
import { type Ended, settleRoles } from "../../workspaces/settle-roles.ts";

const { documentMembers, documents, groupMembers, members, projectMembers, projects, users } =
  schema;

type Account = { id: string; closedAt: Date | null };

/**
 * In each workspace nothing is left of them but who they were: no role, group or place that somebody let
 * them into. One in which nobody else is left is deleted, with its days over.
 */
export async function* leaveBehind(services: Services, { id, closedAt }: Account) {
  for (const workspaceId of await placesOf(services.db, id)) {
    let ended: Ended = [];
    const ctx = { services, actor: null, path: "auth.eraseAccount" };
    await write(ctx, workspaceId, async (tx, record) => {
      if (closedAt && !(await hasOthers(tx, workspaceId, id))) {
        return sendOut(tx, record, { id: workspaceId, deletedAt: closedAt, deletedBy: id });
      }
      let left: string[] = [];
      const settled = await settleRoles(tx, record, { workspaceId, userIds: [id] }, async () => {
        left = await leaveGroups(tx, { workspaceId, userId: id });
        await strip(tx, workspaceId, id);
        return [id];
      });
      for (const groupId of left) await recordGroup(tx, record, groupId);
      ended = settled.ended;
    });
    notifyInvited(services, ended);
    yield "workspaces";
  }
}

/** Somebody else is in the workspace of a row of `members` called `mine`; who may still come back counts. */
const others: SQL = sql`exists (select from ${members} other
  join ${users} u on u.id = other.user_id and u.erased_at is null
  where other.workspace_id = mine.workspace_id and other.user_id <> mine.user_id)`;

/** Where there is something to do. */
async function placesOf(q: Queryable, userId: string): Promise<string[]> {
  const rows = await q.execute<{ id: string }>(sql`
    select mine.workspace_id as id from ${members} mine
    where mine.user_id = ${userId} and (mine.personal_role <> 'guest' or not ${others}
      or exists (select from ${groupMembers} gm
        where gm.user_id = mine.user_id and gm.workspace_id = mine.workspace_id)
      or exists (select from ${projectMembers} pm join ${projects} p on p.id = pm.project_id
        where pm.user_id = mine.user_id and p.workspace_id = mine.workspace_id)
      or exists (select from ${documentMembers} dm join ${documents} d on d.id = dm.document_id
        where dm.user_id = mine.user_id and d.workspace_id = mine.workspace_id))
    order by 1`);
  return rows.map(({ id }) => id);
}

async function hasOthers(tx: Tx, workspaceId: string, userId: string) {
  const [row] = await tx.execute<{ has: boolean }>(sql`
    select ${others} as has from ${members} mine
    where mine.workspace_id = ${workspaceId} and mine.user_id = ${userId}`);
  return row?.has ?? true;
}

/** What they were given by name; rows without it go with the groups. */
async function strip(tx: Tx, workspaceId: string, userId: string) {
  await tx
    .update(members)
    .set({ personalRole: "guest" })
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)));
  const ofProjects = tx
    .select({ id: projects.id })
    .from(projects)
    .where(eq(projects.workspaceId, workspaceId));
  await tx
    .update(projectMembers)
    .set({ personalRole: null })
    .where(and(eq(projectMembers.userId, userId), inArray(projectMembers.projectId, ofProjects)));
  const ofDocuments = tx
    .select({ id: documents.id })
    .from(documents)
    .where(eq(documents.workspaceId, workspaceId));
  await tx
    .update(documentMembers)
    .set({ personalRole: null })
    .where(
      and(eq(documentMembers.userId, userId), inArray(documentMembers.documentId, ofDocuments)),
    );
}
