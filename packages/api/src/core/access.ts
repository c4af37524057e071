/**
 * The one answer to: what may this person see and do? In SQL, in the query that loads the thing,
 * so that nothing is ever loaded first and judged later.
 *
 * A workspace's owners see and may do everything in it. Others have their role of the workspace in
 * open projects; a row in project_members lets them into a private project, or raises or lowers
 * their role in an open one. Being a guest of the workspace gives nothing: a guest has their rows alone. Documents inherit from what they stand in, and may have access of their
 * own: a row in document_members does the same there, for all that is below.
 */
import { compile, type Queryable, query, schema } from "@guildhall/db";
import {
  and,
  eq,
  getTableColumns,
  isNotNull,
  isNull,
  or,
  type Placeholder,
  type SQL,
  sql,
} from "drizzle-orm";
import { notFound, roleTooLow } from "./errors.ts";
import { secondFactorNeeded } from "./rights/second-factor.ts";

export type Role = schema.Role;
export type WorkspaceRole = schema.WorkspaceRole;

const strength: Record<WorkspaceRole, number> = { guest: 0, viewer: 1, editor: 2, owner: 3 };

export const mayAs = (role: WorkspaceRole, need: WorkspaceRole) => strength[role] >= strength[need];

const { workspaces, members, projects, projectMembers, tasks, documents, documentMembers } = schema;

/** What the workspace's role gives where nothing else is said. */
const byWorkspace = sql`nullif(${members.role}, 'guest')`;

/** What a person would have in `projects` if it is deleted and comes back. */
export const deletedProjectGrant: SQL<Role | null> = sql<Role | null>`case
  when ${members.role} = 'owner' then 'owner'
  when ${projectMembers.role} is not null then ${projectMembers.role}
  when ${projects.visibility} = 'open' then ${byWorkspace}
end`;

/**
 * What a person was given in `projects`, also while they see nothing for want of a second factor. In a
 * deleted one nobody has anything, its owners neither.
 */
export const projectGrant: SQL<Role | null> = sql<Role | null>`case
  when ${projects.deletedAt} is null then ${deletedProjectGrant}
end`;

/** A person's role in `projects`, null when they may not see it; needs the joins of `projectAccess`. */
export const projectRole: SQL<Role | null> = sql<Role | null>`case
  when not ${members.awaitsFactor} then ${projectGrant}
end`;

/** What to join to `projects` so that `projectRole` can be asked. */
export const projectAccess = (userId: string | Placeholder) => ({
  member: and(eq(members.workspaceId, projects.workspaceId), eq(members.userId, userId)),
  projectMember: and(eq(projectMembers.projectId, projects.id), eq(projectMembers.userId, userId)),
});

/** Who asks for more than a guest's gets no guest's. */
type Demanded<N extends WorkspaceRole> = "guest" extends N ? WorkspaceRole : Role;

/**
 * The id of no workspace, project, task or document. What stands in one is found first, and then its place is
 * asked about: of what is not there this, so that it takes a stranger as long as of what is hidden.
 */
export const NOWHERE = "00000000-0000-0000-0000-000000000000";

function demand<N extends WorkspaceRole>(
  role: WorkspaceRole | null | undefined,
  need: N,
  what: string,
): Demanded<N> {
  if (!role) throw notFound(what);
  if (!mayAs(role, need)) throw roleTooLow(need);
  return role as Demanded<N>;
}

/** The workspace, if this person is a member with at least `need`. */
export async function loadWorkspace<N extends WorkspaceRole>(
  q: Queryable,
  userId: string,
  id: string,
  need: N,
) {
  const [row] = await q
    .select({ workspace: workspaces, role: members.role, awaitsFactor: members.awaitsFactor })
    .from(workspaces)
    .innerJoin(members, and(eq(members.workspaceId, workspaces.id), eq(members.userId, userId)))
    .where(eq(workspaces.id, id));
  if (row?.awaitsFactor) throw secondFactorNeeded();
  const role = demand(row?.role, need, "workspace");
  if (!row) throw notFound("workspace");
  return { ...row.workspace, role };
}

const projectOf = compile(["userId", "id"], (at) => {
  const on = projectAccess(at.userId);
  return query
    .select({ project: getTableColumns(projects), role: projectRole, workspaceRole: members.role })
    .from(projects)
    .innerJoin(members, on.member)
    .leftJoin(projectMembers, on.projectMember)
    .where(eq(projects.id, at.id));
});

