import { type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { projectAccess, projectRole, type Role, type WorkspaceRole } from "../core/access.ts";
import { invariant } from "../core/errors.ts";

const { projects, members, projectGroups, projectMembers, statuses, labels } = schema;

export type Status = { id: string; name: string; category: StatusCategory; rank: string };
export type StatusCategory = schema.StatusCategory;
type Label = { id: string; name: string; color: string };
/** As the feed tells of it: without its statuses and labels, each of which is told of by itself. */
export type ProjectRow = Awaited<ReturnType<typeof readProjectRow>>;
export type StatusRow = Status & { projectId: string };
type LabelRow = Label & { projectId: string };
export type ProjectMemberRow = {
  projectId: string;
  userId: string;
  role: Role;
  /** As it was given to them by name; null: through their groups. */
  personalRole: Role | null;
};
export type ProjectGroupRow = { projectId: string; groupId: string; role: Role };
/** What became of one person's right to a project: null when they may no longer see it. */
export type AccessRow = { projectId: string; userId: string; role: Role | null };

declare module "../core/feed/change.ts" {
  interface ChangeRows {
    project: ProjectRow;
    status: StatusRow;
    label: LabelRow;
    /** The change's id is the person's. */
    projectMember: ProjectMemberRow;
    /** The change's id is the group's. */
    projectGroup: ProjectGroupRow;
    /** The change's id is the project's; only the person concerned and the owners see it. */
    access: AccessRow;
  }
}

/**
 * Statuses and labels come nested in the same query; the board needs them together. Written
 * `${projects}.id`: drizzle leaves the table off a column when the query has one table only.
 */
const nestedStatuses: SQL<Status[]> = sql<Status[]>`coalesce((
  select json_agg(json_build_object('id', s.id, 'name', s.name, 'category', s.category, 'rank', s.rank)
    order by s.rank, s.id)
  from ${statuses} s where s.project_id = ${projects}.id), '[]')`;

const nestedLabels: SQL<Label[]> = sql<Label[]>`coalesce((
  select json_agg(json_build_object('id', l.id, 'name', l.name, 'color', l.color) order by lower(l.name), l.id)
  from ${labels} l where l.project_id = ${projects}.id), '[]')`;

const ownColumns = {
  id: projects.id,
  workspaceId: projects.workspaceId,
  name: projects.name,
  key: projects.key,
  description: projects.description,
  visibility: projects.visibility,
  createdAt: projects.createdAt,
  archivedAt: projects.archivedAt,
  exporterRole: projects.exporterRole,
};

const columns = {
  ...ownColumns,
  statuses: nestedStatuses.as("statuses"),
  labels: nestedLabels.as("labels"),
};

/** What a change of the project says of it. For verbs that have already authorised. */
export async function readProjectRow(q: Queryable, projectId: string) {
  const [row] = await q.select(ownColumns).from(projects).where(eq(projects.id, projectId));
  return invariant(row, "a project that was just loaded");
}

/** With its statuses and labels. For callers that have already authorised. */
export async function readProject(q: Queryable, projectId: string) {
  const [row] = await q.select(columns).from(projects).where(eq(projects.id, projectId));
  return invariant(row, "a project that was just loaded");
}

/** Every project this person may see, archived ones too, each with their role in it. */
export async function listProjects(q: Queryable, userId: string, workspaceId: string) {
  const on = projectAccess(userId);
  const rows = await q
    .select({ ...columns, role: projectRole })
    .from(projects)
    .innerJoin(members, on.member)
    .leftJoin(projectMembers, on.projectMember)
    .where(and(eq(projects.workspaceId, workspaceId), isNotNull(projectRole)))
    .orderBy(asc(projects.name), asc(projects.id));
  return rows.map((row) => ({ ...row, role: invariant(row.role, "filtered above") }));
}

export const listProjectMembers = (q: Queryable, projectId: string): Promise<ProjectMemberRow[]> =>
  q.select().from(projectMembers).where(eq(projectMembers.projectId, projectId));

/** Guests see no groups. */
export const listProjectGroups = (
  q: Queryable,
  { projectId, workspaceRole }: { projectId: string; workspaceRole: WorkspaceRole },
): Promise<ProjectGroupRow[]> | ProjectGroupRow[] =>
  workspaceRole === "guest"
    ? []
    : q.select().from(projectGroups).where(eq(projectGroups.projectId, projectId));
