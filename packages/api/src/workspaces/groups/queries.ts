import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, asc, count, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import {
  documentAccess,
  documentRole,
  loadWorkspace,
  projectAccess,
  projectRole,
} from "../../core/access.ts";
import type { ActorContext } from "../../core/context.ts";
import { asMissing, invariant, notFound } from "../../core/errors.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { readGroupsSeen, readPeopleSeen } from "../../core/visibility/people-seen.ts";

const { documentGroups, documents, groupMembers, groups } = schema;
const { members, projectGroups, projectMembers, projects, taskAssigneeGroups, tasks } = schema;

/** `managedBy`: the sign-in provider that put them there; null: somebody did by hand. */
type GroupMember = { userId: string; managedBy: string | null };
export type GroupRow = Awaited<ReturnType<typeof readGroup>>;

declare module "../../core/feed/change.ts" {
  interface ChangeRows {
    /** With the people in it. */
    group: GroupRow;
  }
}

/** Written `${groups}.id`: drizzle leaves the table off a column when the query has one table only. */
const people: SQL<GroupMember[]> = sql<GroupMember[]>`coalesce((
  select json_agg(json_build_object('userId', gm.user_id, 'managedBy', gm.managed_by)
    order by gm.created_at, gm.user_id)
  from ${groupMembers} gm where gm.group_id = ${groups}.id), '[]')`;

const columns = {
  id: groups.id,
  workspaceId: groups.workspaceId,
  name: groups.name,
  handle: groups.handle,
  description: groups.description,
  color: groups.color,
  /** What its people are in the workspace at least; null: it gives none. */
  role: groups.role,
  createdAt: groups.createdAt,
  members: people.as("members"),
};

/** For callers that have already authorised. */
export const listGroups = (q: Queryable, workspaceId: string) =>
  q
    .select(columns)
    .from(groups)
    .where(eq(groups.workspaceId, workspaceId))
    .orderBy(asc(sql`lower(${groups.name})`), asc(groups.id));

/** Those that a guest sees named where they were let in, with whom they see of the people in them. */
export async function listGroupsOfGuest(q: Queryable, userId: string, workspaceId: string) {
  const ids = await readGroupsSeen(q, userId, workspaceId);
  if (ids.length === 0) return [];
  const people = await readPeopleSeen(q, userId, workspaceId);
  const rows = await q
    .select(columns)
    .from(groups)
    .where(and(eq(groups.workspaceId, workspaceId), inArray(groups.id, ids)))
    .orderBy(asc(sql`lower(${groups.name})`), asc(groups.id));
  return rows.map((group) => ({
    ...group,
    members: group.members.filter(({ userId }) => people?.has(userId)),
  }));
}

export async function readGroup(q: Queryable, id: string) {
  const [row] = await q.select(columns).from(groups).where(eq(groups.id, id));
  return invariant(row, "a group that was just loaded");
}

/** Tells of the group as it is now. */
export async function recordGroup(
  tx: Tx,
  record: RecordChange,
  id: string,
  op: "insert" | "update" = "update",
) {
  const row = await readGroup(tx, id);
  record({ entity: "group", id, op, row, workspaceId: row.workspaceId });
  return row;
}

/** Takes who leaves the workspace out of its groups; answers which these were. */
export async function leaveGroups(
  tx: Tx,
  { workspaceId, userId }: { workspaceId: string; userId: string },
) {
  const rows = await tx
    .delete(groupMembers)
    .where(and(eq(groupMembers.workspaceId, workspaceId), eq(groupMembers.userId, userId)))
    .returning({ id: groupMembers.groupId });
  return rows.map(({ id }) => id);
}

/** If they are in it; by one statement, so that whoever is not learns nothing from the count. */
export async function workspaceOfGroup(q: Queryable, userId: string, id: string) {
  const [group] = await q
    .select({ workspaceId: groups.workspaceId })
    .from(groups)
    .innerJoin(
      members,
      and(eq(members.workspaceId, groups.workspaceId), eq(members.userId, userId)),
    )
    .where(eq(groups.id, id));
  if (!group) throw notFound("group");
  return group.workspaceId;
}

/** Where it has a role, and how many tasks are assigned to it, as far as the asker may see these. */
export async function rolesOfGroup(ctx: ActorContext, id: string) {
  const { db } = ctx.services;
  const userId = ctx.actor.user.id;
  const workspaceId = await workspaceOfGroup(db, userId, id);
  await loadWorkspace(db, userId, workspaceId, "viewer").catch(asMissing("group"));
  const on = projectAccess(userId);
  const inProjects = await db
    .select({ id: projects.id, role: projectGroups.role })
    .from(projectGroups)
    .innerJoin(projects, eq(projects.id, projectGroups.projectId))
    .innerJoin(members, on.member)
    .leftJoin(projectMembers, on.projectMember)
    .where(and(eq(projectGroups.groupId, id), isNotNull(projectRole)))
    .orderBy(asc(projects.name), asc(projects.id));
  const to = documentAccess(userId);
  const inDocuments = await db
    .select({
      id: documents.id,
      title: documents.title,
      kind: documents.kind,
      role: documentGroups.role,
    })
    .from(documentGroups)
    .innerJoin(documents, eq(documents.id, documentGroups.documentId))
    .innerJoin(members, to.member)
    .leftJoin(projects, to.project)
    .leftJoin(projectMembers, to.projectMember)
    .where(
      and(eq(documentGroups.groupId, id), isNull(documents.deletedAt), isNotNull(documentRole)),
    )
    .orderBy(asc(documents.title), asc(documents.id));
  const tasksOf = await db
    .select({ count: count() })
    .from(taskAssigneeGroups)
    .innerJoin(tasks, eq(tasks.id, taskAssigneeGroups.taskId))
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .innerJoin(members, on.member)
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(eq(taskAssigneeGroups.groupId, id), isNull(tasks.deletedAt), isNotNull(projectRole)),
    );
  return { projects: inProjects, documents: inDocuments, tasks: tasksOf[0]?.count ?? 0 };
}
