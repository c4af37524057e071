import type { Editor } from "@tiptap/core";
import { MessageSquareText } from "lucide-react";
import { useState } from "react";
import type { ThreadView } from "@/entities/comments/sync/comment-view.ts";
import { useThreads } from "@/entities/comments/sync/use-comments.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { formatError } from "@/sync/format-error.ts";
import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Kbd } from "@/ui/shortcuts/kbd.tsx";
import { NewThread } from "./new-thread.tsx";
import { COMMENT_KEYS } from "./start-comment.tsx";
import { ThreadCard } from "./thread-card.tsx";
import { useCommentsInText } from "./use-comments-in-text.ts";

/** What is said about the text, in its order. */
export function CommentsPanel() {
  const { editor } = useDocumentEditor();
  return editor && <Threads editor={editor} />;
}

type Shown = "open" | "resolved";

function Threads({ editor }: { editor: Editor }) {
  const { document } = useDocumentEditor();
  const { threads, isLoading, error, retry } = useThreads(document.id);
  const { order, active, isPending, pendingQuote } = useCommentsInText(editor);
  const [chosen, setShown] = useState<Shown>("open");
  const openOne = threads.find(({ id }) => id === active);
  // What is opened from the text is shown, whatever the filter says.
  const shown: Shown = openOne ? (openOne.resolvedAt ? "resolved" : "open") : chosen;
  const resolved = threads.filter((t) => t.resolvedAt);
  const open = threads.filter((t) => !t.resolvedAt);
  const list = sorted(shown === "open" ? open : resolved, order);

  return (
    <div className="px-3 pt-1 pb-6">
      {resolved.length > 0 && (
        <div className="mb-3">
          <SegmentedControl
            label="Threads"
            value={shown}
            onValueChange={setShown}
            segments={[
              { value: "open", label: `Open ${open.length}` },
              { value: "resolved", label: `Resolved ${resolved.length}` },
            ]}
          />
        </div>
      )}
      {isPending && <NewThread editor={editor} quote={pendingQuote} />}
      {error && isLoading && (
        <ErrorNotice title="Couldn't load comments" onRetry={() => void retry()}>
          {formatError(error)}
        </ErrorNotice>
      )}
      {list.length === 0 && !isPending && !isLoading && <Nothing shown={shown} />}
      <ul className="grid gap-2.5">
        {list.map((thread) => (
          <ThreadCard
            key={thread.id}
            thread={thread}
            editor={editor}
            isActive={thread.id === active}
            isDetached={!order.includes(thread.id)}
          />
        ))}
      </ul>
    </div>
  );
}

/** As the text goes; those whose words are gone come last, oldest first. */
function sorted(threads: ThreadView[], order: readonly string[]): ThreadView[] {
  const place = new Map(order.map((id, i) => [id, i]));
  const of = ({ id }: ThreadView) => place.get(id) ?? order.length;
  return threads.toSorted((a, b) => of(a) - of(b) || a.createdAt.getTime() - b.createdAt.getTime());
}

function Nothing({ shown }: { shown: Shown }) {
  return (
    <div className="px-2 pt-8 text-center">
      <MessageSquareText size={18} className="mx-auto text-faint" aria-hidden="true" />
      <p className="mt-2 font-medium text-13">
        {shown === "open" ? "No open comments" : "No resolved comments"}
      </p>
      <p className="mx-auto mt-1 max-w-[30ch] text-balance text-12 text-muted leading-[18px]">
        Select some text and press <Kbd keys={COMMENT_KEYS} /> to comment on it.
      </p>
    </div>
  );
}
