/**
 * What people wrote into documents, on its way to the server.
 *
 * Every keystroke is an update of its own. Sending each, or waiting long with one, would be slow or
 * unsafe; so what is written within a moment becomes one edit, and while an edit is on its way what
 * comes behind grows into the next one. An edit is on this computer before it is sent, and never
 * changes under its id: after an unclear answer the same bytes go again. Where edits grow together
 * they get a new id; only the window that wrote them lets them grow, and only until they are sent.
 *
 * The outbox sends rows in order, one after the other; texts merge in any order, so that an edit that
 * is refused holds up nothing but its own document.
 */
import { createObservable } from "@/lib/observable.ts";
import { createSendLoop } from "@/sync/outbox/send-loop.ts";
import { defineQueue, type QueueNeeds, type WaitingEntry } from "@/sync/queues.ts";
import type { Refusal } from "@/sync/server/refusal.ts";
import { accountKey } from "@/sync/storage/account.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { createEditList, type DocumentEdit } from "./edit-store.ts";
import { addToText, dropText, forgetTexts, readText } from "./text-store.ts";
import { pushUpdate } from "./transport.ts";

export type { DocumentEdit } from "./edit-store.ts";

/** How long a keystroke waits for the next one. */
const GATHER_MS = 40;
/** How long all must be saved until it is said. */
const CALM_MS = 350;
/** Edits that have grown beyond it are left as they are. */
const GROWN_BYTES = 64 * 1024;

/** The open page of a document: it takes what was committed into the text that is stored here. */
type Reader = {
  onCommitted: (edit: DocumentEdit) => Promise<void>;
  onRefused: (edit: DocumentEdit) => void;
  /** Written, or tried again, in another window. */
  onElsewhere: (edit: DocumentEdit) => void;
  /** Discarded in another window. */
  onDiscarded: () => void;
};

type About = { workspaceId: string; documentId: string; title: string };
/** Of cut-update.ts; whoever writes has Yjs, and a page that only sends need not load it. */
type Pack = (updates: Uint8Array[]) => Uint8Array[];
type Gathered = { about: About; updates: Uint8Array[]; pack: Pack };

/** A text is one thing that waits, in however many pieces it is sent; its id is the document's. */
type WaitingText = WaitingEntry & { refusal: Refusal | undefined };

/** What was written into documents' texts and is not committed yet. */
export const documentEdits = defineQueue({ open: createDocumentEdits, forget: forgetTexts });

