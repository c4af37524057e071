import { useMemo } from "react";
import { useObservable } from "@/lib/observable.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { ChecklistsOfTask } from "./checklist.ts";
import { checklistsIn, checklistView, inOrder } from "./checklist-view.ts";

const NONE: ChecklistsOfTask = { checklists: [], items: [] };

/**
 * Of a task, with their items, in their order and with what waits in the outbox. Live. `isKnown`: the
 * server has the task, so that it can be asked.
 */
export function useChecklists(taskId: string, isKnown: boolean) {
  const { applyWaiting, outbox } = useSyncClient();
  const query = trpc.checklists.list.useQuery({ taskId }, { enabled: isKnown });
  const entries = useObservable(outbox.entries);
  const rows = query.data ?? NONE;
  const checklists = useMemo(() => {
    const state = checklistsIn(rows, taskId);
    applyWaiting(checklistView, state, entries);
    return inOrder(state);
  }, [rows, entries, taskId, applyWaiting]);
  return { checklists, isLoading: isKnown && query.data === undefined, error: query.error };
}
