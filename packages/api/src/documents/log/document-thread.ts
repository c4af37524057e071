/**
 * The thread that decodes documents: whatever is in them, only this thread's memory and time are at
 * stake. The server's bundle has it as a file of its own (apps/server/bundle.mjs).
 */
import type { DocumentLinkTarget } from "@guildhall/document-model";
import * as Y from "yjs";
import { serve } from "../../jobs/worker-side.ts";
import { type Fault, faultOf } from "./check-update.ts";

export type Question =
  | { kind: "check"; update: Uint8Array }
  | { kind: "merge"; updates: Uint8Array[]; wantsText: boolean };

export type Checked = Fault | null;

/** What the background makes of a document: all of it as one update, and what it says. */
export type Merged = { state: Uint8Array; said: Said | null };
export type Said = {
  text: string;
  words: number;
  links: DocumentLinkTarget[];
  /** Person → how often they are named. */
  mentions: Record<string, number>;
};

function check(update: Uint8Array): Checked {
  const fault = faultOf(update);
  if (fault) return fault;
  try {
    // Bytes that are right one by one may still be an hour of work for who puts them together.
    Y.applyUpdate(new Y.Doc(), update);
    return null;
  } catch {
    return "broken";
  }
}

async function merge(updates: Uint8Array[], wantsText: boolean): Promise<Merged> {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  return { state: Y.encodeStateAsUpdate(doc), said: wantsText ? await said(doc) : null };
}

async function said(doc: Y.Doc): Promise<Said> {
  // Not for who only checks: reading these takes longer than most checks.
  const model = await import("@guildhall/document-model");
  const json = model.readDocument(doc);
  const text = model.plainText(json);
  // Postgres takes no NUL.
  return {
    text: text.replaceAll("\0", ""),
    words: model.countWords(text),
    links: model.linksOf(json),
    mentions: model.mentionsOf(json),
  };
}

serve<Question>((question): Checked | Promise<Merged> =>
  question.kind === "check" ? check(question.update) : merge(question.updates, question.wantsText),
);
