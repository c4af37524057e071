/** For tests: a workspace with an owner, an editor, a viewer and a stranger, and its feed. */
import type { WorkspaceRole } from "@guildhall/api/server";
import type { TestApi } from "./api.ts";

export async function makeTeam(api: TestApi) {
  const [owner, editor, viewer, stranger] = await Promise.all([
    api.person("Olga"),
    api.person("Eli"),
    api.person("Vera"),
    api.person("Sam"),
  ]);
  const team = { owner, editor, viewer, stranger };
  const { call } = team.owner;
  const workspace = await call.workspaces.create({ name: "Mill" });
  const workspaceId = workspace.id;
  const join = (userId: string, role: WorkspaceRole) => api.join(workspaceId, userId, role);
  await join(team.editor.user.id, "editor");
  await join(team.viewer.user.id, "viewer");
  const project = await call.projects.create({ workspaceId, name: "App", key: "APP" });
  const position = async () => (await call.workspaces.open({ workspaceId })).seq;
  return {
    ...team,
    workspaceId,
    project,
    join,
    position,
    statusOf: (category: string) => {
      const status = project.statuses.find((s) => s.category === category);
      if (!status) throw new Error(`The project has no status of ${category}.`);
      return status.id;
    },
    task: (title = "A task") => call.tasks.create({ projectId: project.id, title }),
    /** What the feed says of an act, as the owner sees it. */
    changesOf: async (act: () => Promise<unknown>) => {
      const seq = await position();
      await act();
      return (await call.changes.since({ workspaceId, seq })).changes;
    },
  };
}

export type Team = Awaited<ReturnType<typeof makeTeam>>;
