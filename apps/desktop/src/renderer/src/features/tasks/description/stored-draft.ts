/** What somebody typed and the server does not have yet, by person and task. */
export type StoredDraft = {
  /** The text it grew from. */
  base: string;
  text: string;
};

const key = (userId: string, taskId: string) => `guildhall.draft.${userId}.${taskId}`;

/** localStorage, because it holds what was typed before the next key is pressed. */
export const storedDrafts = {
  read(userId: string, taskId: string): StoredDraft | null {
    const stored = localStorage.getItem(key(userId, taskId));
    return stored === null ? null : (JSON.parse(stored) as StoredDraft);
  },
  write(userId: string, taskId: string, draft: StoredDraft) {
    try {
      localStorage.setItem(key(userId, taskId), JSON.stringify(draft));
    } catch {
      // Full. The outbox, in another store, has it a second later.
    }
  },
  remove: (userId: string, taskId: string) => localStorage.removeItem(key(userId, taskId)),
};
