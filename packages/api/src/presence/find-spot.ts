import { type Queryable, schema } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { loadDocument, loadProject, loadTask, loadWorkspace, scopeOf } from "../core/access.ts";
import { asMissing, notFound } from "../core/errors.ts";
import type { Place } from "../live/protocol.ts";
import type { Spot } from "../live/services.ts";

const { documentThreads } = schema;

export type PlaceInput = { [K in keyof Place]?: Place[K] | undefined };

/** The place, if this person may see all that it names and it lies in this workspace; null: none. */
export async function findSpot(
  q: Queryable,
  userId: string,
  workspaceId: string,
  place: PlaceInput | null | undefined,
): Promise<Spot | null> {
  const missing = asMissing("place");
  await loadWorkspace(q, userId, workspaceId, "guest").catch(missing);
  const { projectId = null, taskId = null, documentId = null, doing = null } = place ?? {};
  if (documentId) {
    if (projectId || taskId) throw notFound("place");
    return findInDocument(q, userId, workspaceId, { ...place, documentId });
  }
  if (place?.threadId) throw notFound("place");
  const project = projectId && (await loadProject(q, userId, projectId, "viewer").catch(missing));
  const task = taskId && (await loadTask(q, userId, taskId, "viewer").catch(missing));
  if (project && project.workspaceId !== workspaceId) throw notFound("place");
  if (task && task.workspaceId !== workspaceId) throw notFound("place");
  if (project && task && task.projectId !== project.id) throw notFound("place");
  const scopeId = project ? project.id : task ? task.projectId : null;
  return scopeId === null
    ? null
    : { projectId, taskId, scopeId, doing: taskId === null ? null : doing };
}

type InDocument = PlaceInput & { documentId: string };

async function findInDocument(
  q: Queryable,
  userId: string,
  workspaceId: string,
  { documentId, threadId = null, doing = null }: InDocument,
): Promise<Spot> {
  const missing = asMissing("place");
  const document = await loadDocument(q, userId, documentId, "viewer").catch(missing);
  if (document.workspaceId !== workspaceId) throw notFound("place");
  if (threadId) {
    const isThere = and(
      eq(documentThreads.id, threadId),
      eq(documentThreads.documentId, documentId),
    );
    if ((await q.$count(documentThreads, isThere)) === 0) throw notFound("place");
  }
  const place = { projectId: null, taskId: null, documentId, threadId, doing };
  return { ...place, scopeId: scopeOf(document) };
}
