/** From what a Yjs document says to what another one said, as one edit. */
import { updateYFragment } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import { documentSchema } from "./extensions.ts";
import { TEXT_FIELD } from "./names.ts";
import { readDocument } from "./ydoc.ts";

/** The update that makes a document with the one state say what the other says. */
export function turnInto(present: Uint8Array, past: Uint8Array): Uint8Array {
  const then = docOf(past);
  const doc = docOf(present);
  const before = Y.encodeStateVector(doc);
  const node = documentSchema.nodeFromJSON(readDocument(then));
  const fragment = doc.getXmlFragment(TEXT_FIELD);
  doc.transact(() => {
    const meta = { mapping: new Map(), isOMark: new Map() };
    updateYFragment(doc, fragment, node, meta);
  });
  const update = Y.encodeStateAsUpdate(doc, before);
  then.destroy();
  doc.destroy();
  return update;
}

function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}
