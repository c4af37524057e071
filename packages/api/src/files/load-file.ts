import { type Queryable, schema } from "@guildhall/db";
import { and, eq, getTableColumns, isNull } from "drizzle-orm";
import {
  loadDocument,
  loadProject,
  loadTask,
  loadWorkspace,
  NOWHERE,
  type Role,
  scopeOf,
} from "../core/access.ts";
import { asMissing, invariant, notFound } from "../core/errors.ts";

const { files, fileObjects } = schema;

/** Where a file stands: one of the three. */
export type FilePlace = {
  documentId?: string | null | undefined;
  taskId?: string | null | undefined;
  projectId?: string | null | undefined;
};

/**
 * Where an upload goes: to a place; or into the place of a file, as its newest version; or into no place,
 * to be imported in this workspace.
 */
export type UploadTarget = FilePlace & {
  replaces?: string | null | undefined;
  forImport?: string | null | undefined;
};

/** `scopeId`: where the file's changes are told, as for documents. */
export type LoadedPlace = { workspaceId: string; scopeId: string | null; role: Role };

/** The place, if this person may see it and has at least `need` there. */
export async function loadFilePlace(
  q: Queryable,
  userId: string,
  place: FilePlace,
  need: Role,
): Promise<LoadedPlace> {
  if (place.documentId) {
    const found = await loadDocument(q, userId, place.documentId, need);
    return { workspaceId: found.workspaceId, scopeId: scopeOf(found), role: found.role };
  }
  if (place.taskId) {
    const { workspaceId, projectId, role } = await loadTask(q, userId, place.taskId, need);
    return { workspaceId, scopeId: projectId, role };
  }
  const id = invariant(place.projectId, "a file stands somewhere");
  const { workspaceId, role } = await loadProject(q, userId, id, need);
  return { workspaceId, scopeId: id, role };
}

/** `file`: the one that gets a version, locked. */
export async function loadTarget(
  q: Queryable,
  userId: string,
  target: UploadTarget,
  need: Role,
): Promise<LoadedPlace & { file: LoadedFile | null }> {
  if (target.forImport) {
    // Where it may go to is asked when it is imported.
    const { id: workspaceId, role } = await loadWorkspace(q, userId, target.forImport, "viewer");
    return { workspaceId, scopeId: null, role, file: null };
  }
  if (!target.replaces) {
    return { ...(await loadFilePlace(q, userId, target, need)), file: null };
  }
  const file = await loadFile(q, userId, target.replaces, need, { lock: true });
  return { workspaceId: file.workspaceId, scopeId: file.scopeId, role: file.role, file };
}

export type LoadedFile = Awaited<ReturnType<typeof loadFile>>;

/** The file, if this person may see the place that it stands in and has at least `need` there. */
export async function loadFile(
  q: Queryable,
  userId: string,
  id: string,
  need: Role,
  { lock = false, deleted = false }: { lock?: boolean; deleted?: boolean } = {},
) {
  const found = q
    .select({ file: getTableColumns(files), sha256: fileObjects.sha256 })
    .from(files)
    .innerJoin(fileObjects, eq(fileObjects.id, files.objectId))
    .where(and(eq(files.id, id), deleted ? undefined : isNull(files.deletedAt)));
  const [row] = await (lock ? found.for("update", { of: files }) : found);
  const place = row?.file ?? { taskId: NOWHERE };
  const { scopeId, role } = await loadFilePlace(q, userId, place, need).catch(asMissing("file"));
  if (!row) throw notFound("file");
  return { ...row.file, sha256: row.sha256, scopeId, role };
}
