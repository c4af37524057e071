import { useMemo } from "react";
import { useObservable } from "@/lib/observable.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { DocumentThreads } from "./comment.ts";
import { saidIn, saidView, threadsOf } from "./comment-view.ts";

const NONE: DocumentThreads = { threads: [], comments: [] };

/** What is said in a place, with what waits in the outbox. */
function useSaid(rows: DocumentThreads, place: Parameters<typeof saidIn>[1]["place"]) {
  const { applyWaiting, outbox, me } = useSyncClient();
  const entries = useObservable(outbox.entries);
  const id = Object.values(place).join();
  return useMemo(() => {
    const said = saidIn(rows, { place, myId: me.id });
    applyWaiting(saidView, said, entries);
    return said;
  }, [rows, entries, id, me.id, applyWaiting]);
}

/** Of a task, oldest first. Live. `isKnown`: the server has the task, so that it can be asked. */
export function useComments(taskId: string, isKnown: boolean) {
  const query = trpc.comments.list.useQuery({ taskId }, { enabled: isKnown });
  const rows = useMemo(() => ({ threads: [], comments: query.data ?? [] }), [query.data]);
  const said = useSaid(rows, { taskId });
  const comments = useMemo(() => [...said.comments.current.values()], [said]);
  return { comments, isLoading: query.data === undefined, error: query.error };
}

/** The threads of a document, with what is said in them. Live. */
export function useThreads(documentId: string) {
  const query = trpc.threads.list.useQuery({ documentId });
  const said = useSaid(query.data ?? NONE, { documentId });
  const threads = useMemo(() => threadsOf(said), [said]);
  return { threads, isLoading: query.data === undefined, error: query.error, retry: query.refetch };
}