/** The project, if this person may see it and has at least `need` in it. */
export async function loadProject(q: Queryable, userId: string, id: string, need: Role) {
  const [row] = await projectOf(q, { userId, id });
  const role = demand(row?.role, need, "project");
  if (!row) throw notFound("project");
  return { ...row.project, role, workspaceRole: row.workspaceRole };
}

const taskOf = (options: { lock: boolean }) =>
  compile(["userId", "id", "deleted"], (at) => {
    const on = projectAccess(at.userId);
    const found = query
      .select({ task: getTableColumns(tasks), role: projectRole, projectKey: projects.key })
      .from(tasks)
      .innerJoin(projects, eq(projects.id, tasks.projectId))
      .innerJoin(members, on.member)
      .leftJoin(projectMembers, on.projectMember)
      .where(and(eq(tasks.id, at.id), or(isNull(tasks.deletedAt), sql`${at.deleted}::boolean`)));
    return options.lock ? found.for("update", { of: tasks }) : found;
  });
const visibleTask = taskOf({ lock: false });
const lockedTask = taskOf({ lock: true });

/** The task, if this person may see its project and has at least `need` there. */
export async function loadTask(
  q: Queryable,
  userId: string,
  id: string,
  need: Role,
  { lock = false, deleted = false }: { lock?: boolean; deleted?: boolean } = {},
) {
  const [row] = await (lock ? lockedTask : visibleTask)(q, { userId, id, deleted });
  const role = demand(row?.role, need, "task");
  if (!row) throw notFound("task");
  return { ...row.task, role, projectKey: row.projectKey };
}

/** Each person to whom the project was opened, with their role in it. */
export async function whoCanView(q: Queryable, projectId: string): Promise<Map<string, Role>> {
  const rows = await q
    .select({ userId: members.userId, role: projectGrant })
    .from(projects)
    .innerJoin(members, eq(members.workspaceId, projects.workspaceId))
    .leftJoin(
      projectMembers,
      and(eq(projectMembers.projectId, projects.id), eq(projectMembers.userId, members.userId)),
    )
    .where(and(eq(projects.id, projectId), isNotNull(projectGrant)));
  return new Map(rows.flatMap((r) => (r.role ? [[r.userId, r.role]] : [])));
}

/** Each project of the workspace that this person may see now, with their role in it. */
export async function rolesInProjects(
  q: Queryable,
  workspaceId: string,
  userId: string,
): Promise<Map<string, Role>> {
  const on = projectAccess(userId);
  const rows = await q
    .select({ id: projects.id, role: projectRole })
    .from(projects)
    .innerJoin(members, on.member)
    .leftJoin(projectMembers, on.projectMember)
    .where(and(eq(projects.workspaceId, workspaceId), isNotNull(projectRole)));
  return new Map(rows.flatMap((r) => (r.role ? [[r.id, r.role]] : [])));
}

/**
 * What a person was given in `documents`. The nearest of it and those above it that says something about
 * this person decides: a row of theirs, or that it is private. When none does, the project's or the
 * workspace's role holds.
 */
export const documentGrant: SQL<Role | null> = sql<Role | null>`case
  when ${projects.deletedAt} is not null then null
  when ${members.role} = 'owner' then 'owner'
  else nullif(coalesce((
    select coalesce(own.role, 'none')
    from unnest(${documents.scopePath}) with ordinality as step(id, n)
    join ${documents} scope on scope.id = step.id
    left join ${documentMembers} own on own.document_id = step.id
      and own.user_id = ${members.userId}
    where own.role is not null or scope.visibility = 'private'
    order by step.n limit 1
  ), case when ${documents.projectId} is null then ${byWorkspace} else ${projectGrant} end), 'none')
end`;

/** A person's role in `documents`, null when they may not see it; needs the joins of `documentAccess`. */
export const documentRole: SQL<Role | null> = sql<Role | null>`case
  when not ${members.awaitsFactor} then ${documentGrant}
end`;

/** What to join to `documents` so that `documentRole` can be asked; `projects` and its members outer. */
export const documentAccess = (userId: string | Placeholder) => ({
  member: and(eq(members.workspaceId, documents.workspaceId), eq(members.userId, userId)),
  project: eq(projects.id, documents.projectId),
  projectMember: and(eq(projectMembers.projectId, projects.id), eq(projectMembers.userId, userId)),
});

/** The same joins in raw SQL, behind `documents`; `who`: of which members. */
export const joinRoles = (who: SQL) => sql`join ${members}
    on ${members.workspaceId} = ${documents.workspaceId} and ${who}
  left join ${projects} on ${projects.id} = ${documents.projectId}
  left join ${projectMembers} on ${projectMembers.projectId} = ${projects.id}
    and ${projectMembers.userId} = ${members.userId}`;

