/**
 * Brings the places that a person keeps on this device, and keeps them equal to the server.
 *
 * One window does it, the one that also sends; the others show what it tells. It takes one step at a
 * time: a page of rows, some texts, a piece of a file. Every step is stored before the next, so that a
 * break of whatever kind costs one. Changes of the feed are applied between the steps, never during one:
 * what a page brings is as new as the moment in which it was read, and what came meanwhile goes on top.
 */

import { answerFrom } from "@/entities/offline/answers/answer.ts";
import { offlineLimit } from "@/entities/offline/places/offline-places.ts";
import { openPlaceList } from "@/entities/offline/places/place-list.ts";
import { fetchNext } from "@/entities/offline/reading/fetch-todo.ts";
import { followWorkspaces } from "@/entities/offline/reading/follow-workspaces.ts";
import { readNextPage } from "@/entities/offline/reading/read-place.ts";
import { openDatabase } from "@/entities/offline/store/database.ts";
import type { Place } from "@/entities/offline/store/stored.ts";
import { createRetry } from "@/lib/retry.ts";
import type { DeviceCopyNeeds } from "@/sync/device-copy.ts";
import { isGone, isSignedOut, refusalOf } from "@/sync/server/refusal.ts";
import { accountKey } from "@/sync/storage/account.ts";
import { deviceStorage } from "@/sync/storage/device-storage.ts";
import { openSearch } from "../search/open-search.ts";

const WAITS = { firstMs: 500, lastMs: 30_000 };
const device = deviceStorage.part("offline");
const NO_SPACE =
  "This device has no room left. What is here stays; free some space or remove something, then try again.";

export type Engine = Awaited<ReturnType<typeof openEngine>>;

export async function openEngine(needs: DeviceCopyNeeds) {
  const { connection, channel } = needs;
  const client = connection.onlyServer;
  const account = accountKey(channel.account);
  const db = await openDatabase(account).catch((error: unknown) => {
    device.refused(error);
    throw error;
  });
  const list = await openPlaceList(db, { account, channel });
  const search = openSearch(account);
  const stopping = new AbortController();
  const { signal } = stopping;
  let isWorking = false;
  let isStopped = false;
  const retry = createRetry(() => void work(), WAITS);

  /** One after the other, whoever asks. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const next = turn.then(step);
    turn = next.catch(() => undefined);
    return next;
  };

  const feeds = followWorkspaces({ ...needs, db, list, inTurn, onStale: () => void work() });

  async function step(): Promise<boolean> {
    const reading = list.places().find(({ phase, problem }) => phase === "reading" && !problem);
    if (reading) {
      const place = { ...reading };
      const read = await readNextPage(db, client, { place, signal }).catch(async (error) => {
        // There is no such place for this person any more.
        if (!isGone(error)) throw error;
        await list.drop([place.key]);
        return null;
      });
      if (read) await list.hasRead(read);
      feeds.follow();
      return true;
    }
    const fetched = await fetchNext(db, {
      ...{ client, account, signal },
      free: () => offlineLimit() - list.bytes(),
      onStored: list.addBytes,
    });
    await list.hasFetched(fetched);
    return fetched === "some";
  }

  async function work() {
    if (isWorking || isStopped || !channel.isSender.get()) return;
    isWorking = true;
    retry.stop();
    try {
      feeds.follow();
      while (!isStopped && (await inTurn(step)));
      // What can't be found today is found when a question is asked.
      if (list.places().length > 0) void search.update().catch(() => undefined);
      device.stored();
    } catch (error) {
      if (!isStopped) await stumble(error);
    }
    isWorking = false;
  }

  async function stumble(error: unknown) {
    if (error instanceof DOMException && error.name === "QuotaExceededError") {
      return list.setProblem(NO_SPACE);
    }
    const refusal = refusalOf(error);
    if (isSignedOut(refusal?.reason)) return needs.onSignedOut();
    if (refusal) return list.setProblem(refusal.message);
    retry.later();
  }

  const stops = [
    channel.isSender.watch(() => void work()),
    list.onAsked(() => void work()),
    connection.socket.watch(() => {
      if (connection.socket.get() === "open") void work();
    }),
  ];
  void work();

  return {
    answer: (path: string, input: unknown) => answerFrom({ db, list, search }, path, input),
    async keep(place: Place & { workspaceId: string; name: string }) {
      // So that a browser short of room clears away other things first; it may say no.
      await navigator.storage?.persist?.().catch(() => false);
      await inTurn(() => list.add(place));
      void work();
    },
    async remove(keys: readonly string[] = list.places().map(({ key }) => key)) {
      await inTurn(() => list.drop(keys));
      feeds.follow();
    },
    retry() {
      void list.setProblem(null).then(work);
    },
    stop() {
      isStopped = true;
      stopping.abort();
      retry.stop();
      feeds.stop();
      for (const stop of stops) stop();
      list.stop();
      search.stop();
      db.close();
    },
  };
}
