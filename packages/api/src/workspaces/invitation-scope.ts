/**
 * An invitation into one project or one document: beside a role in the workspace, most often a guest's, it gives
 * somebody a role there. Only who may let people in there makes one, and it is good for as long as they may.
 */
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { loadDocument, loadProject, mayAs, type Role } from "../core/access.ts";
import { GuildhallError, notFound, roleTooLow } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { letIntoDocument } from "../documents/access.ts";
import { letIntoProject } from "../projects/access.ts";

const { documents, projects } = schema;

/** As the row of an invitation has it: one of the two, or neither. */
export type Scope = {
  projectId: string | null;
  documentId: string | null;
  scopeRole: Role | null;
};
export type Into = { projectId: string; role: Role } | { documentId: string; role: Role };

export const scopeOfInto = (into: Into | undefined): Scope => ({
  projectId: into && "projectId" in into ? into.projectId : null,
  documentId: into && "documentId" in into ? into.documentId : null,
  scopeRole: into?.role ?? null,
});

/** Refuses who may not let others in there. */
export async function refuseScope(
  q: Queryable,
  userId: string,
  { workspaceId, projectId, documentId }: Scope & { workspaceId: string },
): Promise<void> {
  if (projectId) {
    const project = await loadProject(q, userId, projectId, "owner");
    if (project.workspaceId !== workspaceId) throw notFound("project");
  }
  if (documentId) {
    const document = await loadDocument(q, userId, documentId, "viewer");
    if (document.workspaceId !== workspaceId) throw notFound("document");
    const isMaker = document.createdBy === userId && mayAs(document.role, "editor");
    if (!isMaker && document.role !== "owner") throw roleTooLow("owner");
  }
}

type Scoped = Scope & { workspaceId: string; invitedBy: string | null };

/** Whether who made it may let people in there now. */
export async function scopeIsOpen(q: Queryable, invitation: Scoped): Promise<boolean> {
  const { projectId, documentId, invitedBy } = invitation;
  if (!projectId && !documentId) return true;
  if (!invitedBy) return false;
  return refuseScope(q, invitedBy, invitation).then(
    () => true,
    (error: unknown) => {
      if (error instanceof GuildhallError) return false;
      throw error;
    },
  );
}

/** What it is called, for whoever has the invitation. */
export async function readScope(q: Queryable, { projectId, documentId, scopeRole }: Scope) {
  if (!scopeRole) return null;
  if (projectId) {
    const [row] = await q
      .select({ name: projects.name })
      .from(projects)
      .where(eq(projects.id, projectId));
    return row
      ? { kind: "project" as const, id: projectId, name: row.name, role: scopeRole }
      : null;
  }
  if (!documentId) return null;
  const [row] = await q
    .select({ name: documents.title })
    .from(documents)
    .where(eq(documents.id, documentId));
  return row
    ? { kind: "document" as const, id: documentId, name: row.name, role: scopeRole }
    : null;
}

/** For the audit log. */
export async function saidOf(q: Queryable, scope: Scope) {
  const into = await readScope(q, scope);
  return into && { into: into.name, roleThere: into.role };
}

/** Whether it would give this person more than they have there. */
export async function scopeWouldRaise(q: Queryable, userId: string, scope: Scope) {
  const { projectId, documentId, scopeRole } = scope;
  if (!scopeRole) return false;
  const loading = projectId
    ? loadProject(q, userId, projectId, "viewer")
    : loadDocument(q, userId, documentId ?? "", "viewer");
  return loading.then(
    ({ role }) => !mayAs(role, scopeRole),
    (error: unknown) => {
      if (error instanceof GuildhallError && error.reason === "not_found") return true;
      throw error;
    },
  );
}

/** Of a member of the workspace, while the tree is held. False: they have as much there. */
export async function letInto(tx: Tx, record: RecordChange, userId: string, scope: Scope) {
  const { projectId, documentId, scopeRole: role } = scope;
  if (!role) return false;
  if (projectId) return (await letIntoProject(tx, record, { projectId, userId, role })) !== null;
  if (!documentId) return false;
  return (await letIntoDocument(tx, record, { documentId, userId, role })) !== null;
}
