/**
 * Edits on their way to the server.
 *
 * An edit is written to this computer first, shown at once in every window, and sent in order, one
 * after the other, by one of them. An unclear answer is no answer: it is sent again with the same id,
 * which the server applies once. A refusal stays, with the server's words, until the person tries
 * again or discards it; it does not hold up what comes behind.
 */
import type { Connection } from "@/sync/server/connection.ts";
import type { AccountChannel } from "./account-channel.ts";
import { createOutboxList, type OutboxEntry } from "./outbox-store.ts";
import { createSendLoop } from "./send-loop.ts";

export type { OutboxEntry } from "./outbox-store.ts";

type Options = {
  connection: Connection;
  channel: AccountChannel;
  /** Names of mutations now, by those of before. */
  names: ReadonlyMap<string, string>;
  /** Puts the server's answer where it belongs; runs before the entry goes. */
  onAnswer: (entry: OutboxEntry, answer: unknown) => void;
  onRefused: (entry: OutboxEntry) => void;
  onSignedOut: () => void;
};

export type Outbox = ReturnType<typeof createOutbox>;

export function createOutbox(options: Options) {
  const { connection, channel, names, onAnswer, onRefused, onSignedOut } = options;
  const { userId } = channel.account;
  const list = createOutboxList({ channel, names, onAnswer, onRefused, onPut });
  const entries = list.items;
  const loop = createSendLoop<OutboxEntry>({
    connection,
    channel,
    topic: "outbox-sender",
    prepare: list.reload,
    due: () => entries.get().filter((entry) => !entry.refusal),
    untilStored: list.untilStored,
    async send(entry) {
      const { id, mutation, input } = entry;
      const answer = await connection.mutate(mutation, { ...input, mutationId: id });
      void list.remove(id, { answer });
    },
    refuse: (entry, refusal) => list.put({ ...entry, refusal }),
    onSignedOut,
  });

  // Whoever just did something does not wait out a pause.
  function onPut(from: "here" | "elsewhere" | "store") {
    if (from === "here") loop.tryNow();
    else loop.pump();
  }

  return {
    entries,
    reachable: loop.reachable,
    isAtRisk: list.isAtRisk,
    nextId: list.nextId,

    /** What an earlier visit, or another window, left behind. */
    resume: list.reload,

    /** Resolves once the edit is safe on this computer, if it can be; it is shown already. */
    add: (entry: Omit<OutboxEntry, "userId" | "server" | "refusal">) =>
      list.put({ ...entry, userId }),

    async retry(id: string) {
      const entry = entries.get().find((e) => e.id === id);
      if (!entry) return;
      const { refusal: _, ...again } = entry;
      await list.put(again);
      loop.tryNow();
    },

    discard: (id: string) => list.remove(id, "discarded"),

    stop() {
      list.stop();
      loop.stop();
    },
  };
}
