import { uuidv7 } from "uuidv7";
import { loadDocument } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
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
  const { turnInto } = await import("@guildhall/document-model");
  const update = Buffer.from(turnInto(state, version.state)).toString("base64");
  return documentLog.push({ documentId, id: ctx.mutationId ?? uuidv7(), update, actorId });
}
