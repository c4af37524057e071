import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { anchorIn, type Range, syncedOf } from "./anchors.ts";
import { type CommentsInText, commentsKey, PENDING, setComments } from "./comments-plugin.ts";
import { quoteOf } from "./find-quote.ts";

/** What the list needs to know of the marks in the text; it draws anew only when this changes. */
export function useCommentsInText(editor: Editor) {
  return useEditorState({
    editor,
    selector: ({ editor: { state } }) => {
      const comments = commentsKey.getState(state);
      const pending = comments?.ranges.get(PENDING);
      return {
        /** The threads that have a place, in the order of the text. */
        order: comments ? inOrder(comments) : [],
        active: comments?.active ?? null,
        pendingQuote: pending ? quoteOf(state.doc, pending) : null,
        isPending: comments?.threads.has(PENDING) ?? false,
      };
    },
  });
}

const inOrder = ({ ranges }: CommentsInText) =>
  [...ranges].sort(([, a], [, b]) => a.from - b.from || a.to - b.to).map(([id]) => id);

export function activate(editor: Editor, threadId: string | null) {
  if (commentsKey.getState(editor.state)?.active === threadId) return;
  editor.view.dispatch(setComments(editor.state.tr, { active: threadId }));
}

/** Marks what is selected, for a comment on it. False when nothing is. */
export function markPending(editor: Editor): boolean {
  const range = selectedWords(editor);
  const synced = syncedOf(editor.state);
  if (!range || !synced) return false;
  const meta = { pending: anchorIn(synced, range), active: null };
  editor.view.dispatch(setComments(editor.state.tr, meta));
  return true;
}

export function unmarkPending(editor: Editor) {
  if (!commentsKey.getState(editor.state)?.threads.has(PENDING)) return;
  editor.view.dispatch(setComments(editor.state.tr, { pending: null }));
}

/** Where the first comment of a new thread goes, and what it is about; null when that is gone. */
export function pendingPlace(editor: Editor) {
  const { state } = editor;
  const comments = commentsKey.getState(state);
  const range = comments?.ranges.get(PENDING);
  const synced = syncedOf(state);
  // Anew, because the words may have been moved meanwhile.
  return range && synced
    ? { anchor: anchorIn(synced, range), quote: quoteOf(state.doc, range) }
    : null;
}

function selectedWords({ state }: Editor): Range | null {
  const { from, to } = state.selection;
  return state.doc.textBetween(from, to, " ", "\ufffc").trim() ? { from, to } : null;
}

/** Brings the words of a thread into view; the focus stays where it is. */
export function showInText(editor: Editor, threadId: string) {
  const range = commentsKey.getState(editor.state)?.ranges.get(threadId);
  if (!range) return;
  const { node } = editor.view.domAtPos(range.from);
  const element = node instanceof Element ? node : node.parentElement;
  element?.scrollIntoView({ block: "center" });
}
