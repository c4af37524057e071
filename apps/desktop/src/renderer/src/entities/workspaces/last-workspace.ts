const key = "guildhall.last-workspace";

export const lastWorkspace = {
  read: () => localStorage.getItem(key),
  write: (id: string) => localStorage.setItem(key, id),
};
