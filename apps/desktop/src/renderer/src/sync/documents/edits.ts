/**
 * What people wrote into documents, on its way to the server.
 *
 * Every keystroke is an update of its own. Sending each, or holding one back for long, would be slow
 * or unsafe; so what is written within a moment becomes one edit, and while an edit is on its way
 * what comes behind grows into the next one. An edit is on this computer before it is sent, and never
 * changes under its id: after an unclear answer the same bytes go again, and another tab that finds
 * it may send it too. Where edits grow together they get a new id.
 *
 * The outbox sends rows in order, one after the other; texts merge in any order, so that an edit that
 * is refused holds up nothing but its own document.
 */
import { uuidv7 } from "uuidv7";
import type { Connection } from "../connection.ts";
import { isRefusal } from "../query-client.ts";
import { createValue } from "../value.ts";
import {
  type DocumentEdit,
  dropEdit,
  keepEdit,
  leaveEdits,
  readEdits,
  replaceEdit,
} from "./edit-store.ts";
import { addToText, dropText, readText } from "./text-store.ts";
import { pushUpdate } from "./transport.ts";

export type { DocumentEdit } from "./edit-store.ts";

/** How long a keystroke waits for the next one. */
const GATHER_MS = 40;
/** How long all must be saved until it is said. */
const CALM_MS = 350;
/** Edits that have grown beyond it are left as they are. */
const GROWN_BYTES = 64 * 1024;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/** The open page of a document: it takes what was committed into the text that is kept here. */
export type Reader = {
  onCommitted: (edit: DocumentEdit) => Promise<void>;
  onRefused: (edit: DocumentEdit) => void;
};

type About = { workspaceId: string; documentId: string; title: string };
/** Of cut-update.ts; whoever writes has Yjs, and a page that only sends need not load it. */
type Pack = (updates: Uint8Array[]) => Uint8Array[];
type Gathered = { about: About; updates: Uint8Array[]; pack: Pack };

/** What waits, as a person counts it: a text is one thing, in however many pieces it is sent. */
export type WaitingText = {
  documentId: string;
  title: string;
  refusal: { reason: string; message: string } | undefined;
};

type Options = {
  connection: Connection;
  userId: string;
  /** The server does not know the document yet: its making still waits in the outbox. */
  isUnmade: (documentId: string) => boolean;
  onRefused: (edit: DocumentEdit) => void;
  onSignedOut: () => void;
};

export type DocumentEdits = ReturnType<typeof createDocumentEdits>;

