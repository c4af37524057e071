/** All that belongs to one signed-in person on one server, made once and ended on signing out. */
import type { QueryClient } from "@tanstack/react-query";
import { invariant } from "@/lib/invariant.ts";
import { combineObservables } from "@/lib/observable.ts";
import { CacheTransaction } from "./cache-transaction.ts";
import type { Entities } from "./define-entity.ts";
import { type AnyMutation, byPath, type View } from "./define-mutation.ts";
import { type DeviceCopyKind, watchDeviceAnswers } from "./device-copy.ts";
import type { Me } from "./me.ts";
import { applyOptimistically } from "./optimistic.ts";
import { openAccountChannel } from "./outbox/account-channel.ts";
import { createOutbox, type OutboxEntry } from "./outbox/outbox.ts";
import { writtenIn } from "./outbox/written-in.ts";
import { createPerform } from "./perform.ts";
import type { Queue, QueueKind, WaitingEntry } from "./queues.ts";
import type { Connection } from "./server/connection.ts";
import { type Account, accountKey } from "./storage/account.ts";
import { forget, persist } from "./storage/persist.ts";
import { createUndoStack } from "./undo.ts";

/** What the engine is told of the app. */
export type Registry = {
  entities: Entities;
  mutations: readonly AnyMutation[];
  queues: readonly QueueKind[];
  deviceCopy: DeviceCopyKind;
};

type Options = {
  connection: Connection;
  cache: QueryClient;
  registry: Registry;
  me: Me;
  onRefused: (entry: OutboxEntry) => void;
  /** `forget`: on this computer, so that nothing of this person stays here. */
  onSignedOut: (how?: { forget: boolean }) => void;
};

/** To the other windows of this person: they stop too. */
const SIGNED_OUT = "signed-out";

export type SyncClient = Awaited<ReturnType<typeof openSyncClient>>;

export async function openSyncClient(options: Options) {
  const { connection, cache, registry, me, onRefused, onSignedOut } = options;
  connection.expectUser(me.id);
  const account: Account = { server: connection.server, userId: me.id };
  const answers = watchDeviceAnswers(cache, connection);
  const stopPersisting = await persist(cache, account, answers);
  const channel = openAccountChannel(account);
  const copy = registry.deviceCopy.open({ connection, channel, onSignedOut: () => onSignedOut() });
  connection.device.answer = copy.answer;
  channel.listen(SIGNED_OUT, () => onSignedOut({ forget: true }));
  const mutations = byPath(registry.mutations);
  const names = registry.mutations.flatMap(({ path, formerly = [] }) =>
    formerly.map((name) => [name, path] as const),
  );
  const outbox = createOutbox({
    connection,
    channel,
    names: new Map(names),
    onAnswer({ mutation, workspaceId }, answer) {
      const tx = new CacheTransaction(cache);
      mutations.get(mutation)?.onAnswer?.(tx, answer as never, { workspaceId });
      tx.commit();
    },
    onRefused,
    onSignedOut: () => onSignedOut(),
  });
  const undo = createUndoStack();
  const performing = createPerform({ mutations, outbox, undo });
  /** The server does not know it yet: what creates it still waits. */
  const isPendingCreate = (id: string) =>
    outbox.entries
      .get()
      .some(({ mutation, input }) => mutations.get(mutation)?.creates?.(input as never) === id);
  const needs = { connection, channel, isPendingCreate, onSignedOut: () => onSignedOut() };
  const queues = new Map(registry.queues.map((kind) => [kind, kind.open(needs)]));
  const lists = [...queues.values()];
  const pumpQueues = () => {
    for (const queue of lists) queue.pump();
  };
  const stopWatching = outbox.entries.watch(pumpQueues);
  await outbox.resume();
  for (const queue of lists) await queue.resume();
  const waiting = combineObservables(
    [outbox.entries, ...lists.map((queue) => queue.waiting)],
    (): readonly WaitingEntry[] => [
      ...outbox.entries.get(),
      ...lists.flatMap((queue) => queue.waiting.get()),
    ],
  );
  const senders = [outbox, ...lists];
  const tries = senders.flatMap((sender) => sender.reachable ?? []);
  const reachable = combineObservables(tries, () => tries.every((isReached) => isReached.get()));
  const holderOf = (id: string) =>
    lists.find((queue) => queue.waiting.get().some((entry) => entry.id === id)) ?? outbox;
  // Local storage takes what it can in that moment; it may be as full as the rest of the device.
  const warn = (event: BeforeUnloadEvent) => {
    if (senders.some((list) => list.isAtRisk())) event.preventDefault();
  };
  window.addEventListener("beforeunload", warn);
  return {
    me,
    account,
    channel,
    connection,
    cache,
    entities: registry.entities,
    outbox,
    /** What an entity sends by itself. */
    queue: <Q extends Queue>(kind: QueueKind<Q>) =>
      invariant(queues.get(kind), "a queue is registered") as Q,
    /** All that this person did and the server has not committed, in whatever window. */
    waiting,
    /** The same, with the words in it, for who can't go on. */
    unsent: (): readonly WaitingEntry[] => [
      ...outbox.entries.get().map(({ id, label, input }) => {
        const words = writtenIn(input);
        return { id, label, ...(words && { text: async () => words }) };
      }),
      ...lists.flatMap((queue) => queue.waiting.get()),
    ],
    /** Whether whoever sends reached the server with the last try. */
    reachable,
    retry: (id: string) => holderOf(id).retry(id),
    discard: (id: string) => holderOf(id).discard(id),
    undo,
    ...performing,
    /** What waits, or was refused, and shows in such a view of this workspace. */
    waitingIn: (view: { readonly name: string }, workspaceId: string) =>
      outbox.entries
        .get()
        .filter((e) => e.workspaceId === workspaceId && mutations.get(e.mutation)?.view === view),
    /** Changes `state` by these, in the order in which they were done. */
    applyWaiting: <State>(view: View<State>, state: State, entries: readonly OutboxEntry[]) =>
      applyOptimistically(mutations, { view, state }, entries),
    /** The server no longer knows this session. */
    signedOut: () => onSignedOut(),
    signOutElsewhere: () => channel.post(SIGNED_OUT, true),
    isPendingCreate,
    /** Resolves once the server knows what has this id. */
    async untilCreated(id: string) {
      if (!isPendingCreate(id)) return;
      await new Promise<void>((resolve) => {
        const stop = outbox.entries.watch(() => {
          if (isPendingCreate(id)) return;
          stop();
          resolve();
        });
      });
    },
    async close(how: { forget: boolean }) {
      stopWatching();
      outbox.stop();
      for (const queue of lists) queue.stop();
      copy.stop();
      answers.stop();
      waiting.stop();
      reachable.stop();
      connection.expectUser(null);
      channel.close();
      window.removeEventListener("beforeunload", warn);
      stopPersisting();
      if (!how.forget) return;
      const kinds = [...registry.queues, registry.deviceCopy];
      const theirs = kinds.map((kind) => kind.forget?.(accountKey(account)));
      await Promise.all([forget(account), ...theirs]);
    },
  };
}
