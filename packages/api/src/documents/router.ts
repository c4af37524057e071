import { schema } from "@guildhall/db";
import { starterKeys } from "@guildhall/document-model/starters";
import { z } from "zod";
import { loadDocument, loadWorkspace } from "../core/access.ts";
import { id } from "../core/text.ts";
import { authed, mutation } from "../core/trpc.ts";
import { unreadTexts } from "./background/unread-texts.ts";
import { createDocument } from "./create-document.ts";
import { logProcedures } from "./log/procedures.ts";
import { listDocuments, readDocument, rolesInScopes } from "./queries.ts";
import { icon, place, title, treeProcedures } from "./tree-router.ts";

/** Of a document itself; its links and versions are features of their own (`router.ts`). */
export const documentProcedures = {
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
        /** Begins with the text of one of the templates that are always there. */
        starter: z.enum(starterKeys).optional(),
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
      await loadWorkspace(db, userId, workspaceId, "guest");
      const cursor = input.cursor ?? undefined;
      const page = await listDocuments(db, { userId, workspaceId, cursor, limit });
      return { ...page, areas: await rolesInScopes(db, userId, workspaceId) };
    }),

  /** Texts that the search does not know yet, and those that cannot be read. */
  unread: authed.input(z.object({ workspaceId: id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    await loadWorkspace(db, ctx.actor.user.id, input.workspaceId, "guest");
    return await unreadTexts(db, ctx.actor.user.id, input.workspaceId);
  }),

  get: authed.input(z.object({ id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const { role } = await loadDocument(db, ctx.actor.user.id, input.id, "viewer");
    return { ...(await readDocument(db, input.id)), role };
  }),

  ...logProcedures,
};