export function createDocumentEdits(options: Options) {
  const { connection, userId, isUnmade, onRefused, onSignedOut } = options;
  const edits = createValue<readonly DocumentEdit[]>([]);
  const texts = createValue<readonly WaitingText[]>([]);
  const reachable = createValue(navigator.onLine);
  const readers = new Map<string, Set<Reader>>();
  /** Sent at least once, or found here: perhaps the server, or another tab, has them already. */
  const fixed = new Set<string>();
  const gathering = new Map<string, Gathered>();
  let gatherTimer: ReturnType<typeof setTimeout> | undefined;
  let retryAt: ReturnType<typeof setTimeout> | undefined;
  let sending = false;
  let stopped = false;
  let failures = 0;

  /** Committed, and about to leave the edit store. */
  const settling = new Set<string>();

  let calmAt: ReturnType<typeof setTimeout> | undefined;
  edits.watch(() => {
    clearTimeout(calmAt);
    const next = asTexts(edits.get());
    const settle = () => texts.set(isSameTexts(texts.get(), next) ? texts.get() : next);
    // Between two keys there is often a moment in which all is saved. To say so each time would be
    // unrest, and each saying draws, which a browser makes dear while the cursor is in a long text.
    if (next.length < texts.get().length) calmAt = setTimeout(settle, CALM_MS);
    else settle();
  });

  const readersOf = (documentId: string) => [...(readers.get(documentId) ?? [])];
  const replace = (old: string, next: DocumentEdit) =>
    edits.set(edits.get().map((edit) => (edit.id === old ? next : edit)));
  const forget = async (id: string) => {
    fixed.delete(id);
    edits.set(edits.get().filter((edit) => edit.id !== id));
    await dropEdit(id);
  };

  /** What was gathered becomes an edit, or a part of the last one that was not sent yet. */
  function seal() {
    clearTimeout(gatherTimer);
    gatherTimer = undefined;
    for (const gathered of gathering.values()) sealOne(gathered);
    gathering.clear();
  }

  function sealAndSend() {
    seal();
    pump();
  }

  function sealOne({ about, updates, pack }: Gathered) {
    const last = edits.get().findLast(({ documentId }) => documentId === about.documentId);
    const bytes = updates.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const isGrowing =
      last && !last.refusal && !fixed.has(last.id) && last.update.byteLength + bytes < GROWN_BYTES;
    const [first, ...more] = pack(isGrowing ? [last.update, ...updates] : updates);
    const made = (update: Uint8Array) => ({ ...about, id: uuidv7(), userId, update });
    if (isGrowing && first && more.length === 0) {
      const grown = made(first);
      replace(last.id, grown);
      replaceEdit(last.id, grown).catch(reportFull);
      return;
    }
    // Each stands on those before it, and is sent behind them.
    const pieces = (isGrowing ? pack(updates) : first ? [first, ...more] : []).map(made);
    edits.set([...edits.get(), ...pieces]);
    for (const piece of pieces) keepEdit(piece).catch(reportFull);
  }

  const isRefusedIn = (id: string) =>
    edits.get().some((edit) => edit.documentId === id && edit.refusal);
  /** Behind a refused edit of the same document nothing is sent: it would be refused too. */
  const firstWaiting = () =>
    edits.get().find((e) => !e.refusal && !isRefusedIn(e.documentId) && !isUnmade(e.documentId));

  async function pump() {
    if (sending || stopped) return;
    sending = true;
    clearTimeout(retryAt);
    try {
      for (let next = firstWaiting(); next && !stopped; next = firstWaiting()) {
        if (!(await attempt(next))) break;
        // What was typed meanwhile goes with the next one.
        seal();
      }
    } finally {
      sending = false;
    }
  }

  async function attempt(edit: DocumentEdit): Promise<boolean> {
    fixed.add(edit.id);
    try {
      await keepEdit(edit).catch(reportFull);
      // Ended meanwhile, it would go out in the name of whoever is signed in next.
      if (stopped) return false;
      await pushUpdate(connection.client, edit);
      committed(edit);
    } catch (error) {
      if (!isRefusal(error)) return retryLater();
      const reason = error.data?.reason ?? "unknown";
      if (reason === "signed_out") {
        onSignedOut();
        return false;
      }
      await refused({ ...edit, refusal: { reason, message: error.message } });
    }
    failures = 0;
    reachable.set(true);
    return true;
  }

  function committed(edit: DocumentEdit) {
    const open = readersOf(edit.documentId);
    fixed.delete(edit.id);
    settling.add(edit.id);
    edits.set(edits.get().filter(({ id }) => id !== edit.id));
    // It leaves the edit store only when it is in the text that is kept here.
    const written =
      open.length > 0
        ? Promise.all(open.map((reader) => reader.onCommitted(edit)))
        : addToText(userId, edit.documentId, edit.update);
    written
      .then(() => dropEdit(edit.id))
      .catch(reportFull)
      .finally(() => settling.delete(edit.id));
  }

  async function refused(edit: DocumentEdit) {
    replace(edit.id, edit);
    await keepEdit(edit).catch(reportFull);
    for (const reader of readersOf(edit.documentId)) reader.onRefused(edit);
    onRefused(edit);
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
  /** A tab that is closed by now may have left something here too. */
  async function adopt() {
    const kept = await readEdits(userId);
    const known = new Set(edits.get().map(({ id }) => id));
    const found = kept.filter(({ id }) => !known.has(id) && !settling.has(id));
    for (const { id } of found) fixed.add(id);
    if (found.length > 0) edits.set([...found, ...edits.get()]);
    tryNow();
  }

  const cameOnline = () => {
    reachable.set(true);
    adopt();
  };
  const wentOffline = () => reachable.set(false);
  const leave = () => {
    seal();
    leaveEdits();
  };
  const stopWatching = connection.socket.watch(() => {
    if (connection.socket.get() === "open") cameOnline();
  });
  window.addEventListener("online", cameOnline);
  window.addEventListener("offline", wentOffline);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", seal);

  return {
    /** What waits, also what was typed a moment ago and is not an edit yet. */
    edits,
    /** The same by document, and calmer: for those who show it. */
    texts,
    reachable,
    ofDocument: (documentId: string) => edits.get().filter((e) => e.documentId === documentId),

    /** What an earlier visit left behind; it may have reached the server then. */
    resume: adopt,

    /** Something that held an edit back may hold it no longer. */
    pump,

    /** One update as the editor made it. */
    add(about: About, update: Uint8Array, pack: Pack) {
      const gathered = gathering.get(about.documentId) ?? { about, updates: [], pack };
      gathered.updates.push(update);
      gathering.set(about.documentId, gathered);
      const last = edits.get().findLast((e) => e.documentId === about.documentId);
      // From the first keystroke on it is not saved, and the indicator must not say so.
      if (!last || last.refusal || fixed.has(last.id)) sealAndSend();
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
      for (const { refusal, ...again } of edits.get()) {
        if (again.documentId !== documentId || !refusal) continue;
        const [first = again.update, ...more] = cutUpdate(again.update);
        if (more.length === 0) {
          replace(again.id, again);
          await keepEdit(again);
          continue;
        }
        const pieces = [first, ...more].map((update) => ({ ...again, id: uuidv7(), update }));
        for (const piece of pieces) await keepEdit(piece);
        edits.set(edits.get().flatMap((edit) => (edit.id === again.id ? pieces : [edit])));
        await dropEdit(again.id);
      }
      tryNow();
    },

    /** The text as this person has it, with all that waits: to be taken elsewhere. */
    async textOf(documentId: string): Promise<string> {
      const { writtenText } = await import("./written-text.ts");
      const kept = await readText(userId, documentId);
      const waiting = edits.get().filter((edit) => edit.documentId === documentId);
      return writtenText([...(kept?.updates ?? []), ...waiting.map(({ update }) => update)]);
    },

    /** All that waits for this document: one edit stands on the other. */
    async discard(documentId: string) {
      gathering.delete(documentId);
      for (const { id } of edits.get().filter((e) => e.documentId === documentId)) await forget(id);
      await dropText(userId, documentId);
    },

    stop() {
      stopped = true;
      seal();
      clearTimeout(retryAt);
      clearTimeout(calmAt);
      stopWatching();
      window.removeEventListener("online", cameOnline);
      window.removeEventListener("offline", wentOffline);
      window.removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", seal);
    },
  };
}

function asTexts(edits: readonly DocumentEdit[]): WaitingText[] {
  return [...Map.groupBy(edits, (edit) => edit.documentId)].map(([documentId, of]) => {
    const refused = of.find((edit) => edit.refusal);
    return { documentId, title: (refused ?? of[0])?.title ?? "", refusal: refused?.refusal };
  });
}

const isSameTexts = (a: readonly WaitingText[], b: readonly WaitingText[]) =>
  a.length === b.length &&
  a.every(({ documentId, refusal }, i) => {
    return documentId === b[i]?.documentId && refusal === b[i]?.refusal;
  });

/** A full disk: the edit is still shown and sent, but would not outlive this page. */
function reportFull(error: unknown) {
  console.warn("An edit couldn't be stored on this computer.", error);
}
