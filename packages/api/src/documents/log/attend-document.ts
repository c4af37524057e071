/**
 * Who else has the document open, with their selections. To be there lasts exactly as long as the
 * subscription that says so, as with `presence`.
 */
import { once } from "node:events";
import { loadDocument } from "../../core/access.ts";
import type { ActorContext } from "../../core/context.ts";
import type { CompanyEvent } from "../../core/document-log.ts";
import { notFound } from "../../core/errors.ts";
import { Handover } from "../../core/ready-frames.ts";
import { untilAborted } from "./follow-document.ts";

const NOTHING_YET: CompanyEvent = { seq: 0, isWhole: false, people: [], gone: [] };

export async function* attendDocument(
  ctx: ActorContext,
  input: { documentId: string; clientId: number },
  signal: AbortSignal,
): AsyncGenerator<CompanyEvent | Handover> {
  const { db, documentLog } = ctx.services;
  const document = await loadDocument(db, ctx.actor.user.id, input.documentId, "viewer");
  if (document.kind !== "document") throw notFound("document");
  const attendant = await documentLog.attend(document, ctx.actor, input.clientId);
  try {
    if (!ctx.wire) {
      if (!signal.aborted) yield* untilAborted(attendant.sit(), signal);
      return;
    }
    const { wire } = ctx;
    yield new Handover(0, NOTHING_YET, (request) => attendant.sitAtWire({ wire, request }));
    if (!signal.aborted) await Promise.race([once(signal, "abort"), attendant.ended]);
  } finally {
    attendant.leave();
  }
}
