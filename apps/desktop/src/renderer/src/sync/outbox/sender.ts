/**
 * Sends what waits, one after the other, in the one window that sends.
 *
 * An unclear answer (no network, a restarted server) is no answer: the same goes again, after a wait
 * that grows. A refusal is an answer, and holds up nothing that comes behind. Whether the server is
 * reached is told to the other windows; and when one of those finds it back, this one tries at once.
 */

import { createObservable, type Observable } from "@/lib/observable.ts";
import type { Connection } from "@/sync/connection.ts";
import { isRefusal } from "@/sync/query-client.ts";
import type { AccountChannel } from "./account-channel.ts";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

export type Refusal = { reason: string; message: string };

type Options<T> = {
  connection: Connection;
  channel: AccountChannel;
  /** Of the messages about this line. */
  topic: string;
  /** Reads all that waits: what a window that has ended left must not be overtaken. */
  prepare: () => Promise<void>;
  next: () => T | undefined;
  /** Resolves when it is stored here, or cannot be. */
  untilStored: (item: T) => Promise<void>;
  /** Rejects with what the server or the network said. */
  send: (item: T) => Promise<void>;
  refuse: (item: T, refusal: Refusal) => Promise<void>;
  onSignedOut: () => void;
};

type Message = { kind: "reachable"; isReachable: boolean } | { kind: "try" } | { kind: "hello" };

export type Sender = {
  /** Whether the last try reached the server. */
  reachable: Observable<boolean>;
  /** Something may be there to send. */
  pump(): void;
  /** The same, without waiting for the next try. */
  tryNow(): void;
  stop(): void;
};

export function createSender<T>(options: Options<T>): Sender {
  const { connection, channel, topic } = options;
  const reachable = createObservable(navigator.onLine);
  let isPrepared = false;
  let sending = false;
  let stopped = false;
  let retryAt: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const post = (message: Message) => channel.post(topic, message);
  function setReachable(isReachable: boolean) {
    if (reachable.get() === isReachable) return;
    reachable.set(isReachable);
    if (channel.isSender.get()) post({ kind: "reachable", isReachable });
  }

  async function pump() {
    if (sending || stopped || !isPrepared) return;
    sending = true;
    clearTimeout(retryAt);
    try {
      for (let next = options.next(); next && !stopped; next = options.next()) {
        if (!(await attempt(next))) break;
      }
    } finally {
      sending = false;
    }
  }

  async function takeOver() {
    isPrepared = false;
    if (!channel.isSender.get()) return;
    await options.prepare();
    isPrepared = channel.isSender.get();
    void pump();
  }

  /** False when the server could not be reached: then the rest waits too, in order. */
  async function attempt(item: T): Promise<boolean> {
    await options.untilStored(item);
    // Ended meanwhile, it would go out in the name of whoever is signed in next.
    if (stopped) return false;
    try {
      await options.send(item);
    } catch (error) {
      if (stopped) return false;
      if (!isRefusal(error)) return retryLater();
      const reason = error.data?.reason ?? "unknown";
      if (reason === "signed_out") {
        options.onSignedOut();
        return false;
      }
      await options.refuse(item, { reason, message: error.message });
    }
    failures = 0;
    setReachable(true);
    return true;
  }

  function retryLater() {
    setReachable(false);
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++);
    retryAt = setTimeout(pump, wait * (0.5 + Math.random() / 2));
    return false;
  }

  function tryNow() {
    failures = 0;
    if (channel.isSender.get()) void pump();
    else post({ kind: "try" });
  }
  const cameOnline = () => {
    setReachable(true);
    tryNow();
  };
  const wentOffline = () => setReachable(false);
  window.addEventListener("online", cameOnline);
  window.addEventListener("offline", wentOffline);
  const stops = [
    connection.socket.watch(() => {
      if (connection.socket.get() === "open") cameOnline();
    }),
    channel.isSender.watch(() => void takeOver()),
  ];

  channel.listen<Message>(topic, (message) => {
    const isSender = channel.isSender.get();
    if (message.kind === "reachable") {
      if (!isSender) reachable.set(message.isReachable);
    } else if (!isSender) return;
    else if (message.kind === "try") tryNow();
    else post({ kind: "reachable", isReachable: reachable.get() });
  });
  post({ kind: "hello" });
  void takeOver();

  return {
    reachable,
    pump: () => void pump(),
    tryNow,
    stop() {
      stopped = true;
      clearTimeout(retryAt);
      for (const stop of stops) stop();
      window.removeEventListener("online", cameOnline);
      window.removeEventListener("offline", wentOffline);
    },
  };
}
