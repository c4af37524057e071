import { schema } from "@guildhall/db";
import { z } from "zod";
import { loadDocument, loadWorkspace } from "../core/access.ts";
import { id } from "../core/text.ts";
import { authed, mutation, router } from "../core/trpc.ts";
import { createDocument } from "./create-document.ts";
import { listDocuments, readDocument, rolesInAreas } from "./queries.ts";

const title = z.string().trim().max(500);
const icon = z.string().min(1).max(16);

export const documentsRouter = router({
  create: mutation
    .input(
      z.object({
        id: id.optional(),
        workspaceId: id,
        /** Below a parent it is the parent's. */
        projectId: id.nullish(),
        parentId: id.nullish(),
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
});
