import { useEffect } from "react";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { askedOf } from "./audit-filter.ts";

/** Of more than so many new ones, the list is read afresh. */
const AT_ONCE = 50;

/** What is logged while the list is open comes in at its top. */
export function useLiveAudit(workspaceId: string | null, asked: ReturnType<typeof askedOf>) {
  const { client } = useSyncClient().connection;
  const cache = trpc.useUtils();
  useEffect(() => {
    const input = { workspaceId, ...asked };
    const { list } = cache.audit;
    async function look() {
      const shown = list.getInfiniteData(input)?.pages[0];
      if (!shown) return;
      const { entries } = await client.audit.list.query({ ...input, limit: AT_ONCE });
      const known = new Set(shown.entries.map(({ id }) => id));
      const fresh = entries.filter(({ id }) => !known.has(id));
      if (fresh.length === 0) return;
      // None of them is known: others lie between.
      if (fresh.length === AT_ONCE) return void list.invalidate(input);
      list.setInfiniteData(input, (old) => {
        const [first, ...others] = old?.pages ?? [];
        if (!old || !first) return old;
        const there = new Set(first.entries.map(({ id }) => id));
        const more = fresh.filter(({ id }) => !there.has(id));
        const pages = [{ ...first, entries: [...more, ...first.entries] }, ...others];
        return { ...old, pages };
      });
    }
    let looking = Promise.resolve();
    const { unsubscribe } = client.audit.onNew.subscribe(
      { workspaceId },
      {
        onData() {
          looking = looking.then(look).catch(() => {}); // The next one looks again.
        },
        // Who may not read it any more sees that by the list.
        onError: () => void list.invalidate(input),
      },
    );
    return unsubscribe;
  }, [client, cache, workspaceId, asked]);
}
