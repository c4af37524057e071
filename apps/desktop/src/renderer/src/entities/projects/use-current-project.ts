import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { lastProject } from "./last-project.ts";

/**
 * The project one is in, else the one where one was last, else the first: what "new task" and "go
 * to board" mean from anywhere in the workspace.
 */
export function useCurrentProject(): { project: Project | undefined; isHere: boolean } {
  const workspace = useWorkspace();
  const { projectKey, taskKey } = useParams({ strict: false });
  const hereKey = projectKey ?? taskKey?.split("-", 1).join();
  const here = workspace.projects.find(({ key }) => key === hereKey);

  useEffect(() => {
    if (here) lastProject.write(workspace.id, here.key);
  }, [here, workspace.id]);

  if (here) return { project: here, isHere: true };
  const active = workspace.projects.filter(({ archivedAt }) => !archivedAt);
  const lastKey = lastProject.read(workspace.id);
  return { project: active.find(({ key }) => key === lastKey) ?? active[0], isHere: false };
}