const documentOf = (options: { lock: boolean }) =>
  compile(["userId", "id", "deleted"], (at) => {
    const on = documentAccess(at.userId);
    const found = query
      .select({ document: getTableColumns(documents), role: documentRole })
      .from(documents)
      .innerJoin(members, on.member)
      .leftJoin(projects, on.project)
      .leftJoin(projectMembers, on.projectMember)
      .where(
        and(eq(documents.id, at.id), or(isNull(documents.deletedAt), sql`${at.deleted}::boolean`)),
      );
    return options.lock ? found.for("update", { of: documents }) : found;
  });
const visibleDocument = documentOf({ lock: false });
const lockedDocument = documentOf({ lock: true });

/** The document or folder, if this person may see it and has at least `need` in it. */
export async function loadDocument(
  q: Queryable,
  userId: string,
  id: string,
  need: Role,
  { lock = false, deleted = false }: { lock?: boolean; deleted?: boolean } = {},
) {
  const [row] = await (lock ? lockedDocument : visibleDocument)(q, { userId, id, deleted });
  const role = demand(row?.role, need, "document");
  if (!row) throw notFound("document");
  return { ...row.document, role };
}

/** Where changes of a document are told: its nearest access of its own, its project, or everybody. */
export const scopeOf = (document: { scopePath: string[]; projectId: string | null }) =>
  document.scopePath[0] ?? document.projectId;

/**
 * The access scopes that the person of a row of `members` may see: projects, and documents with access of
 * their own. Empty for the workspace's owners, who see all. Only in raw SQL: drizzle's builder would
 * leave the table off `members`' columns.
 */
export const visibleScopes: SQL<string[]> = sql<string[]>`array(
  select ${projects.id}::text from ${projects}
  left join ${projectMembers} on ${projectMembers.projectId} = ${projects.id}
    and ${projectMembers.userId} = ${members.userId}
  where ${projects.workspaceId} = ${members.workspaceId} and ${members.role} <> 'owner'
    and ${projectRole} is not null
  union all
  select ${documents.id}::text from ${documents}
  left join ${projects} on ${projects.id} = ${documents.projectId}
  left join ${projectMembers} on ${projectMembers.projectId} = ${projects.id}
    and ${projectMembers.userId} = ${members.userId}
  where ${documents.workspaceId} = ${members.workspaceId} and ${members.role} <> 'owner'
    and ${documents.scopePath}[1] = ${documents.id} and ${documentRole} is not null
  order by 1)`;

/**
 * The access scopes that the workspace's owners do not see, who see all others: deleted projects, and documents
 * with access of their own in them. Empty for everybody else. In raw SQL, as `visibleScopes`.
 */
export const deletedScopes: SQL<string[]> = sql<string[]>`array(
  select ${projects.id}::text from ${projects}
  where ${projects.workspaceId} = ${members.workspaceId} and ${members.role} = 'owner'
    and ${projects.deletedAt} is not null
  union all
  select ${documents.id}::text from ${documents} join ${projects} on ${projects.id} = ${documents.projectId}
  where ${projects.workspaceId} = ${members.workspaceId} and ${members.role} = 'owner'
    and ${projects.deletedAt} is not null and ${documents.scopePath}[1] = ${documents.id}
  order by 1)`;

/** What a live subscriber may see of a workspace, at the moment of asking. */
export type Visibility = {
  role: WorkspaceRole;
  /** Projects, and documents with access of their own. */
  scopeIds: Set<string>;
  /** Of those the ones that an owner does not see, who sees all others (`deletedScopes`). */
  deletedScopeIds: Set<string>;
};

/** Null when this person is no member (any longer), or has no second factor where one is required. */
export async function readVisibility(
  q: Queryable,
  userId: string,
  workspaceId: string,
): Promise<Visibility | null> {
  const [row] = await q.execute<{ role: WorkspaceRole; ids: string[]; deleted: string[] }>(sql`
    select ${members.role} as role, ${visibleScopes} as ids, ${deletedScopes} as deleted from ${members}
    where ${members.workspaceId} = ${workspaceId} and ${members.userId} = ${userId}
      and not ${members.awaitsFactor}`);
  return row
    ? { role: row.role, scopeIds: new Set(row.ids), deletedScopeIds: new Set(row.deleted) }
    : null;
}
