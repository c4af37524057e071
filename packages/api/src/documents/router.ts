import { schema } from "@guildhall/db";
import { tracked } from "@trpc/server";
import { z } from "zod";
import { loadDocument, loadWorkspace } from "../core/access.ts";
import type { LogEvent } from "../core/document-log.ts";
import { id } from "../core/text.ts";
import { authed, mutation, router } from "../core/trpc.ts";
import { linkProcedures } from "../document-links/procedures.ts";
import { createDocument } from "./create-document.ts";
import { followDocument } from "./log/follow-document.ts";
import { listDocuments, readDocument, rolesInAreas } from "./queries.ts";
import { icon, place, title, treeProcedures } from "./tree-router.ts";

/** In characters of base64. */
const MAX_UPDATE = 4 * 1024 * 1024;

export const documentsRouter = router({
  ...treeProcedures,

  create: mutation
    .input(
      z.object({
        id: id.optional(),
        workspaceId: id,
        ...place,
        kind: z.enum(schema.documentKinds).default("document"),
        title: title.default(""),
        icon: icon.nullish(),
      }),
    )
    .mutation(({ ctx, input }) => createDocument(ctx, input)),

  /**
   * The tree as far as this person may see it, page by page. `areas`: their role in each document
   * that has access of its own; elsewhere the project's or the workspace's holds.
   */
  list: authed
    .input(
      z.object({
        workspaceId: id,
        cursor: id.nullish(),
        limit: z.number().int().min(1).max(1_000).default(500),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const userId = ctx.actor.user.id;
      const { workspaceId, limit } = input;
      await loadWorkspace(db, userId, workspaceId, "viewer");
      const cursor = input.cursor ?? undefined;
      const page = await listDocuments(db, { userId, workspaceId, cursor, limit });
      return { ...page, areas: await rolesInAreas(db, userId, workspaceId) };
    }),

  get: authed.input(z.object({ id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const { role } = await loadDocument(db, ctx.actor.user.id, input.id, "viewer");
    return { ...(await readDocument(db, input.id)), role };
  }),

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

  ...linkProcedures,
});
