/**
 * A text that one person writes while others may write it too.
 *
 * Saving what is typed over whatever is there loses the other's work; locking the text while one
 * writes stops the others. So each save says which text it grew from, the server refuses it when
 * the task's is another by then, and here it is decided what a text that arrives means: one's own
 * save come back, a change to take over because nothing of one's own would be lost, or a conflict,
 * in which nothing is saved until the person has chosen.
 */
export type Draft = {
  text: string;
  /** What `text` grew from: the last text saved, or seen before the first key. */
  base: string;
  /** Own texts on their way: when they arrive they are no news. */
  sent: readonly string[];
  /** Somebody else's text, not to be overwritten unseen. */
  theirs: string | null;
};

export const startDraft = (base: string, text = base): Draft => ({
  text,
  base,
  sent: [],
  theirs: null,
});

export const typed = (draft: Draft, text: string): Draft => ({ ...draft, text });

export const isUnsaved = (draft: Draft) => draft.text !== draft.base && draft.theirs === null;

/** After `text` went into the outbox. */
export const saved = (draft: Draft): Draft => ({
  ...draft,
  base: draft.text,
  sent: [...draft.sent, draft.text],
});

/** The server's text, now; `isSending` while a save of mine waits for its answer. */
export function arrived(draft: Draft, server: string, isSending: boolean): Draft {
  if (server === draft.text) return startDraft(server);
  if (server === draft.base || draft.sent.includes(server)) return draft;
  if (draft.text !== draft.base) return { ...draft, theirs: server };
  // All of mine is saved or on its way: the answer says whether theirs came before or after it.
  return isSending ? draft : startDraft(server);
}

/** The server refused a save that grew from `was`: whatever was sent after it did not arrive either. */
export const refusedSave = (draft: Draft, was: string): Draft => ({
  ...draft,
  base: was,
  sent: [],
});

/** Knowingly over theirs. */
export const keepMine = (draft: Draft): Draft => startDraft(draft.theirs ?? draft.base, draft.text);

export const takeTheirs = (draft: Draft): Draft => startDraft(draft.theirs ?? draft.base);

export const keepBoth = (draft: Draft): Draft =>
  startDraft(draft.theirs ?? draft.base, `${draft.text}\n\n---\n\n${draft.theirs ?? ""}`);
