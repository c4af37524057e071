import type { Editor } from "@tiptap/core";
import { useEffect, useEffectEvent, useRef } from "react";
import type { ThreadView } from "@/entities/comments/sync/comment-view.ts";
import { useCommentMutations } from "@/entities/comments/sync/use-comment-mutations.ts";
import { useThreads } from "@/entities/comments/sync/use-comments.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { usePanel } from "@/features/documents/context/use-panel.ts";
import { useDeepLinkTarget } from "@/lib/deep-link-target.ts";
import { useObservable } from "@/lib/observable.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { anchorIn, syncedOf } from "./anchors.ts";
import { commentsKey, commentsPlugin, setComments, threadAt } from "./comments-plugin.ts";
import { findQuote } from "./find-quote.ts";
import { COMMENT_KEYS, START_COMMENT } from "./start-comment.tsx";
import { activate, markPending, showInText, unmarkPending } from "./use-comments-in-text.ts";
import "./comments.css";

const PANEL = "comments";
const LOOK_FOR_LOST_MS = 1_500;

/** Marks the words that are talked about, whether the list of threads is open or not. */
export function DocumentComments() {
  const { editor } = useDocumentEditor();
  return editor && <Marks editor={editor} />;
}

function Marks({ editor }: { editor: Editor }) {
  const { document, mayEdit } = useDocumentEditor();
  const { threads } = useThreads(document.id);
  const mutations = useCommentMutations();
  const [panel, openPanel] = usePanel();

  const onOpen = useEffectEvent((id: string) => {
    activate(editor, id);
    openPanel(PANEL);
  });
  const onMoved = useEffectEvent(mutations.reanchorThread);
  useEffect(() => {
    const plugin = commentsPlugin({
      onOpen: (id) => onOpen(id),
      onMoved: (id, anchor) => onMoved(id, anchor),
    });
    editor.registerPlugin(plugin);
    return () => {
      if (!editor.isDestroyed) editor.unregisterPlugin(commentsKey);
    };
  }, [editor]);

  useEffect(() => {
    const marked = threads.map(({ id, anchor, resolvedAt }) => ({
      id,
      anchor,
      isResolved: resolvedAt !== null,
    }));
    editor.view.dispatch(setComments(editor.state.tr, { threads: marked }));
  }, [editor, threads]);

  const target = useDeepLinkTarget("comment");
  const linked = threads.find(({ comments }) => comments.some(({ id }) => id === target))?.id;
  useEffect(() => {
    if (!linked) return;
    activate(editor, linked);
    showInText(editor, linked);
  }, [editor, linked]);

  const comment = useEffectEvent(() => {
    const here = threadAt(editor.state, editor.state.selection.from);
    if (markPending(editor)) openPanel(PANEL);
    else if (here) onOpen(here);
    else notify({ title: "Select the text you want to comment on" });
  });
  useShortcut(
    { keys: COMMENT_KEYS, label: "Comment", group: "Document", whileTyping: true },
    comment,
  );
  useEffect(() => {
    const dom = editor.view.dom;
    dom.addEventListener(START_COMMENT, comment);
    return () => dom.removeEventListener(START_COMMENT, comment);
  }, [editor]);

  useEffect(() => {
    if (panel === PANEL) return;
    unmarkPending(editor);
    activate(editor, null);
  }, [editor, panel]);

  useFindLost(editor, threads, mayEdit);
  return null;
}

/**
 * Words may lose their anchors where nobody could follow them: cut here and pasted there, or
 * rewritten by a tool. Where they stand word for word in one other place, they are taken for it.
 */
function useFindLost(editor: Editor, threads: readonly ThreadView[], mayEdit: boolean) {
  const { text } = useDocumentEditor();
  const { isLive } = useObservable(text.state);
  const mutations = useCommentMutations();
  const tried = useRef(new Map<string, string>());
  const look = useEffectEvent(() => {
    const { state } = editor;
    const comments = commentsKey.getState(state);
    const synced = syncedOf(state);
    if (!comments || !synced) return;
    for (const { id, anchor, quote, resolvedAt } of threads) {
      if (resolvedAt || comments.ranges.has(id) || tried.current.get(id) === anchor.from) continue;
      const range = findQuote(state.doc, quote);
      if (!range) continue;
      const found = anchorIn(synced, range);
      tried.current.set(id, found.from);
      mutations.reanchorThread(id, found);
    }
  });
  const isLooking = mayEdit && isLive;
  useEffect(() => {
    if (!isLooking) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(look, LOOK_FOR_LOST_MS);
    };
    soon();
    editor.on("update", soon);
    return () => {
      clearTimeout(timer);
      editor.off("update", soon);
    };
  }, [editor, isLooking]);
}
