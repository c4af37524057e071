/**
 * From which role on somebody may take out of a workspace what they see: as its owners have set, and in a project
 * what its owners ask beyond that.
 */
import { type Queryable, schema } from "@guildhall/db";
import { eq, type SQL, sql } from "drizzle-orm";
import { mayAs, type Role, type WorkspaceRole } from "../access.ts";
import { roleTooLow } from "../errors.ts";

const { documents, projects, workspaces } = schema;

type Place = { workspaceId: string; projectId?: string | null };

/** Of who sees it: whether their role in it is enough to take it out as a file. */
export async function refuseExport(
  q: Queryable,
  { workspaceId, projectId }: Place,
  role: WorkspaceRole,
) {
  const least = await leastRole(q, workspaceId, projectId ?? null);
  // Of viewers everybody may who sees it, a guest of the workspace too.
  if (least !== "viewer" && !mayAs(role, least)) throw roleTooLow(least);
}

async function leastRole(q: Queryable, workspaceId: string, projectId: string | null) {
  const [set] = await q
    .select({
      here: workspaces.exporterRole,
      there: sql<Role | null>`(
        select p.exporter_role from ${projects} p where p.id = ${projectId}::uuid)`,
    })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  const { here = "viewer", there = null } = set ?? {};
  return there && mayAs(there, here) ? there : here;
}

const strength = (role: SQL) =>
  sql`coalesce(array_position(array['viewer', 'editor', 'owner'], ${role}), 0)`;

/** The same for each of `documents` that somebody has this role in; needs the joins of `documentAccess`. */
export const isExportable = (role: SQL): SQL => sql`${strength(role)} >= greatest(
  ${strength(sql`${projects.exporterRole}`)},
  (select ${strength(sql`place.exporter_role`)} from ${workspaces} place
    where place.id = ${documents.workspaceId}))`;
