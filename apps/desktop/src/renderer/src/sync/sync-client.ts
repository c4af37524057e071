/** All that belongs to one signed-in person on one server, made once and ended on signing out. */
import type { QueryClient } from "@tanstack/react-query";
import { CacheTransaction } from "./cache-transaction.ts";
import type { Connection } from "./connection.ts";
import type { Entities } from "./define-entity.ts";
import { type AnyMutation, byPath, type View } from "./define-mutation.ts";
import type { Me } from "./me.ts";
import { applyOptimistically } from "./optimistic.ts";
import { openAccountChannel } from "./outbox/account-channel.ts";
import { createOutbox, type OutboxEntry } from "./outbox/outbox.ts";
import { createUploadList } from "./outbox/upload-list.ts";
import { createPerform } from "./perform.ts";
import { type Account, accountKey } from "./storage/account.ts";
import { forget, persist } from "./storage/persist.ts";
import { createDocumentEdits, type DocumentEdit } from "./texts/edits.ts";
import { forgetTexts } from "./texts/text-store.ts";
import { createUndoStack } from "./undo.ts";

/** What the engine is told of the app. */
export type Registry = { entities: Entities; mutations: readonly AnyMutation[] };

type Options = {
  connection: Connection;
  cache: QueryClient;
  registry: Registry;
  me: Me;
  onRefused: (entry: OutboxEntry) => void;
  onTextRefused: (edit: DocumentEdit) => void;
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
  const stopPersisting = await persist(cache, account);
  const channel = openAccountChannel(account);
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
  const documentEdits = createDocumentEdits({
    connection,
    channel,
    isPendingCreate,
    onRefused: options.onTextRefused,
    onSignedOut: () => onSignedOut(),
  });
  const stopWatching = outbox.entries.watch(() => void documentEdits.pump());
  await outbox.resume();
  await documentEdits.resume();
  const uploads = createUploadList(channel);
  await uploads.reload();
  const lists = [outbox, documentEdits, uploads];
  // Local storage takes what it can in that moment; it may be as full as the rest of the device.
  const warn = (event: BeforeUnloadEvent) => {
    if (lists.some((list) => list.isAtRisk())) event.preventDefault();
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
    /** What was written into documents' texts and is not committed yet. */
    documentEdits,
    /** Files on their way; who sends them is the files' own queue. */
    uploads,
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
    /** Resolves once the server knows the document. */
    async untilCreated(documentId: string) {
      if (!isPendingCreate(documentId)) return;
      await new Promise<void>((resolve) => {
        const stop = outbox.entries.watch(() => {
          if (isPendingCreate(documentId)) return;
          stop();
          resolve();
        });
      });
    },
    async close(how: { forget: boolean }) {
      stopWatching();
      outbox.stop();
      documentEdits.stop();
      connection.expectUser(null);
      uploads.stop();
      channel.close();
      window.removeEventListener("beforeunload", warn);
      stopPersisting();
      if (how.forget) await Promise.all([forget(account), forgetTexts(accountKey(account))]);
    },
  };
}
