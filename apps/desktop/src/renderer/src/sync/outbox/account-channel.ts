/**
 * The windows of one account on this computer, together.
 *
 * Whatever waits to be sent is the account's and no window's: all show the same, and one of them
 * sends. Which one, a Web Lock decides; when that window ends, however it ends, the browser gives the
 * lock to the next. What changes in one is told to the others over a BroadcastChannel.
 *
 * Two senders at once would be waste and no harm: everything is sent with an id that the server
 * applies once, and in order by each of them. So that where a browser has no locks (plain http from
 * another computer) a lease in local storage does: its races cost a request, never an edit.
 */

import { createObservable, type Observable } from "@/lib/observable.ts";
import type { Account } from "@/sync/storage/account.ts";
import { accountKey } from "@/sync/storage/account.ts";
import { thisWindow } from "@/sync/storage/windows.ts";

type Message = { topic: string; data: unknown };

export type AccountChannel = {
  account: Account;
  /** Whether it is this window that sends. */
  isSender: Observable<boolean>;
  /** To the other windows; what cannot be copied to them is left out by whoever sends it. */
  post(topic: string, data: unknown): void;
  listen<T>(topic: string, listener: (data: T) => void): void;
  close(): void;
};

export function openAccountChannel(account: Account): AccountChannel {
  const name = `guildhall.account.${accountKey(account)}`;
  const channel = new BroadcastChannel(name);
  const listeners = new Map<string, (data: never) => void>();
  const isSender = createObservable(false);
  channel.onmessage = ({ data: { topic, data } }: MessageEvent<Message>) =>
    listeners.get(topic)?.(data as never);
  const leave = navigator.locks ? holdLock(name, isSender) : holdLease(name, isSender);
  return {
    account,
    isSender,
    post: (topic, data) => channel.postMessage({ topic, data } satisfies Message),
    listen: (topic, listener) => void listeners.set(topic, listener),
    close() {
      leave();
      isSender.set(false);
      channel.close();
    },
  };
}

function holdLock(name: string, isSender: Observable<boolean>): () => void {
  const left = new AbortController();
  const over = Promise.withResolvers<void>();
  navigator.locks
    .request(name, { signal: left.signal }, () => {
      isSender.set(true);
      return over.promise;
    })
    .catch((error: unknown) => {
      if (!left.signal.aborted) throw error;
    });
  return () => {
    left.abort();
    over.resolve();
  };
}

const RENEW_MS = 2_000;
/** Hidden windows are woken once a minute only; a shorter lease would go to and fro. */
const LEASE_MS = 5_000;

function holdLease(name: string, isSender: Observable<boolean>): () => void {
  const read = () =>
    JSON.parse(localStorage.getItem(name) ?? "{}") as { of?: string; until?: number };
  function renew() {
    try {
      const { of, until = 0 } = read();
      const isMine = of === thisWindow || until < Date.now();
      if (isMine) {
        localStorage.setItem(
          name,
          JSON.stringify({ of: thisWindow, until: Date.now() + LEASE_MS }),
        );
      }
      isSender.set(isMine);
    } catch {
      // No storage to agree in: then each sends.
      isSender.set(true);
    }
  }
  function leave() {
    clearInterval(timer);
    window.removeEventListener("pagehide", leave);
    try {
      if (read().of === thisWindow) localStorage.removeItem(name);
    } catch {
      // It was never held there.
    }
  }
  const timer = setInterval(renew, RENEW_MS);
  window.addEventListener("pagehide", leave);
  renew();
  return leave;
}