function createDocumentEdits({ connection, channel, isPendingCreate, onSignedOut }: QueueNeeds) {
  const { userId } = channel.account;
  const account = accountKey(channel.account);
  const texts = createObservable<readonly WaitingText[]>([]);
  const readers = new Map<string, Set<Reader>>();
  const readersOf = (documentId: string) => [...(readers.get(documentId) ?? [])];
  /** Written in this window, and never sent: they may grow. */
  const growing = new Set<string>();
  const gathering = new Map<string, Gathered>();
  let gatherTimer: ReturnType<typeof setTimeout> | undefined;

  const list = createEditList({
    channel,
    onPut(edit, from, before) {
      if (from === "elsewhere") {
        for (const reader of readersOf(edit.documentId)) reader.onElsewhere(edit);
      }
      if (edit.refusal && !before?.refusal && from !== "store") {
        for (const reader of readersOf(edit.documentId)) reader.onRefused(edit);
        tellRefused(edit);
      }
      if (from !== "here") loop.pump();
    },
    onRemoved(edit, outcome, from) {
      growing.delete(edit.id);
      // The window that sent or discarded it sees to its own pages.
      if (from === "here") return;
      for (const reader of readersOf(edit.documentId)) {
        if (outcome === "committed") reader.onCommitted(edit).catch(() => undefined);
        else if (outcome === "discarded") reader.onDiscarded();
      }
    },
  });
  const edits = list.items;
  const ofDocument = (id: string) => edits.get().filter(({ documentId }) => documentId === id);

  /** The text as this person has it, with all that waits. */
  async function textOf(documentId: string): Promise<string> {
    const { writtenText } = await import("./written-text.ts");
    const stored = await readText(account, documentId);
    const waiting = ofDocument(documentId).map(({ update }) => update);
    return writtenText([...(stored?.updates ?? []), ...waiting]);
  }

  let calmAt: ReturnType<typeof setTimeout> | undefined;
  edits.watch(() => {
    clearTimeout(calmAt);
    const next = asTexts(edits.get(), textOf);
    const settle = () => texts.set(isSameTexts(texts.get(), next) ? texts.get() : next);
    // Between two keys there is often a moment in which all is saved. To say so each time would be
    // unrest, and each saying draws, which a browser makes dear while the cursor is in a long text.
    if (next.length < texts.get().length) calmAt = setTimeout(settle, CALM_MS);
    else settle();
  });

  /** What was gathered becomes an edit, or a part of the last one that was not sent yet. */
  function seal() {
    clearTimeout(gatherTimer);
    gatherTimer = undefined;
    for (const gathered of gathering.values()) sealOne(gathered);
    gathering.clear();
  }

  function sealAndSend() {
    seal();
    loop.tryNow();
  }

  function sealOne({ about, updates, pack }: Gathered) {
    const last = ofDocument(about.documentId).findLast(({ id }) => growing.has(id));
    const bytes = updates.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const isGrowing = last && last.update.byteLength + bytes < GROWN_BYTES;
    const packed = pack(isGrowing ? [last.update, ...updates] : updates);
    // Together they would be more than one: then the last one stays as it is.
    const grows = isGrowing && packed.length === 1;
    if (last) growing.delete(last.id);
    // Each stands on those before it, and is sent behind them.
    for (const update of isGrowing && !grows ? pack(updates) : packed) {
      const id = list.nextId();
      growing.add(id);
      void list.put({ ...about, id, userId, update }, grows ? last.id : undefined);
    }
  }

  const isRefusedIn = (id: string) => ofDocument(id).some((edit) => edit.refusal);
  /** Behind a refused edit of the same document nothing is sent: it would be refused too. */
  const due = () =>
    edits
      .get()
      .filter((e) => !e.refusal && !isRefusedIn(e.documentId) && !isPendingCreate(e.documentId));

  const loop = createSendLoop<DocumentEdit>({
    connection,
    channel,
    topic: "text-sender",
    prepare: list.reload,
    due,
    untilStored(edit) {
      growing.delete(edit.id);
      channel.post("text-sent", edit.id);
      return list.untilStored(edit);
    },
    async send(edit) {
      await pushUpdate(connection.client, edit);
      const open = readersOf(edit.documentId);
      // It leaves the edit store only when it is in the text that is stored here.
      const written =
        open.length > 0
          ? Promise.all(open.map((reader) => reader.onCommitted(edit)))
          : addToText(account, edit.documentId, edit.update);
      void list.remove(edit.id, "committed", written);
      // What was typed meanwhile goes with the next one.
      seal();
    },
    refuse: (edit, refusal) => list.put({ ...edit, refusal }),
    onSignedOut,
  });
  // Sent, perhaps without an answer: what comes behind it is another edit.
  channel.listen<string>("text-sent", (id) => growing.delete(id));

  window.addEventListener("pagehide", seal, { capture: true });
  document.addEventListener("visibilitychange", seal);

  return {
    /** What waits, also what was typed a moment ago and is not an edit yet. */
    edits,
    /** The same by document, and calmer: for those who show it. */
    waiting: texts,
    reachable: loop.reachable,
    isAtRisk: list.isAtRisk,
    ofDocument,

    /** What an earlier visit, or another window, left behind; it may have reached the server. */
    resume: list.reload,

    /** Something that stopped an edit from going may stop it no longer. */
    pump: loop.pump,

    /** One update as the editor made it. */
    add(about: About, update: Uint8Array, pack: Pack) {
      const gathered = gathering.get(about.documentId) ?? { about, updates: [], pack };
      gathered.updates.push(update);
      gathering.set(about.documentId, gathered);
      // From the first keystroke on it is not saved, and the indicator must not say so.
      if (!ofDocument(about.documentId).some(({ id }) => growing.has(id))) sealAndSend();
      else gatherTimer ??= setTimeout(sealAndSend, GATHER_MS);
    },

    /** Called with the open page of a document; returns the function that ends it. */
    read(documentId: string, reader: Reader): () => void {
      const open = readers.get(documentId) ?? new Set();
      readers.set(documentId, open.add(reader));
      return () => void open.delete(reader);
    },

    /** What was refused of this document's text is sent once more, in pieces that are taken. */
    async retry(documentId: string) {
      const { cutUpdate } = await import("./cut-update.ts");
      for (const { refusal, ...again } of ofDocument(documentId)) {
        if (!refusal) continue;
        const [first = again.update, ...more] = cutUpdate(again.update);
        if (more.length === 0) {
          await list.put(again);
          continue;
        }
        for (const update of [first, ...more])
          await list.put({ ...again, id: list.nextId(), update });
        await list.remove(again.id, "cut");
      }
      loop.tryNow();
    },

    /** All that waits for this document: one edit stands on the other. */
    async discard(documentId: string) {
      gathering.delete(documentId);
      for (const { id } of ofDocument(documentId)) await list.remove(id, "discarded");
      await dropText(account, documentId);
    },

    stop() {
      seal();
      clearTimeout(calmAt);
      list.stop();
      loop.stop();
      window.removeEventListener("pagehide", seal, { capture: true });
      document.removeEventListener("visibilitychange", seal);
    },
  };
}

function asTexts(
  edits: readonly DocumentEdit[],
  textOf: (documentId: string) => Promise<string>,
): WaitingText[] {
  return [...Map.groupBy(edits, (edit) => edit.documentId)].map(([id, of]) => {
    const refused = of.find((edit) => edit.refusal);
    const title = (refused ?? of[0])?.title || "Untitled";
    return { id, label: `Write in “${title}”`, refusal: refused?.refusal, text: () => textOf(id) };
  });
}

const isSameTexts = (a: readonly WaitingText[], b: readonly WaitingText[]) =>
  a.length === b.length &&
  a.every(({ id, refusal }, i) => id === b[i]?.id && refusal === b[i]?.refusal);

function tellRefused({ title, refusal }: DocumentEdit) {
  notify({
    title: `“${title || "Untitled"}”: your changes weren't saved`,
    description: `${refusal?.message ?? ""} They're kept on this computer: open the document to copy them, or the save indicator to try again.`,
    tone: "failed",
  });
}
