import { CommentBox } from "@/entities/comments/comment-box.tsx";
import { CommentItem } from "@/entities/comments/comment-item.tsx";
import { useThreads } from "@/entities/comments/sync/use-comments.ts";
import type { NotificationView } from "@/entities/notifications/sync/notification.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";

type Props = { documentId: string; items: readonly NotificationView[] };

/** The threads of a document that one is told of, with the place to answer. */
export function ThreadBeside({ documentId, items }: Props) {
  const { id: workspaceId } = useWorkspace();
  const { threads } = useThreads(documentId);
  const named = new Set(items.map(({ threadId }) => threadId));
  return threads
    .filter(({ id }) => named.has(id))
    .map((thread) => (
      <section key={thread.id} aria-label="Thread" className="mt-4 rounded-panel border p-3">
        <blockquote dir="auto" className="mb-2 border-l-2 pl-2 text-12 text-muted">
          {thread.quote}
        </blockquote>
        <div className="grid gap-3">
          {thread.comments.map((comment) => (
            <CommentItem
              key={comment.id}
              comment={comment}
              mayDeleteAll={false}
              path={paths.document(workspaceId, documentId)}
            />
          ))}
        </div>
        <CommentBox
          isReply
          subject={{ threadId: thread.id }}
          label="Reply in a document"
          files={{ documentId }}
        />
      </section>
    ));
}
