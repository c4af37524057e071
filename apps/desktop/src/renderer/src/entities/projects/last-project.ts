const key = (workspaceId: string) => `guildhall.last-project.${workspaceId}`;

/** The key of the project whose board was open last: where "go to board" leads from elsewhere. */
export const lastProject = {
  read: (workspaceId: string) => localStorage.getItem(key(workspaceId)),
  write: (workspaceId: string, projectKey: string) =>
    localStorage.setItem(key(workspaceId), projectKey),
};
