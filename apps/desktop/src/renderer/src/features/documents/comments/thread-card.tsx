import type { Editor } from "@tiptap/core";
import { Check, Quote as QuoteIcon, RotateCcw } from "lucide-react";
import { useEffect, useRef } from "react";
import { CommentBox } from "@/entities/comments/comment-box.tsx";
import { CommentItem } from "@/entities/comments/comment-item.tsx";
import type { ThreadView } from "@/entities/comments/sync/comment-view.ts";
import { useCommentMutations } from "@/entities/comments/sync/use-comment-mutations.ts";
import { useNameOf } from "@/entities/people/people.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { paths } from "@/lib/paths.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { cx } from "@/ui/format/cx.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { Quote } from "./quote.tsx";
import { activate, showInText } from "./use-comments-in-text.ts";

type Props = {
  thread: ThreadView;
  editor: Editor;
  isActive: boolean;
  /** Its words are gone from the text. */
  isDetached: boolean;
};

export function ThreadCard({ thread, editor, isActive, isDetached }: Props) {
  const { document } = useDocumentEditor();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) card.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);

  function show() {
    activate(editor, thread.id);
    showInText(editor, thread.id);
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button with the quote does the same.
    <li
      ref={card}
      data-thread-card={thread.id}
      onClick={() => activate(editor, thread.id)}
      className={cx(
        "scroll-my-3 rounded-panel border bg-card p-3 transition-colors",
        isActive ? "border-focus" : "hover:border-line-strong",
      )}
    >
      <div className="flex items-start gap-1">
        {isDetached ? (
          <div className="min-w-0 flex-1">
            <Quote>{thread.quote}</Quote>
            <p className="-mt-1 mb-2 text-12 text-warning-ink">The commented text was deleted.</p>
          </div>
        ) : (
          <button
            type="button"
            onClick={show}
            title="Show in document"
            className="min-w-0 flex-1 rounded-control text-left"
          >
            {thread.quote ? (
              <Quote>{thread.quote}</Quote>
            ) : (
              <QuoteIcon size={14} className="mb-2 text-faint" aria-label="Show in document" />
            )}
          </button>
        )}
        <Resolve thread={thread} />
      </div>
      <ol className="grid gap-3">
        {thread.comments.map((comment) => (
          <li key={comment.id}>
            <CommentItem
              comment={comment}
              mayDeleteAll={document.role === "owner"}
              path={`${paths.document(document.workspaceId, document.id)}?panel=comments`}
            />
          </li>
        ))}
      </ol>
      <Resolved thread={thread} />
      {!thread.resolvedAt && (isActive || thread.comments.length > 1) && (
        <CommentBox
          isReply
          subject={{ threadId: thread.id }}
          label="Reply in a document"
          files={{ documentId: document.id }}
        />
      )}
    </li>
  );
}

function Resolve({ thread }: { thread: ThreadView }) {
  const mutations = useCommentMutations();
  const { undo } = useSyncClient();
  function resolve() {
    const step = mutations.resolveThread(thread);
    notify({ title: "Thread resolved", onUndo: () => undo.undo(step) });
  }
  return thread.resolvedAt ? (
    <IconButton
      label="Reopen"
      size="small"
      icon={<RotateCcw size={14} />}
      onClick={() => mutations.reopenThread(thread)}
    />
  ) : (
    <IconButton label="Resolve" size="small" icon={<Check size={15} />} onClick={resolve} />
  );
}

function Resolved({ thread: { resolvedAt, resolvedBy } }: { thread: ThreadView }) {
  const nameOf = useNameOf();
  if (!resolvedAt) return null;
  return (
    <p className="mt-3 flex items-center gap-1.5 text-12 text-muted">
      <Check size={13} aria-hidden="true" />
      <span>
        Resolved by {nameOf(resolvedBy)} · <RelativeTime at={resolvedAt} />
      </span>
    </p>
  );
}
