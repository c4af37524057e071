/**
 * Where the page lives: every other address of the server is not the page's. The router takes its
 * paths from here; the build hands the same list to the service worker and to the server
 * (`own-paths.ts`), so that none of the three answers for another.
 */
export const appPaths = {
  home: "/",
  workspace: "/w/$workspaceId",
  newWorkspace: "/new-workspace",
  instance: "/instance",
  quickAdd: "/quick-add",
  join: "/join",
  signIn: "/sign-in",
  signUp: "/sign-up",
  forgotPassword: "/forgot-password",
  resetPassword: "/reset-password",
  confirmEmail: "/confirm-email",
  newAddress: "/new-address",
  undoAddress: "/undo-address",
  linkAccount: "/link-account",
  signInApp: "/sign-in-app",
} as const;

type AppPath = (typeof appPaths)[keyof typeof appPaths];

/** A path of the router that the list covers: one of it, or something inside a workspace. */
export type CoveredPath = AppPath | `${typeof appPaths.workspace}/${string}`;

/** As a regular expression on a pathname. What is inside a workspace is the router's to know. */
export const appPathPattern = `^(?:${Object.values(appPaths)
  .map((path) => path.replace(/\$\w+$/, ".+").replace(/(?<=\w)$/, "/?"))
  .join("|")})$`;
