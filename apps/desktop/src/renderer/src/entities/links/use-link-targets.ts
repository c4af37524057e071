/**
 * What the links of a text point to. A text may hold hundreds: those that are asked for in the same
 * moment go to the server in one call. What the answer leaves out is gone, or hidden from this
 * person, and is kept as null: a broken link. The feed keeps all of them up to date.
 */
import { useQueries, useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Connection } from "@/sync/server/connection.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { type Linked, linkTargetKey, type Target } from "./linked.ts";

const MOST_AT_ONCE = 200;

type Client = Connection["client"];
type Found = { [T in Target]: Map<string, Linked[T]> };
type Batch = { document: Set<string>; task: Set<string>; answer: Promise<Found> };

const batches = new WeakMap<Client, Map<string, Batch>>();

/** The answer to all that was asked in this turn of the event loop. */
function askTogether(client: Client, workspaceId: string, target: Target, id: string) {
  const open = batches.get(client) ?? new Map<string, Batch>();
  batches.set(client, open);
  let batch = open.get(workspaceId);
  if (!batch || batch[target].size >= MOST_AT_ONCE) {
    const ids = { document: new Set<string>(), task: new Set<string>() };
    const collected = new Promise((resolve) => setTimeout(resolve));
    const answer = collected.then(() => {
      if (open.get(workspaceId) === made) open.delete(workspaceId);
      return ask(client, workspaceId, ids);
    });
    const made: Batch = { ...ids, answer };
    batch = made;
    open.set(workspaceId, made);
  }
  batch[target].add(id);
  return batch.answer;
}

async function ask(
  client: Client,
  workspaceId: string,
  ids: Omit<Batch, "answer">,
): Promise<Found> {
  const documentIds = [...ids.document];
  const taskIds = [...ids.task];
  const found = await client.documents.linkTargets.query({ workspaceId, documentIds, taskIds });
  return {
    document: new Map(found.documents.map((row) => [row.id, row])),
    task: new Map(found.tasks.map((row) => [row.id, row])),
  };
}

const queryOf = <T extends Target>(client: Client, workspaceId: string, target: T, id: string) => ({
  queryKey: linkTargetKey(target, id),
  queryFn: async (): Promise<Linked[T]> => {
    const found = await askTogether(client, workspaceId, target, id);
    return (found[target].get(id) ?? null) as Linked[T];
  },
});

/**
 * Undefined until it is known. `fresh`: asks again, for what no change of the feed tells, such as
 * the beginning of a document's text.
 */
export function useLinkTarget<T extends Target>(target: T, id: string, fresh = false) {
  const { connection } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  const query = useQuery({
    ...queryOf(connection.client, workspaceId, target, id),
    staleTime: fresh ? 0 : Number.POSITIVE_INFINITY,
  });
  return query.data;
}

/** Those of them that are known to be gone, or hidden from this person. */
export function useBrokenTargets<T extends { target: Target; id: string }>(targets: T[]): T[] {
  const { connection } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  const answers = useQueries({
    queries: targets.map(({ target, id }) =>
      queryOf<Target>(connection.client, workspaceId, target, id),
    ),
  });
  return targets.filter((_, i) => answers[i]?.data === null);
}
