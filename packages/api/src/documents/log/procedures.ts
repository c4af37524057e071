import type { TrackedEnvelope } from "@trpc/server";
import { z } from "zod";
import { loadDocument } from "../../core/access.ts";
import type { ActorContext } from "../../core/context.ts";
import { notFound } from "../../core/errors.ts";
import { id } from "../../core/text.ts";
import { authed, mutation } from "../../core/trpc.ts";
import type { AwarenessEvent, DocumentEvent } from "../../live/protocol.ts";
import { serve } from "../../live/serve.ts";
import { takeCursorMove } from "./cursor-rate.ts";

/** Yjs makes them up: 32 bits. */
const clientId = z.int().min(0).max(0xffff_ffff);
/** A pasted book of 600 KB and more; the 2 MB of it in base64. */
const MAX_UPDATE = (2 * 1024 * 1024 * 4) / 3;

/** A folder has no text. */
async function loadText({ services, actor }: ActorContext, documentId: string) {
  const document = await loadDocument(services.db, actor.user.id, documentId, "viewer");
  if (document.kind !== "document") throw notFound("document");
  return document;
}

/** A document's text, and who has it open. */
export const logProcedures = {
  /**
   * Appends a Yjs update (v1, in base64; several of a client's may be merged into one) to the
   * document's log, and answers once it is committed. The same `id` again is applied once.
   */
  push: mutation
    .input(z.object({ documentId: id, id, update: z.base64().min(1).max(MAX_UPDATE) }))
    .mutation(({ ctx, input: { documentId, id, update } }) => {
      const actorId = ctx.actor.user.id;
      return ctx.services.documentLog.push({ documentId, id, update, actorId });
    }),

  /**
   * The document's text: what is in the log after `lastEventId` (without it: all), then the word
   * `live`, then what is written, as it is written. `reset`: the log knows less than the cursor says
   * (a restored backup), so what comes is all of it, and what only the client has must be pushed.
   */
  onUpdate: authed
    .input(
      z.object({
        documentId: id,
        lastEventId: z.coerce.number<number | string>().int().nonnegative().nullish(),
        /** The epoch that the cursor belongs to, as `live` gave it. */
        epoch: z.uuid().nullish(),
      }),
    )
    .subscription(async function* ({ ctx, input: { documentId, ...from }, signal }) {
      const document = await loadText(ctx, documentId);
      const subscription = await ctx.services.documentLog.subscribe(document, ctx.actor, from);
      yield* serve<TrackedEnvelope<DocumentEvent>>(subscription, { ...ctx, signal });
    }),

  /**
   * Who has the document open, oneself included, and where their selections are. Shows this person
   * there for as long as it is open. Who they are is the server's word.
   */
  onAwareness: authed.input(z.object({ documentId: id, clientId })).subscription(async function* ({
    ctx,
    input: { documentId, clientId },
    signal,
  }) {
    const { documentLog } = ctx.services;
    const document = await loadText(ctx, documentId);
    const subscription = await documentLog.joinAwareness(document, ctx.actor, clientId);
    yield* serve<TrackedEnvelope<AwarenessEvent>>(subscription, { ...ctx, signal });
  }),

  /** Where this person's selection is now, for those who have the document open; nothing is stored. */
  sendAwareness: authed
    .input(z.object({ documentId: id, clientId, cursor: z.string().max(4_000).nullable() }))
    .mutation(async ({ ctx, input: { documentId, clientId, cursor } }) => {
      takeCursorMove(ctx.actor.user.id);
      const { db, documentLog } = ctx.services;
      const { id } = await loadDocument(db, ctx.actor.user.id, documentId, "viewer");
      documentLog.moveCursor(id, ctx.actor, { clientId, cursor });
    }),
};
