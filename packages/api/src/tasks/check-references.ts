/**
 * Every id in an input is authorised, not just the first: assignees, labels, parent, blockers.
 *
 * Only what is added is checked. What a task refers to already may have been deleted, or have lost its
 * access, since; that must not stand in the way of every later change.
 */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { whoCanView } from "../core/access.ts";
import { notFound, refused } from "../core/errors.ts";

const { groupMembers, groups, labels, members, tasks, taskDependencies } = schema;

export type Home = { workspaceId: string; projectId: string };

const once = (ids: readonly string[]) => [...new Set(ids)];

/** Those of them that may see the project, and so may be given a task of it. */
export async function assignable(tx: Tx, home: Home, userIds: string[]): Promise<string[]> {
  if (userIds.length === 0) return [];
  // Held until we commit: who is being removed right now is then either refused here, or unassigned.
  await tx
    .select({ id: members.userId })
    .from(members)
    .where(and(eq(members.workspaceId, home.workspaceId), inArray(members.userId, userIds)))
    .for("key share");
  const seers = await whoCanView(tx, home.projectId);
  return once(userIds).filter((id) => seers.has(id));
}

/** Those of them that a task may be given to: people as above, and groups in which there is one of these. */
export async function assignableWithGroups(tx: Tx, home: Home, ids: string[]): Promise<string[]> {
  const people = await assignable(tx, home, ids);
  const others = once(ids).filter((id) => !people.includes(id));
  if (others.length === 0) return people;
  // Held likewise: who deletes a group takes it off its tasks.
  const found = await tx
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.workspaceId, home.workspaceId), inArray(groups.id, others)))
    .for("key share");
  if (found.length === 0) return people;
  const inside = await tx
    .select({ id: groupMembers.groupId, userId: groupMembers.userId })
    .from(groupMembers)
    .where(
      inArray(
        groupMembers.groupId,
        found.map(({ id }) => id),
      ),
    );
  const seers = await whoCanView(tx, home.projectId);
  const seeing = new Set(inside.flatMap(({ id, userId }) => (seers.has(userId) ? [id] : [])));
  return once(ids).filter((id) => people.includes(id) || seeing.has(id));
}

/** Those of them that the project has. */
export async function labelsOf(tx: Tx, home: Home, labelIds: string[]): Promise<string[]> {
  if (labelIds.length === 0) return [];
  const found = await tx
    .select({ id: labels.id })
    .from(labels)
    .where(and(inArray(labels.id, labelIds), eq(labels.projectId, home.projectId)));
  return found.map(({ id }) => id);
}

/**
 * Those of them that are tasks of the same project and not in the bin. Parents and blockers are, so
 * that whoever sees one sees the other.
 */
export async function siblings(tx: Tx, home: Home, taskIds: string[]): Promise<string[]> {
  if (taskIds.length === 0) return [];
  const found = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(inArray(tasks.id, taskIds), eq(tasks.projectId, home.projectId), isNull(tasks.deletedAt)),
    );
  return found.map(({ id }) => id);
}

const noAccess = () =>
  refused("not_a_member", "Nothing was changed: an assignee doesn't have access to this project.");

/** For what is one person's: a checklist item. */
export async function checkAssignee(tx: Tx, home: Home, userId: string) {
  if ((await assignable(tx, home, [userId])).length === 0) throw noAccess();
}

export async function checkAssignees(tx: Tx, home: Home, ids: string[]) {
  if ((await assignableWithGroups(tx, home, ids)).length < once(ids).length) throw noAccess();
}

export async function checkLabels(tx: Tx, home: Home, labelIds: string[]) {
  if ((await labelsOf(tx, home, labelIds)).length < once(labelIds).length) throw notFound("label");
}

async function checkSiblings(tx: Tx, home: Home, taskIds: string[]) {
  if ((await siblings(tx, home, taskIds)).length < once(taskIds).length) throw notFound("task");
}

/** Two people could each add one half of a circle, so links of a project are made one at a time. */
export const holdLinks = (tx: Tx, { projectId }: Pick<Home, "projectId">) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`links:${projectId}`}, 0))`);

export async function checkParent(tx: Tx, home: Home, taskId: string, parentId: string | null) {
  if (parentId === null) return;
  await checkSiblings(tx, home, [parentId]);
  await holdLinks(tx, home);
  const above = await tx.execute(sql`
    with recursive above(id) as (
      select ${parentId}::uuid
      union
      select t.parent_id from above a join ${tasks} t on t.id = a.id where t.parent_id is not null
    ) select 1 from above where id = ${taskId}`);
  if (above.length > 0) {
    throw refused("parent_circle", "Nothing was changed: a task can't be a subtask of itself.");
  }
}

export async function checkBlockers(tx: Tx, home: Home, taskId: string, blockerIds: string[]) {
  if (blockerIds.length === 0) return;
  await checkSiblings(tx, home, blockerIds);
  await holdLinks(tx, home);
  const ids = sql.join(
    blockerIds.map((id) => sql`(${id}::uuid)`),
    sql`, `,
  );
  const upstream = await tx.execute(sql`
    with recursive upstream(id) as (
      select v.id from (values ${ids}) v(id)
      union
      select d.blocker_id from upstream u join ${taskDependencies} d on d.task_id = u.id
    ) select 1 from upstream where id = ${taskId}`);
  if (upstream.length > 0) {
    throw refused(
      "dependency_circle",
      "Nothing was changed: the tasks would block each other in a loop.",
    );
  }
}
