import { Check, ChevronRight, Reply, RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { storedDrafts } from "@/entities/editor/stored-drafts.ts";
import { useNameOf } from "@/entities/people/people.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useDeepLinkTarget } from "@/lib/deep-link-target.ts";
import { useObservable } from "@/lib/observable.ts";
import { useMe, useSyncClient } from "@/sync/use-sync-client.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { CommentBox } from "./comment-box.tsx";
import { CommentItem, type CommentProps } from "./comment-item.tsx";
import { replying, replyPlace } from "./quoting.ts";
import type { CommentView, TaskThreadView } from "./sync/comment-view.ts";
import { useCommentMutations } from "./sync/use-comment-mutations.ts";

type Props = Omit<CommentProps, "comment" | "isCard" | "commands"> & {
  thread: TaskThreadView;
  task: TaskView;
};

/** A comment on a task with what was answered; folded up when it is resolved. */
export function TaskThread({ thread, task, ...common }: Props) {
  const { id, root, replies } = thread;
  const me = useMe();
  const target = useDeepLinkTarget("comment");
  const isMeant = target !== null && [root, ...replies].some((each) => each?.id === target);
  const [isUnfolded, setUnfolded] = useState(isMeant);
  useEffect(() => {
    if (isMeant) setUnfolded(true);
  }, [isMeant]);
  const [isAnswering, setAnswering] = useState(
    () => storedDrafts.read(me.id, replyPlace(id)) !== null,
  );
  const asked = useObservable(replying);
  const isAsked = asked?.about === id;
  useEffect(() => {
    if (isAsked) setAnswering(true);
  }, [isAsked]);
  if (root?.resolvedAt && !isUnfolded) {
    return <Resolved root={root} count={replies.length} onOpen={() => setUnfolded(true)} />;
  }

  return (
    <section aria-label="Thread" className="rounded-panel border bg-card">
      {root ? (
        <CommentItem
          {...common}
          comment={root}
          isCard
          commands={<Commands root={root} onReply={() => replying.set({ about: id })} />}
        />
      ) : (
        <p className="px-3 py-2 text-13 text-muted">This comment was deleted.</p>
      )}
      {(replies.length > 0 || isAnswering || isAsked) && (
        <div className="border-t px-3 py-3">
          <ol className="grid gap-3">
            {replies.map((reply) => (
              <li key={reply.id}>
                <CommentItem {...common} comment={reply} />
              </li>
            ))}
          </ol>
          {root && (
            <CommentBox
              isReply
              subject={{ taskId: task.id, replyTo: id }}
              label={`Reply on ${task.key}`}
              files={{ taskId: task.id }}
              people={common.people}
              onClose={() => setAnswering(false)}
            />
          )}
        </div>
      )}
    </section>
  );
}

function Commands({ root, onReply }: { root: CommentView; onReply: () => void }) {
  const mutations = useCommentMutations();
  const { undo } = useSyncClient();
  function resolve() {
    const step = mutations.resolve(root);
    notify({ title: "Thread resolved", onUndo: () => undo.undo(step) });
  }
  return (
    <>
      <IconButton label="Reply" size="small" icon={<Reply size={14} />} onClick={onReply} />
      {root.resolvedAt ? (
        <IconButton
          label="Reopen"
          size="small"
          icon={<RotateCcw size={14} />}
          onClick={() => mutations.reopen(root)}
        />
      ) : (
        <IconButton label="Resolve" size="small" icon={<Check size={15} />} onClick={resolve} />
      )}
    </>
  );
}

type ResolvedProps = { root: CommentView; count: number; onOpen: () => void };

function Resolved({ root, count, onOpen }: ResolvedProps) {
  const nameOf = useNameOf();
  const author = root.sourceAuthor ?? nameOf(root.authorId);
  const replies = count === 0 ? "" : count === 1 ? ", 1 reply" : `, ${count} replies`;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-full items-center gap-2 rounded-panel border px-3 py-2 text-left text-12 text-muted hover:border-line-strong"
    >
      <Check size={14} className="shrink-0 text-success-ink" aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate">
        Thread by {author}
        {replies} · resolved by {nameOf(root.resolvedBy)}{" "}
        {root.resolvedAt && <RelativeTime at={root.resolvedAt} />}
      </span>
      <ChevronRight size={14} className="shrink-0" aria-hidden="true" />
    </button>
  );
}
