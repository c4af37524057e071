import type { Workspace } from "@/entities/workspaces/workspace.ts";
import { pointer } from "@/lib/deep-link-target.ts";
import { paths } from "@/lib/paths.ts";
import type { Found } from "./found.ts";

/** Where a click on it leads: to the comment or the file itself, where that stands. */
export function foundAddress(workspace: Workspace, found: Found): string {
  const { kind, id, task, document, file } = found;
  const itself = kind === "comment" || kind === "file" ? pointer(kind, id) : "";
  if (task) return paths.task(workspace.id, task.key) + itself;
  if (document) {
    const address = paths.document(workspace.id, document.id);
    return (kind === "comment" ? `${address}?panel=comments` : address) + itself;
  }
  // A file that hangs on a project itself.
  const project = workspace.projects.find((each) => each.id === found.projectId);
  if (!project || !file) return paths.workspace(workspace.id);
  const named = new URLSearchParams({ name: file.name });
  return `${paths.projectFiles(workspace.id, project.key)}?${named}${itself}`;
}

/** Where it stands, in words: "APP-12 · Website", "Kiln › Firing". */
export function foundPlace({ projects }: Workspace, { kind, projectId, ...found }: Found): string {
  const project = projects.find(({ id }) => id === projectId);
  if (found.task) return [found.task.key, project?.name].filter(Boolean).join(" · ");
  const path = [project?.name, ...(found.document?.path ?? [])];
  if (kind === "file") path.push(found.document?.title);
  return path.filter(Boolean).join(" › ");
}
