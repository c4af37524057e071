/**
 * Sends what waits, in the one window that sends: one after the other, or several at once where they
 * need no order.
 *
 * An unclear answer (no network, a restarted server) is no answer: the same goes again, after a wait
 * that grows. A refusal is an answer, and holds up nothing that comes behind. Whether the server is
 * reached is told to the other windows; and when one of those finds it back, this one tries at once.
 */
import { createObservable, type Observable } from "@/lib/observable.ts";
import { createRetry } from "@/lib/retry.ts";
import { onWake } from "@/lib/wake.ts";
import type { Connection } from "@/sync/server/connection.ts";
import { isSignedOut, type Refusal, refusalOf } from "@/sync/server/refusal.ts";
import type { AccountChannel } from "./account-channel.ts";

const WAITS = { firstMs: 500, lastMs: 30_000 };
/** Of what goes in order: while the first is tried again, all behind it waits. */
const IN_ORDER = "";

type Options<T> = {
  connection: Connection;
  channel: AccountChannel;
  /** Of the messages about this loop. */
  topic: string;
  /** Reads all that waits: what a window that has ended left must not be overtaken. */
  prepare: () => Promise<void>;
  /** What may be sent now, in its order. */
  due: () => readonly T[];
  /** So many are under way at once, each tried again by itself; unless said they go in order. */
  atOnce?: number;
  /** Resolves when it is stored here, or cannot be. */
  untilStored: (item: T) => Promise<void>;
  /** Rejects with what the server or the network said. */
  send: (item: T, signal: AbortSignal) => Promise<void>;
  refuse: (item: T, refusal: Refusal) => Promise<void>;
  /** It waits for its next try. */
  onUnclear?: (item: T) => void;
  onSignedOut: () => void;
};

type Message = { kind: "reachable"; isReachable: boolean } | { kind: "try" } | { kind: "hello" };

export type SendLoop = {
  /** Whether the last try reached the server. */
  reachable: Observable<boolean>;
  /** Something may be there to send. */
  pump(): void;
  /** The same, without waiting for the next try. */
  tryNow(): void;
  /** Ends the sending of this one; whether it goes again is for `due` to say. */
  interrupt(id: string): void;
  stop(): void;
};

export function createSendLoop<T extends { id: string }>(options: Options<T>): SendLoop {
  const { connection, channel, topic, atOnce = 1 } = options;
  const reachable = createObservable(navigator.onLine);
  const underWay = new Map<string, AbortController>();
  const retries = new Map<string, ReturnType<typeof createRetry>>();
  let isPrepared = false;
  let stopped = false;
  const laneOf = ({ id }: T) => (options.atOnce ? id : IN_ORDER);

  const post = (message: Message) => channel.post(topic, message);
  function setReachable(isReachable: boolean) {
    if (reachable.get() === isReachable) return;
    reachable.set(isReachable);
    if (channel.isSender.get()) post({ kind: "reachable", isReachable });
  }

  function pump() {
    if (stopped || !isPrepared) return;
    for (const item of options.due()) {
      if (underWay.size >= atOnce) return;
      const lane = laneOf(item);
      if (!underWay.has(lane) && !retries.get(lane)?.isWaiting()) void attempt(item, lane);
    }
  }

  async function attempt(item: T, lane: string) {
    const controller = new AbortController();
    const { signal } = controller;
    underWay.set(lane, controller);
    const isDone = await sendOne(item, lane, signal);
    if (underWay.get(lane) === controller) underWay.delete(lane);
    if (isDone) pump();
  }

  async function sendOne(item: T, lane: string, signal: AbortSignal): Promise<boolean> {
    await options.untilStored(item);
    // Ended meanwhile, it would go out in the name of whoever is signed in next.
    if (signal.aborted) return false;
    try {
      await options.send(item, signal);
    } catch (error) {
      if (signal.aborted) return false;
      const refusal = refusalOf(error);
      if (!refusal) return waitForServer(item, lane);
      if (isSignedOut(refusal.reason)) {
        options.onSignedOut();
        return false;
      }
      await options.refuse(item, refusal);
    }
    retries.delete(lane);
    setReachable(true);
    return true;
  }

  function waitForServer(item: T, lane: string): false {
    setReachable(false);
    const retry = retries.get(lane) ?? createRetry(pump, WAITS);
    retries.set(lane, retry);
    retry.later();
    options.onUnclear?.(item);
    return false;
  }

  function forgetWaits() {
    for (const retry of retries.values()) retry.stop();
    retries.clear();
  }

  async function takeOver() {
    isPrepared = false;
    if (!channel.isSender.get()) return;
    await options.prepare();
    isPrepared = channel.isSender.get();
    pump();
  }

  function tryNow() {
    forgetWaits();
    if (channel.isSender.get()) pump();
    else post({ kind: "try" });
  }
  const cameOnline = () => {
    setReachable(true);
    tryNow();
  };
  // Only looked at again, or awake: whether the server is there the next try says.
  const awake = () => retries.size > 0 && tryNow();
  const wentOffline = () => setReachable(false);
  window.addEventListener("online", cameOnline);
  window.addEventListener("offline", wentOffline);
  const stops = [
    onWake(awake),
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

  function interrupt(lane: string) {
    underWay.get(lane)?.abort(new DOMException("Cancelled", "AbortError"));
    underWay.delete(lane);
    retries.get(lane)?.stop();
    retries.delete(lane);
  }

  return {
    reachable,
    pump,
    tryNow,
    interrupt,
    stop() {
      stopped = true;
      for (const lane of [...underWay.keys()]) interrupt(lane);
      forgetWaits();
      for (const stop of stops) stop();
      window.removeEventListener("online", cameOnline);
      window.removeEventListener("offline", wentOffline);
    },
  };
}
