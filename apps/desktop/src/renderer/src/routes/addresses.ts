/** Every address of the app is made here, so that no screen spells one out. */

export type BoardView = "board" | "list";

export const addresses = {
  workspace: (workspaceId: string) => `/w/${workspaceId}`,
  myWork: (workspaceId: string) => `/w/${workspaceId}/my-work`,
  search: (workspaceId: string) => `/w/${workspaceId}/search`,
  members: (workspaceId: string) => `/w/${workspaceId}/members`,
  newProject: (workspaceId: string) => `/w/${workspaceId}/new-project`,
  project: (workspaceId: string, projectKey: string, view: BoardView = "board") =>
    `/w/${workspaceId}/p/${projectKey}/${view}`,
  projectSettings: (workspaceId: string, projectKey: string) =>
    `/w/${workspaceId}/p/${projectKey}/settings`,
  import: (workspaceId: string, projectKey: string) => `/w/${workspaceId}/p/${projectKey}/import`,
  task: (workspaceId: string, taskKey: string) => `/w/${workspaceId}/task/${taskKey}`,
  settings: (workspaceId: string) => `/w/${workspaceId}/settings`,
  newWorkspace: () => "/new-workspace",
  signIn: () => "/sign-in",
  signUp: () => "/sign-up",
  forgotPassword: () => "/forgot-password",
};
