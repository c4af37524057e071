/**
 * The text of one open document: a Yjs document that holds what the server has committed and what
 * was written here.
 *
 * It is read from this computer first, with what still waits applied to it, so that it opens without a
 * network; then it follows the server's log from the number that it stands at. Yjs merges in any
 * order and knows what it has, so that an update may come twice: as an answer, from the log, or by
 * way of another tab.
 */
import {
  applyUpdate,
  Doc,
  decodeUpdate,
  encodeStateAsUpdate,
  encodeStateVectorFromUpdate,
  mergeUpdates,
} from "yjs";
import { createObservable } from "@/lib/observable.ts";
import { isSignedOut, type Refusal } from "@/sync/server/refusal.ts";
import { accountKey } from "@/sync/storage/account.ts";
import { onPageLeave } from "@/sync/storage/page-leave.ts";
import type { SyncClient } from "@/sync/sync-client.ts";
import { createDocumentAwareness } from "./awareness.ts";
import { packUpdates } from "./cut-update.ts";
import { type DocumentEdit, documentEdits } from "./edits.ts";
import { createTextWriter } from "./text-writer.ts";
import { followUpdates } from "./transport.ts";

export type DocumentTextState = {
  /** There is a text to show, from here or from the server. */
  isRead: boolean;
  /** Everything that was committed when we last asked is in it. */
  isLive: boolean;
  /** It may no longer be seen, or is gone: nothing more comes. */
  isLost: boolean;
  /** The server refused what was written here, for good. It is still in the text, to be copied. */
  refusal: Refusal | null;
  /** What was written here was discarded in another window: to be opened anew. */
  isDiscarded: boolean;
};

type Options = {
  sync: SyncClient;
  workspaceId: string;
  documentId: string;
};

/** As they are when something is written. */
export type Writer = { title: () => string; mayEdit: () => boolean };

/** Marks what did not come from this editor. */
const ELSEWHERE = Symbol("elsewhere");

const unread: DocumentTextState = {
  isRead: false,
  isLive: false,
  isLost: false,
  refusal: null,
  isDiscarded: false,
};

export type OpenDocument = ReturnType<typeof openDocument>;

export function openDocument({ sync, workspaceId, documentId }: Options) {
  const { connection, account } = sync;
  const edits = sync.queue(documentEdits);
  const doc = new Doc();
  const awareness = createDocumentAwareness({ sync, documentId, doc });
  const state = createObservable(unread);
  const set = (part: Partial<DocumentTextState>) => state.set({ ...state.get(), ...part });
  const text = createTextWriter(accountKey(account), documentId);
  let writer: Writer | null = null;
  let isRestored = false;
  /** What a log that knows less than we do has sent so far. */
  let afterReset: Uint8Array[] | null = null;

  function add(update: Uint8Array) {
    const about = { workspaceId, documentId, title: writer?.title() ?? "" };
    edits.add(about, update, packUpdates);
  }

  const apply = (updates: readonly Uint8Array[]) =>
    doc.transact(() => {
      for (const update of updates) applyUpdate(doc, update, ELSEWHERE);
    }, ELSEWHERE);

  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== ELSEWHERE && writer?.mayEdit()) add(update);
  });

  const arriving = createArrivals(apply);

  /** From this computer: what was committed, and over it what waits. */
  async function restore() {
    if (isRestored) return;
    const isStored = await text.restore();
    isRestored = true;
    apply(text.updates());
    const waiting = edits.ofDocument(documentId);
    apply(waiting.map(({ update }) => update));
    const isRead = isStored || waiting.length > 0 || sync.isPendingCreate(documentId);
    set({ isRead, refusal: refusalOf(waiting) });
  }

  const follow = () =>
    followUpdates(connection.client, {
      documentId,
      ...text.cursor(),
      onUpdates(arrived, seq) {
        const updates = arrived.map(({ update }) => update);
        arriving.add(updates);
        afterReset?.push(...updates);
        text.arrived(arrived, seq);
      },
      onLive(epoch) {
        arriving.flush();
        text.live(epoch);
        giveBack();
        set({ isRead: true, isLive: true, isLost: false });
      },
      onReset() {
        afterReset = [];
        text.startOver();
      },
      onError(error) {
        const reason = error.data?.reason;
        if (isSignedOut(reason)) sync.signedOut();
        else if (reason === "not_found") set({ isLost: true, isLive: false });
      },
    }).unsubscribe;

  /** A restored backup has lost what we still have: it goes back as an edit of ours. */
  function giveBack() {
    if (!afterReset) return;
    const known = encodeStateVectorFromUpdate(mergeUpdates([EMPTY_UPDATE, ...afterReset]));
    afterReset = null;
    const missing = encodeStateAsUpdate(doc, known);
    if (decodeUpdate(missing).structs.length > 0 && writer?.mayEdit()) add(missing);
  }

  return {
    doc,
    awareness,
    state,

    /** Reads and follows it; returns the function that ends that. */
    open(by: Writer): () => void {
      let isClosed = false;
      writer = by;
      const ends = [
        edits.read(documentId, {
          onCommitted: ({ id, update }) => text.commit(id, update),
          onRefused: ({ refusal }) => refusal && set({ refusal }),
          onElsewhere({ update }) {
            apply([update]);
            set({ refusal: refusalOf(edits.ofDocument(documentId)) });
          },
          onDiscarded: () => set({ isDiscarded: true }),
        }),
        onPageLeave(() => text.writeAtOnce()),
      ];
      restore()
        .then(() => sync.untilCreated(documentId))
        .then(() => {
          if (!isClosed) ends.push(follow(), awareness.open());
        });
      return () => {
        isClosed = true;
        arriving.flush();
        for (const end of ends) end();
        text.write();
      };
    },
  };
}

const refusalOf = (waiting: readonly DocumentEdit[]) =>
  waiting.find((edit) => edit.refusal)?.refusal ?? null;

/** So many times as long as the last one took, the next one waits. */
const REST = 4;
const LONGEST_REST_MS = 600;

/**
 * What others write. In a long text each arrival costs the editor a look through all of it, so what
 * comes meanwhile is merged: however much comes, most of the time is left to the typing hand.
 */
function createArrivals(apply: (updates: readonly Uint8Array[]) => void) {
  let waiting: Uint8Array[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restUntil = 0;
  function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const from = performance.now();
    const updates = waiting;
    waiting = [];
    apply(updates);
    const took = performance.now() - from;
    restUntil = performance.now() + Math.min(LONGEST_REST_MS, took * REST);
  }
  return {
    flush,
    add(updates: readonly Uint8Array[]) {
      waiting.push(...updates);
      timer ??= setTimeout(flush, Math.max(0, restUntil - performance.now()));
    },
  };
}

/** No structs, no deletions. */
const EMPTY_UPDATE = new Uint8Array([0, 0]);
