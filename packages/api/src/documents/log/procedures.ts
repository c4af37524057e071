import { tracked } from "@trpc/server";
import { z } from "zod";
import { loadDocument } from "../../core/access.ts";
import type { CompanyEvent, LogEvent } from "../../core/document-log.ts";
import { id } from "../../core/text.ts";
import { authed, mutation } from "../../core/trpc.ts";
import { attendDocument } from "./attend-document.ts";
import { followDocument } from "./follow-document.ts";
import { takePoint } from "./point-rate.ts";

/** Yjs makes them up: 32 bits. */
const clientId = z.int().min(0).max(0xffff_ffff);
/** A pasted book of 600 KB and more; the 2 MB of it in base64. */
const MAX_UPDATE = (2 * 1024 * 1024 * 4) / 3;

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
        lastEventId: z.coerce.number().int().nonnegative().nullish(),
        /** The epoch that the cursor belongs to, as `live` gave it. */
        epoch: z.uuid().nullish(),
      }),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      const until = signal ?? new AbortController().signal;
      for await (const event of followDocument(ctx, input, until)) {
        // A Handover never reaches a client: its encoder puts the event in its place.
        yield tracked(String(event.seq), event as LogEvent);
      }
    }),

  /**
   * Who has the document open, oneself included, and where their selections are. Shows this person
   * there for as long as it is open. Who they are is the server's word.
   */
  onAwareness: authed.input(z.object({ documentId: id, clientId })).subscription(async function* ({
    ctx,
    input,
    signal,
  }) {
    const until = signal ?? new AbortController().signal;
    for await (const event of attendDocument(ctx, input, until)) {
      yield tracked("0", event as CompanyEvent);
    }
  }),

  /** Where this person's selection is now, for those who have the document open; nothing is kept. */
  sendAwareness: authed
    .input(z.object({ documentId: id, clientId, cursor: z.string().max(4_000).nullable() }))
    .mutation(async ({ ctx, input: { documentId, clientId, cursor } }) => {
      takePoint(ctx.actor.user.id);
      const { db, documentLog } = ctx.services;
      const { id } = await loadDocument(db, ctx.actor.user.id, documentId, "viewer");
      documentLog.point(id, ctx.actor, { clientId, cursor });
    }),
};
