import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useObservable } from "@/lib/observable.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { type ThreadView, threadsOfDocument } from "./apply-to-threads.ts";
import type { DocumentThread, DocumentThreads } from "./comment.ts";
import { useCommentMutations } from "./use-comment-mutations.ts";

const NONE: DocumentThreads = { threads: [], comments: [] };

/** The threads of a document, with what waits in the outbox. Live. */
export function useThreads(documentId: string) {
  const { outbox, me } = useSyncClient();
  const query = trpc.threads.list.useQuery({ documentId });
  const entries = useObservable(outbox.entries);
  const rows = query.data ?? NONE;
  const threads = useMemo(
    () => threadsOfDocument(rows, entries, { documentId, myId: me.id }),
    [rows, entries, documentId, me.id],
  );
  return { threads, isLoading: query.data === undefined, error: query.error, retry: query.refetch };
}

type NewThread = { documentId: string; anchor: DocumentThread["anchor"]; quote: string };

/** What is done to threads: shown at once, kept here, sent in order, and undoable. */
export function useThreadMutations() {
  const { outbox, undo } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  const comments = useCommentMutations();
  return useMemo(() => {
    const setResolved = ({ id }: ThreadView, isResolved: boolean) => {
      const act = isResolved ? ("threads.resolve" as const) : ("threads.reopen" as const);
      const label = isResolved ? "Resolve a thread" : "Reopen a thread";
      const set = (act: "threads.resolve" | "threads.reopen") => {
        outbox.add({ act, input: { id }, workspaceId, label });
      };
      set(act);
      const undone = isResolved ? ("threads.reopen" as const) : ("threads.resolve" as const);
      return undo.push({ label, undo: () => set(undone), redo: () => set(act) });
    };
    return {
      /** Returns the new thread's id. */
      begin({ documentId, anchor, quote }: NewThread, body: string) {
        const id = uuidv7();
        const comment = { id: uuidv7(), body };
        const label = "Comment in a document";
        const input = { id, documentId, anchor, quote, comment };
        outbox.add({ act: "threads.begin", input, workspaceId, label });
        comments.created(comment.id, label);
        return id;
      },
      resolve: (thread: ThreadView) => setResolved(thread, true),
      reopen: (thread: ThreadView) => setResolved(thread, false),
      /** Follows the text that was moved here; nothing a person did, so nothing to undo. */
      reanchor(id: string, anchor: DocumentThread["anchor"]) {
        const label = "Move a comment with its text";
        const input = { id, anchor };
        outbox.add({ act: "threads.reanchor", input, workspaceId, label });
      },
    };
  }, [outbox, undo, workspaceId, comments]);
}
