/** What updates of a text say, without an editor. */
import { plainText, readDocument } from "@guildhall/document-model";
import { applyUpdate, Doc } from "yjs";

export function writtenText(updates: readonly Uint8Array[]): string {
  const doc = new Doc();
  doc.transact(() => {
    for (const update of updates) applyUpdate(doc, update);
  });
  return plainText(readDocument(doc));
}
