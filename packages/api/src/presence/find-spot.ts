import type { Queryable } from "@guildhall/db";
import { loadProject, loadTask, loadWorkspace } from "../core/access.ts";
import { asMissing, notFound } from "../core/errors.ts";
import type { Spot } from "../live/services.ts";

type Input = { projectId?: string | null; taskId?: string | null } | null | undefined;

/** The place, if this person may see all that it names and it lies in this workspace; null: none. */
export async function findSpot(
  q: Queryable,
  userId: string,
  workspaceId: string,
  place: Input,
): Promise<Spot | null> {
  const missing = asMissing("place");
  await loadWorkspace(q, userId, workspaceId, "viewer").catch(missing);
  const { projectId = null, taskId = null } = place ?? {};
  const project = projectId && (await loadProject(q, userId, projectId, "viewer").catch(missing));
  const task = taskId && (await loadTask(q, userId, taskId, "viewer").catch(missing));
  if (project && project.workspaceId !== workspaceId) throw notFound("place");
  if (task && task.workspaceId !== workspaceId) throw notFound("place");
  if (project && task && task.projectId !== project.id) throw notFound("place");
  const scopeId = project ? project.id : task ? task.projectId : null;
  return scopeId === null ? null : { projectId, taskId, scopeId };
}
