import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useObservable } from "@/lib/observable.ts";
import { trpc } from "@/sync/trpc.ts";
import type { DocumentThread, DocumentThreads } from "@/sync/types.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { type DocumentCommentView, overlayThreads, type ThreadView } from "./apply-to-threads.ts";

const NONE: DocumentThreads = { threads: [], comments: [] };

/** The threads of a document, with what waits in the outbox laid over. Live. */
export function useThreads(documentId: string) {
  const { outbox, me } = useSyncClient();
  const query = trpc.documentComments.list.useQuery({ documentId });
  const entries = useObservable(outbox.entries);
  const rows = query.data ?? NONE;
  const threads = useMemo(
    () => overlayThreads(rows, entries, { documentId, myId: me.id }),
    [rows, entries, documentId, me.id],
  );
  return { threads, isLoading: query.data === undefined, error: query.error, retry: query.refetch };
}

type NewThread = { documentId: string; anchor: DocumentThread["anchor"]; quote: string };

/** What is done in threads: shown at once, kept here, sent in order, and undoable. */
export function useThreadMutations() {
  const { outbox, undo } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  return useMemo(() => {
    const step = (label: string, back: () => unknown, again: () => unknown) =>
      undo.push({ label, undo: () => void back(), redo: () => void again() });
    const setDeleted = (id: string, isDeleted: boolean, label: string) => {
      const act = isDeleted ? "documentComments.delete" : "documentComments.restore";
      return outbox.add({ act, input: { id }, workspaceId, label });
    };
    const made = (id: string, label: string) =>
      step(
        label,
        () => setDeleted(id, true, label),
        () => setDeleted(id, false, label),
      );
    const setResolved = ({ id }: { id: string }, isResolved: boolean) => {
      const act = isResolved ? "documentComments.resolve" : "documentComments.reopen";
      const label = isResolved ? "Resolve a thread" : "Reopen a thread";
      return outbox.add({ act, input: { id }, workspaceId, label });
    };
    return {
      /** Returns the new thread's id. */
      begin({ documentId, anchor, quote }: NewThread, body: string) {
        const id = uuidv7();
        const comment = { id: uuidv7(), body };
        const label = "Comment in a document";
        const input = { id, documentId, anchor, quote, comment };
        outbox.add({ act: "documentComments.begin", input, workspaceId, label });
        made(comment.id, label);
        return id;
      },
      reply({ id: threadId }: ThreadView, body: string) {
        const id = uuidv7();
        const label = "Reply in a document";
        const input = { id, threadId, body };
        outbox.add({ act: "documentComments.reply", input, workspaceId, label });
        made(id, label);
      },
      update({ id, body: before }: DocumentCommentView, body: string) {
        const label = "Edit a comment";
        const write = (text: string) =>
          outbox.add({
            act: "documentComments.update",
            input: { id, body: text },
            workspaceId,
            label,
          });
        write(body);
        step(
          label,
          () => write(before),
          () => write(body),
        );
      },
      remove({ id }: DocumentCommentView) {
        const label = "Delete a comment";
        setDeleted(id, true, label);
        return step(
          label,
          () => setDeleted(id, false, label),
          () => setDeleted(id, true, label),
        );
      },
      resolve(thread: ThreadView) {
        setResolved(thread, true);
        return step(
          "Resolve a thread",
          () => setResolved(thread, false),
          () => setResolved(thread, true),
        );
      },
      reopen(thread: ThreadView) {
        setResolved(thread, false);
        step(
          "Reopen a thread",
          () => setResolved(thread, true),
          () => setResolved(thread, false),
        );
      },
      /** Follows the text that was moved here; nothing a person did, so nothing to undo. */
      reanchor(id: string, anchor: DocumentThread["anchor"]) {
        const label = "Move a comment with its text";
        const input = { id, anchor };
        outbox.add({ act: "documentComments.reanchor", input, workspaceId, label });
      },
    };
  }, [outbox, undo, workspaceId]);
}
