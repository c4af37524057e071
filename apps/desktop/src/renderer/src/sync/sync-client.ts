/** All that belongs to one signed-in person on one server, made once and ended on signing out. */
import type { QueryClient } from "@tanstack/react-query";
import { favouritesKey } from "@/entities/documents/sync/document.ts";
import { deleteDocument, putDocument } from "@/entities/documents/sync/document-patches.ts";
import { deleteTask, putTask } from "@/entities/tasks/sync/task-patches.ts";
import { formatList } from "@/lib/locale.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { CacheTransaction } from "./cache-transaction.ts";
import type { Connection } from "./connection.ts";
import type { Entities } from "./define-entity.ts";
import type { Me } from "./me.ts";
import type { Answer } from "./mutations.ts";
import { openAccountChannel } from "./outbox/account-channel.ts";
import { createOutbox, type OutboxEntry } from "./outbox/outbox.ts";
import { createUploadList } from "./outbox/upload-list.ts";
import { type Account, accountKey } from "./storage/account.ts";
import { forget, persist } from "./storage/persist.ts";
import { createDocumentEdits, type DocumentEdit } from "./texts/edits.ts";
import { forgetTexts } from "./texts/text-store.ts";
import { createUndoStack } from "./undo.ts";

type Options = {
  connection: Connection;
  cache: QueryClient;
  entities: Entities;
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
  const { connection, cache, entities, me, onRefused, onSignedOut } = options;
  connection.expectUser(me.id);
  const account: Account = { server: connection.server, userId: me.id };
  const stopPersisting = await persist(cache, account);
  const channel = openAccountChannel(account);
  channel.listen(SIGNED_OUT, () => onSignedOut({ forget: true }));
  const outbox = createOutbox({
    connection,
    channel,
    onAnswer: (entry, answer) => takeAnswer(cache, entry, answer),
    onRefused,
    onSignedOut: () => onSignedOut(),
  });
  /** The server does not know this document or task yet: its making still waits. */
  const isUnmade = (id: string) =>
    outbox.entries
      .get()
      .some(
        ({ act, input }) =>
          (act === "documents.create" || act === "tasks.create") && input.id === id,
      );
  const documentEdits = createDocumentEdits({
    connection,
    channel,
    isUnmade,
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
    entities,
    outbox,
    /** What was written into documents' texts and is not committed yet. */
    documentEdits,
    /** Files on their way; who sends them is the files' own queue. */
    uploads,
    undo: createUndoStack(),
    /** The server no longer knows this session. */
    signedOut: () => onSignedOut(),
    signOutElsewhere: () => channel.post(SIGNED_OUT, true),
    isUnmade,
    /** Resolves once the server knows the document. */
    async untilMade(documentId: string) {
      if (!isUnmade(documentId)) return;
      await new Promise<void>((resolve) => {
        const stop = outbox.entries.watch(() => {
          if (isUnmade(documentId)) return;
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

/** The answer is in the cache before the edit leaves the outbox: nothing flickers in between. */
function takeAnswer(
  cache: QueryClient,
  entry: OutboxEntry,
  { tasks = [], documents = [], deletedTaskIds = [], ...answer }: Answer,
) {
  const { deletedDocumentIds = [], leftIds = [] } = answer;
  const tx = new CacheTransaction(cache);
  for (const task of tasks) putTask(tx, task);
  for (const id of deletedTaskIds) deleteTask(tx, id);
  for (const row of documents) putDocument(tx, row);
  for (const id of deletedDocumentIds) deleteDocument(tx, entry.workspaceId, id);
  if (entry.act.endsWith("Favourite")) tx.invalidate(favouritesKey(entry.workspaceId));
  tx.commit();
  if (leftIds.length === 0) return;
  const names = new Map<string, string>([
    ...tasks.map(({ id, key }) => [id, key] as const),
    ...documents.map(({ id, title }) => [id, `“${title || "Untitled"}”`] as const),
  ]);
  reportLeft(leftIds.flatMap((id) => names.get(id) ?? []));
}

/** So many are named. */
const NAMED = 3;

/** An undo overwrites nobody: what was left out of it is told. Empty: it is gone for other reasons. */
function reportLeft(names: string[]) {
  const rest = names.length - NAMED;
  const listed = rest > 0 ? [...names.slice(0, NAMED), `${rest} more`] : names;
  const which = listed.length > 0 ? formatList(listed) : "Something";
  const has = names.length > 1 ? "have" : "has";
  notify({
    title: "Not everything was undone",
    description: `${which} ${has} been changed by someone else since. Their changes were kept.`,
  });
}
