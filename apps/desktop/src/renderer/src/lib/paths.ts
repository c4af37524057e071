/** Every address of the app is made here, so that no screen spells one out. */
import { appPaths } from "./app-paths.ts";

export type BoardView = "board" | "list";

const withInvitation = (path: string, secret?: string | null) =>
  secret ? `${path}?invitation=${encodeURIComponent(secret)}` : path;

export const paths = {
  home: () => appPaths.home,
  workspace: (workspaceId: string) => `/w/${workspaceId}`,
  myWork: (workspaceId: string) => `/w/${workspaceId}/my-work`,
  inbox: (workspaceId: string) => `/w/${workspaceId}/inbox`,
  activity: (workspaceId: string) => `/w/${workspaceId}/activity`,
  projectActivity: (workspaceId: string, projectKey: string) =>
    `/w/${workspaceId}/p/${projectKey}/activity`,
  /** The board as it was right after the change of this number, or at the time that is chosen there. */
  boardThen: (workspaceId: string, projectKey: string, seq?: number) =>
    `/w/${workspaceId}/p/${projectKey}/as-of${seq === undefined ? "" : `?at=${seq}`}`,
  documentActivity: (workspaceId: string, documentId: string) =>
    `/w/${workspaceId}/d/${documentId}/activity`,
  search: (workspaceId: string) => `/w/${workspaceId}/search`,
  members: (workspaceId: string) => `/w/${workspaceId}/members`,
  groups: (workspaceId: string) => `/w/${workspaceId}/members?tab=groups`,
  newProject: (workspaceId: string) => `/w/${workspaceId}/new-project`,
  project: (workspaceId: string, projectKey: string, view: BoardView = "board") =>
    `/w/${workspaceId}/p/${projectKey}/${view}`,
  /** The beginning of every address in a project. */
  projectPlaces: (workspaceId: string, projectKey: string) => `/w/${workspaceId}/p/${projectKey}`,
  projectSettings: (workspaceId: string, projectKey: string) =>
    `/w/${workspaceId}/p/${projectKey}/settings`,
  projectFiles: (workspaceId: string, projectKey: string) =>
    `/w/${workspaceId}/p/${projectKey}/files`,
  import: (workspaceId: string, projectKey: string) => `/w/${workspaceId}/p/${projectKey}/import`,
  task: (workspaceId: string, taskKey: string) => `/w/${workspaceId}/task/${taskKey}`,
  documents: (workspaceId: string) => `/w/${workspaceId}/documents`,
  trash: (workspaceId: string) => `/w/${workspaceId}/bin`,
  /** Of a folder too. */
  document: (workspaceId: string, documentId: string) => `/w/${workspaceId}/d/${documentId}`,
  settings: (workspaceId: string) => `/w/${workspaceId}/settings`,
  newWorkspace: () => appPaths.newWorkspace,
  /** The administration of this server. */
  instance: () => appPaths.instance,
  /** A small window of the desktop app. */
  quickAdd: () => appPaths.quickAdd,
  signIn: (invitation?: string | null) => withInvitation(appPaths.signIn, invitation),
  signUp: (invitation?: string | null) => withInvitation(appPaths.signUp, invitation),
  join: (invitation?: string | null) => withInvitation(appPaths.join, invitation),
  forgotPassword: () => appPaths.forgotPassword,
  linkAccount: () => appPaths.linkAccount,
  signInApp: () => appPaths.signInApp,
  resetPassword: () => appPaths.resetPassword,
};
