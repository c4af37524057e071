/**
 * Follows a workspace's feed and keeps the query cache equal to the server.
 *
 * Everything cached stands at one place of the feed, the cursor, which is kept (and persisted)
 * together with the rows. The server sends what comes after it, live or after a week away: one path
 * for both. A read that is under way while changes arrive may or may not hold them, so they are
 * applied to its result again; applying a change twice is harmless.
 */
import type { AppRouter, Change, FeedEvent } from "@guildhall/api/client";
import type { QueryClient } from "@tanstack/react-query";
import type { TRPCClientError } from "@trpc/client";
import { refetchQueries } from "@/lib/refetch-queries.ts";
import { CacheTransaction } from "./cache-transaction.ts";
import { cursorKey } from "./cursor.ts";
import { applyChange, type Entities } from "./define-entity.ts";
import type { Connection } from "./server/connection.ts";
import { isSignedOut } from "./server/refusal.ts";
import type { Cursor } from "./storage/cache-store.ts";

/** Enough for the longest read; older changes are in any read that starts now. */
const REMEMBERED = 20_000;

export type FeedLost = { reason: "signed_out" | "no_workspace" };

type Options = {
  connection: Connection;
  cache: QueryClient;
  entities: Entities;
  workspaceId: string;
  myId: string;
  onLost: (lost: FeedLost) => void;
};

/** Starts at the cursor in the cache; returns the function that ends it. */
export function followFeed(options: Options): () => void {
  const { connection, cache, workspaceId } = options;
  const replay = new Replay(options);
  let waiting: Change[] = [];
  let scheduled = false;

  function flush() {
    scheduled = false;
    const batch = waiting;
    waiting = [];
    replay.apply(batch);
  }

  function subscribe() {
    const cursor = cache.getQueryData(cursorKey(workspaceId));
    return connection.client.changes.onChange.subscribe(
      { workspaceId, lastEventId: cursor?.seq, epoch: cursor?.epoch },
      { onData, onError },
    );
  }

  function onData({ data }: { data: FeedEvent }) {
    if (data.entity === "reset") return startOver(data);
    if (data.entity === "live") return;
    waiting.push(data);
    if (scheduled) return;
    scheduled = true;
    // One task later: what one socket message brings together is drawn together.
    setTimeout(flush, 0);
  }

  /** The server's feed no longer reaches back to our cursor: everything is read again. */
  function startOver({ seq, epoch }: Cursor) {
    waiting = [];
    cache.setQueryData(cursorKey(workspaceId), { seq, epoch });
    refetchQueries(cache, { refetchType: "all" });
    // A reconnect repeats what was asked for; with the old epoch each one would start over.
    subscription.unsubscribe();
    subscription = subscribe();
  }

  function onError(error: TRPCClientError<AppRouter>) {
    const reason = error.data?.reason;
    if (isSignedOut(reason)) options.onLost({ reason: "signed_out" });
    else if (reason === "not_found") options.onLost({ reason: "no_workspace" });
  }

  let subscription = subscribe();
  return () => {
    subscription.unsubscribe();
    replay.stop();
  };
}

class Replay {
  readonly #options: Options;
  readonly #recent: Change[] = [];
  /** How many changes had come before the first one of `#recent`. */
  #dropped = 0;
  readonly #fetches = new Map<string, number>();
  readonly stop: () => void;

  constructor(options: Options) {
    this.#options = options;
    this.stop = options.cache.getQueryCache().subscribe((event) => {
      if (event.type !== "updated") return;
      const { queryHash } = event.query;
      if (event.action.type === "fetch") this.#fetches.set(queryHash, this.#received());
      if (event.action.type !== "success" || event.action.manual) return;
      const since = this.#fetches.get(queryHash);
      this.#fetches.delete(queryHash);
      if (since !== undefined && since < this.#received()) {
        const missed = this.#recent.slice(Math.max(0, since - this.#dropped));
        queueMicrotask(() => this.#patch(missed));
      }
    });
  }

  #received = () => this.#dropped + this.#recent.length;

  apply(batch: Change[]) {
    const last = batch.at(-1);
    if (!last) return;
    this.#recent.push(...batch);
    const excess = this.#recent.length - REMEMBERED;
    if (excess > 0) {
      this.#recent.splice(0, excess);
      this.#dropped += excess;
    }
    const { cache, workspaceId } = this.#options;
    this.#patch(batch);
    cache.setQueryData(cursorKey(workspaceId), (cursor) =>
      cursor ? { ...cursor, seq: last.seq } : undefined,
    );
  }

  #patch(changes: Change[]) {
    const { cache, entities } = this.#options;
    const tx = new CacheTransaction(cache);
    for (const change of changes) applyChange(entities, tx, change, this.#options);
    tx.commit();
  }
}
