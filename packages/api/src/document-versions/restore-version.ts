import { updateYFragment } from "@tiptap/y-tiptap";
import { uuidv7 } from "uuidv7";
import * as Y from "yjs";
import { loadDocument } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { documentSchema, readDocument, TEXT_FIELD } from "../documents/model/index.ts";
import { loadVersion } from "./queries.ts";
import { readState } from "./states.ts";

type Restored = { documentId: string; versionId: string };

/**
 * Makes the document say what it said then, as an edit like any other: what was written since stays
 * in the history, and what is the same keeps its place (and the comments on it). Pages do this in
 * their editor, where it can be undone; this is for tools.
 */
export async function restoreVersion(ctx: MutationContext, { documentId, versionId }: Restored) {
  const { db, documentLog } = ctx.services;
  const actorId = ctx.actor.user.id;
  const document = await loadDocument(db, actorId, documentId, "editor");
  const version = await loadVersion(db, documentId, versionId);
  const { state } = await readState(db, documentId, document.updateSeq);
  const update = Buffer.from(turnInto(state, version.state)).toString("base64");
  return documentLog.push({ documentId, id: ctx.mutationId ?? uuidv7(), update, actorId });
}

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
