/** What somebody typed and the server does not have yet, by person and task. */
export type KeptDraft = {
  /** The text it grew from. */
  base: string;
  text: string;
};

const key = (userId: string, taskId: string) => `guildhall.draft.${userId}.${taskId}`;

/** localStorage, because it holds what was typed before the next key is pressed. */
export const keptDrafts = {
  read(userId: string, taskId: string): KeptDraft | null {
    const kept = localStorage.getItem(key(userId, taskId));
    return kept === null ? null : (JSON.parse(kept) as KeptDraft);
  },
  write(userId: string, taskId: string, draft: KeptDraft) {
    try {
      localStorage.setItem(key(userId, taskId), JSON.stringify(draft));
    } catch {
      // Full. The outbox, in another store, has it a second later.
    }
  },
  remove: (userId: string, taskId: string) => localStorage.removeItem(key(userId, taskId)),
};
