/** Runs what gives people another role in a workspace, and tells of everything that this changes. */
import { schema, type Tx } from "@guildhall/db";
import { isNotNull, sql } from "drizzle-orm";
import { documentRole, projectRole, type Role, type WorkspaceRole } from "../access.ts";
import type { RecordChange } from "../feed/change.ts";
import { type Derived, type DerivedMember, deriveRoles, type WhoseRoles } from "./derive-roles.ts";
import { lockTree } from "./lock-tree.ts";

const { documents, members, projectMembers, projects } = schema;

type Right<R = Role> = { id: string; user_id: string; role: R };
type Rights = {
  workspace: Map<string, Right<WorkspaceRole>>;
  projects: Map<string, Right>;
  documents: Map<string, Right>;
};

export type Settled = {
  derived: Derived;
  /** Who may now see or do other things than before: to be notified after the commit. */
  affected: string[];
};

/**
 * `change` writes what was given, to people or to groups; this derives their roles, and tells each of
 * them what they may no longer see or do, and what they may now: ahead of what `change` records, so that
 * a client knows what to forget when that follows. Their rows of `members` are the caller's to tell of.
 */
export async function aroundRoles(
  tx: Tx,
  record: RecordChange,
  whose: WhoseRoles,
  change: () => Promise<unknown>,
): Promise<Settled> {
  await lockTree(tx, whose.workspaceId);
  const before = await readRights(tx, whose);
  await change();
  const derived = await deriveRoles(tx, whose);
  const after = await readRights(tx, whose);
  const affected = new Set<string>();
  for (const { user_id } of changed(before.workspace, after.workspace)) affected.add(user_id);
  for (const each of derived.projectMembers) recordProjectMember(record, each);
  for (const { id: projectId, user_id: userId, role } of changed(before.projects, after.projects)) {
    affected.add(userId);
    const row = { projectId, userId, role };
    const op = role ? "update" : "delete";
    record({ entity: "access", id: projectId, op, row, audienceUserId: userId });
  }
  for (const right of changed(before.documents, after.documents)) {
    const { id: documentId, user_id: userId, role } = right;
    affected.add(userId);
    const row = { documentId, userId, role, isAdded: false };
    const op = role ? "update" : "delete";
    record({ entity: "documentAccess", id: documentId, op, row, audienceUserId: userId });
  }
  return { derived, affected: [...affected] };
}

/** Told of to all who may see the project: its list of people. */
export function recordProjectMember(record: RecordChange, { isNew, ...member }: DerivedMember) {
  const { projectId, userId, personalRole, role } = member;
  const row = role && { projectId, userId, role, personalRole };
  const op = role ? (isNew ? "insert" : "update") : "delete";
  record({ entity: "projectMember", id: userId, op, row, scopeId: projectId });
}

function changed<R>(before: Map<string, Right<R>>, after: Map<string, Right<R>>) {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const { id, user_id } = (is ?? was) as Right<R>;
    return was?.role === is?.role ? [] : [{ id, user_id, role: is?.role ?? null }];
  });
}

async function readRights(tx: Tx, { workspaceId, userIds }: WhoseRoles): Promise<Rights> {
  const who = sql`${members.workspaceId} = ${workspaceId}
    and ${members.userId} = any(${sql.param(userIds)}::uuid[])`;
  const inWorkspace = await tx.execute<Right<WorkspaceRole>>(sql`
    select ${members.workspaceId} as id, ${members.userId} as user_id, ${members.role} as role
    from ${members} where ${who}`);
  const inProjects = await tx.execute<Right>(sql`
    select ${projects.id} as id, ${members.userId} as user_id, ${projectRole} as role
    from ${members} join ${projects} on ${projects.workspaceId} = ${members.workspaceId}
    left join ${projectMembers} on ${projectMembers.projectId} = ${projects.id}
      and ${projectMembers.userId} = ${members.userId}
    where ${who} and ${isNotNull(projectRole)}`);
  // Of those with access of their own: elsewhere it is that of the nearest of these, or of the project.
  const inDocuments = await tx.execute<Right>(sql`
    select * from (
      select ${documents.id} as id, ${members.userId} as user_id, ${documentRole} as role
      from ${members} join ${documents} on ${documents.workspaceId} = ${members.workspaceId}
        and ${documents.scopePath}[1] = ${documents.id}
      left join ${projects} on ${projects.id} = ${documents.projectId}
      left join ${projectMembers} on ${projectMembers.projectId} = ${projects.id}
        and ${projectMembers.userId} = ${members.userId}
      where ${who}) rights where role is not null`);
  const byKey = <R>(rows: Iterable<Right<R>>) =>
    new Map([...rows].map((right) => [`${right.id} ${right.user_id}`, right]));
  return {
    workspace: byKey(inWorkspace),
    projects: byKey(inProjects),
    documents: byKey(inDocuments),
  };
}
