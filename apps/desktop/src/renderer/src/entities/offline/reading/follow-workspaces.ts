/** Follows the feed of every workspace of which something is stored, also while nobody looks at it. */
import type { Change, FeedEvent } from "@guildhall/api/client";
import { dropText } from "@/entities/documents/sync/texts/text-store.ts";
import type { PlaceList } from "@/entities/offline/places/place-list.ts";
import type { DeviceCopyNeeds } from "@/sync/device-copy.ts";
import { errorReason } from "@/sync/format-error.ts";
import { accountKey } from "@/sync/storage/account.ts";
import { inStores, readAll } from "../store/database.ts";
import { applyChanges } from "./apply-changes.ts";

type Options = DeviceCopyNeeds & {
  db: IDBDatabase;
  list: PlaceList;
  inTurn: <T>(step: () => Promise<T>) => Promise<T>;
  /** Something of a place has to be read again, or fetched. */
  onStale: () => void;
};

export function followWorkspaces({ connection, channel, db, list, inTurn, onStale }: Options) {
  const account = accountKey(channel.account);
  const followed = new Map<string, () => void>();
  const ofWorkspace = (id: string) => list.places().filter((place) => place.workspaceId === id);
  let isStopped = false;

  async function apply(workspaceId: string, changes: Change[], epoch: string) {
    const places = new Map(ofWorkspace(workspaceId).map((place) => [place.key, place]));
    const myId = channel.account.userId;
    const applied = await applyChanges(db, { changes, epoch, places, workspaceId, myId });
    for (const id of applied.gone) await dropText(account, id);
    if (applied.lost.size > 0) await list.drop([...applied.lost]);
    await list.readAgain([...applied.stale]);
    onStale();
  }

  function start(workspaceId: string, cursor: { seq: number; epoch: string }) {
    let { epoch } = cursor;
    let waiting: Change[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    function flush() {
      timer = undefined;
      const changes = waiting;
      waiting = [];
      // A device that takes nothing any more says so where the save state stands.
      void inTurn(() => apply(workspaceId, changes, epoch)).catch(() => undefined);
    }
    async function startOver(reset: { seq: number; epoch: string }) {
      await inStores(db, ["feeds"], ({ feeds }) => feeds.put({ workspaceId, ...reset }));
      await list.readAgain(ofWorkspace(workspaceId).map(({ key }) => key));
      onStale();
    }
    function onData({ data }: { data: FeedEvent }) {
      if (data.entity === "live") return;
      if (data.entity === "reset") {
        end();
        const { seq } = data;
        ({ epoch } = data);
        return void inTurn(() => startOver({ seq, epoch })).then(follow, () => undefined);
      }
      waiting.push(data);
      timer ??= setTimeout(flush, 50);
    }
    const subscription = connection.client.changes.onChange.subscribe(
      { workspaceId, lastEventId: cursor.seq, epoch },
      {
        onData,
        onError(error) {
          if (errorReason(error) !== "not_found") return;
          end();
          const keys = ofWorkspace(workspaceId).map(({ key }) => key);
          void inTurn(() => list.drop(keys)).catch(() => undefined);
        },
      },
    );
    function end() {
      clearTimeout(timer);
      subscription.unsubscribe();
      followed.delete(workspaceId);
    }
    followed.set(workspaceId, end);
  }

  async function follow() {
    if (isStopped || !channel.isSender.get()) return;
    const wanted = new Set(list.places().map(({ workspaceId }) => workspaceId));
    for (const [id, end] of followed) if (!wanted.has(id)) end();
    for (const { workspaceId, ...cursor } of await readAll(db, "feeds")) {
      // It has no cursor before its first page.
      if (!isStopped && wanted.has(workspaceId) && !followed.has(workspaceId)) {
        start(workspaceId, cursor);
      }
    }
  }

  return {
    follow: () => void follow().catch(() => undefined),
    stop() {
      isStopped = true;
      for (const end of [...followed.values()]) end();
    },
  };
}
