import { useMemo } from "react";
import { useObservable } from "@/lib/observable.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { commentsOfTask } from "./apply-to-comments.ts";

/** Of a task, oldest first. Live. `isKnown`: the server has the task, so that it can be asked. */
export function useComments(taskId: string, isKnown: boolean) {
  const { outbox, me } = useSyncClient();
  const query = trpc.comments.list.useQuery({ taskId }, { enabled: isKnown });
  const entries = useObservable(outbox.entries);
  const comments = useMemo(
    () => commentsOfTask(query.data ?? [], entries, { taskId, myId: me.id }),
    [query.data, entries, taskId, me.id],
  );
  return { comments, isLoading: query.data === undefined, error: query.error };
}
