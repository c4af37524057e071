import { addresses } from "@/routes/addresses.ts";
import type { Found, Workspace } from "@/sync/shapes.ts";

/** Where a click on it leads. */
export function foundAddress(workspace: Workspace, { task, document, projectId }: Found): string {
  if (task) return addresses.task(workspace.id, task.key);
  if (document) return addresses.document(workspace.id, document.id);
  // A file that hangs on a project itself.
  const project = workspace.projects.find(({ id }) => id === projectId);
  return project ? addresses.project(workspace.id, project.key) : addresses.workspace(workspace.id);
}

/** Where it stands, in words: "APP-12 · Website", "Kiln › Firing". */
export function foundPlace({ projects }: Workspace, { kind, projectId, ...found }: Found): string {
  const project = projects.find(({ id }) => id === projectId);
  if (found.task) return [found.task.key, project?.name].filter(Boolean).join(" · ");
  const path = [project?.name, ...(found.document?.path ?? [])];
  if (kind === "file") path.push(found.document?.title);
  return path.filter(Boolean).join(" › ");
}
