/**
 * Edits on their way to the server.
 *
 * An edit is written to this computer first, shown at once, and sent in order, one after the other.
 * An unclear answer (no network, a restarted server) is no answer: it is sent again with the same
 * id, which the server applies once. A refusal stays, with the server's words, until the person
 * tries again or discards it; it does not hold up what comes behind.
 */
import { uuidv7 } from "uuidv7";
import { type Act, type Answer, send } from "./acts.ts";
import type { Connection } from "./connection.ts";
import { drop, keep, type OutboxEntry, readKept } from "./outbox-store.ts";
import { isRefusal } from "./query-client.ts";
import { createValue } from "./value.ts";

export type { OutboxEntry } from "./outbox-store.ts";

type Options = {
  connection: Connection;
  userId: string;
  /** Puts the server's answer where it belongs; runs before the entry goes. */
  onAnswer: (entry: OutboxEntry, answer: Answer) => void;
  onRefused: (entry: OutboxEntry) => void;
  onSignedOut: () => void;
};

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

export type Outbox = ReturnType<typeof createOutbox>;

export function createOutbox(options: Options) {
  const { userId } = options;
  const entries = createValue<readonly OutboxEntry[]>([]);
  /** Whether the last try reached the server. */
  const reachable = createValue(navigator.onLine);
  let sending = false;
  let stopped = false;
  let retryAt: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const replace = (entry: OutboxEntry) =>
    entries.set(entries.get().map((e) => (e.id === entry.id ? entry : e)));
  const remove = async (id: string) => {
    await drop(id);
    entries.set(entries.get().filter((e) => e.id !== id));
  };

  async function pump() {
    if (sending || stopped) return;
    sending = true;
    clearTimeout(retryAt);
    try {
      for (let next = firstWaiting(); next && !stopped; next = firstWaiting()) {
        if (!(await attempt(next))) break;
      }
    } finally {
      sending = false;
    }
  }

  const firstWaiting = () => entries.get().find((e) => !e.refusal);

  /** False when the server could not be reached: then the rest waits too, in order. */
  async function attempt(entry: OutboxEntry): Promise<boolean> {
    try {
      const answer = await send(options.connection.client, entry, entry.id);
      options.onAnswer(entry, answer);
      await remove(entry.id);
    } catch (error) {
      if (!isRefusal(error)) return retryLater();
      const reason = error.data?.reason ?? "unknown";
      if (reason === "signed_out") {
        options.onSignedOut();
        return false;
      }
      const refused = { ...entry, refusal: { reason, message: error.message } };
      await keep(refused);
      replace(refused);
      options.onRefused(refused);
    }
    failures = 0;
    reachable.set(true);
    return true;
  }

  function retryLater() {
    reachable.set(false);
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++);
    retryAt = setTimeout(pump, wait * (0.5 + Math.random() / 2));
    return false;
  }

  const tryNow = () => {
    failures = 0;
    pump();
  };
  const cameOnline = () => {
    reachable.set(true);
    tryNow();
  };
  const wentOffline = () => reachable.set(false);
  window.addEventListener("online", cameOnline);
  window.addEventListener("offline", wentOffline);
  const stopWatching = options.connection.socket.watch(() => {
    if (options.connection.socket.get() === "open") cameOnline();
  });

  return {
    entries,
    reachable,

    /** What an earlier visit left behind is sent first. */
    async resume() {
      const kept = await readKept(userId);
      const known = new Set(entries.get().map((e) => e.id));
      entries.set([...kept.filter((e) => !known.has(e.id)), ...entries.get()]);
      pump();
    },

    /** Resolves once the edit is safe on this computer; it is shown already. */
    async add(
      draft: Act & Omit<OutboxEntry, "id" | "userId" | "refusal" | keyof Act> & { id?: string },
    ) {
      const entry = { id: uuidv7(), ...draft, userId } as OutboxEntry;
      entries.set([...entries.get(), entry]);
      await keep(entry);
      pump();
      return entry.id;
    },

    async retry(id: string) {
      const entry = entries.get().find((e) => e.id === id);
      if (!entry) return;
      const { refusal: _, ...again } = entry;
      await keep(again as OutboxEntry);
      replace(again as OutboxEntry);
      tryNow();
    },

    discard: remove,

    stop() {
      stopped = true;
      clearTimeout(retryAt);
      stopWatching();
      window.removeEventListener("online", cameOnline);
      window.removeEventListener("offline", wentOffline);
    },
  };
}
