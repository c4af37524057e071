/** The procedures of the tree: what stands where, who may see it, and one's own lists of it. */
import { schema } from "@guildhall/db";
import { z } from "zod";
import { loadDocument, loadWorkspace } from "../core/access.ts";
import { id } from "../core/text.ts";
import { authed, mutation } from "../core/trpc.ts";
import {
  removeDocumentGroup,
  removeDocumentMember,
  setDocumentGroup,
  setDocumentMember,
  setVisibility,
} from "./access.ts";
import { archiveDocument, restoreDocument, updateDocument } from "./change-document.ts";
import { createFromTemplate, duplicateDocument } from "./copy-documents.ts";
import { moveDocument } from "./move-document.ts";
import {
  addFavourite,
  listFavourites,
  listVisits,
  removeFavourite,
  visitDocument,
} from "./own-lists.ts";
import { groupsOfDocument, peopleOf } from "./people.ts";
import { deleteDocument, listTrash, purgeDocument, restoreFromTrash } from "./trash.ts";
import { undoDocument } from "./undo-documents.ts";

export const title = z.string().trim().max(500);
export const icon = z.string().min(1).max(16);
const one = z.object({ id });
const inWorkspace = z.object({ workspaceId: id });
const beside = { beforeId: id.optional(), afterId: id.optional() };
/** Below a parent it is the parent's project; with neither it is the workspace itself. */
export const place = { projectId: id.nullish(), parentId: id.nullish(), ...beside };

export const treeProcedures = {
  update: mutation
    .input(
      one.extend({
        patch: z.object({
          title: title.optional(),
          icon: icon.nullish(),
          isTemplate: z.boolean().optional(),
        }),
      }),
    )
    .mutation(({ ctx, input }) => updateDocument(ctx, input)),

  /** With all below it. Directly behind `afterId`, else before `beforeId`, else last. */
  move: mutation.input(one.extend(place)).mutation(({ ctx, input }) => moveDocument(ctx, input)),

  archive: mutation.input(one).mutation(({ ctx, input }) => archiveDocument(ctx, input)),
  /** From the archive; from the bin it is `restoreFromTrash`. */
  restore: mutation.input(one).mutation(({ ctx, input }) => restoreDocument(ctx, input)),

  /** Into the bin, with all below it; after 30 days it is gone. */
  delete: mutation.input(one).mutation(({ ctx, input }) => deleteDocument(ctx, input)),
  restoreFromTrash: mutation.input(one).mutation(({ ctx, input }) => restoreFromTrash(ctx, input)),
  purge: mutation.input(one).mutation(({ ctx, input }) => purgeDocument(ctx, input)),
  trash: authed
    .input(inWorkspace.extend({ limit: z.number().int().min(1).max(500).default(200) }))
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const userId = ctx.actor.user.id;
      await loadWorkspace(db, userId, input.workspaceId, "guest");
      return listTrash(db, { ...input, userId });
    }),

  /**
   * Takes back one's own mutation `of` of this document or folder, without what somebody has changed
   * since; then it is named in `left`. An undo can be undone in the same way.
   */
  undo: mutation
    .input(one.extend({ of: z.uuid() }))
    .mutation(({ ctx, input }) => undoDocument(ctx, input)),

  duplicate: mutation
    .input(one.extend({ copyId: id.optional(), withBelow: z.boolean().default(true) }))
    .mutation(({ ctx, input }) => duplicateDocument(ctx, input)),
  createFromTemplate: mutation
    .input(z.object({ templateId: id, id: id.optional(), title: title.optional() }).extend(place))
    .mutation(({ ctx, input }) => createFromTemplate(ctx, input)),

  setVisibility: mutation
    .input(one.extend({ visibility: z.enum(["inherited", "private"]) }))
    .mutation(({ ctx, input }) => setVisibility(ctx, input)),
  setMember: mutation
    .input(one.extend({ userId: id, role: z.enum(schema.roles) }))
    .mutation(({ ctx, input }) => setDocumentMember(ctx, input)),
  removeMember: mutation
    .input(one.extend({ userId: id }))
    .mutation(({ ctx, input }) => removeDocumentMember(ctx, input)),
  /** Everybody who may see it, and through what. */
  members: authed.input(one).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const document = await loadDocument(db, ctx.actor.user.id, input.id, "viewer");
    return peopleOf(db, ctx.actor.user.id, document);
  }),

  setGroup: mutation
    .input(one.extend({ groupId: id, role: z.enum(schema.roles) }))
    .mutation(({ ctx, input }) => setDocumentGroup(ctx, input)),
  removeGroup: mutation
    .input(one.extend({ groupId: id }))
    .mutation(({ ctx, input }) => removeDocumentGroup(ctx, input)),
  /** Those with a role of their own in it. */
  groups: authed.input(one).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const userId = ctx.actor.user.id;
    return groupsOfDocument(db, userId, await loadDocument(db, userId, input.id, "viewer"));
  }),

  addFavourite: mutation
    .input(one.extend(beside))
    .mutation(({ ctx, input }) => addFavourite(ctx, input)),
  removeFavourite: mutation.input(one).mutation(({ ctx, input }) => removeFavourite(ctx, input)),
  /** Mine, in my order. */
  favourites: authed.input(inWorkspace).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const userId = ctx.actor.user.id;
    await loadWorkspace(db, userId, input.workspaceId, "guest");
    return listFavourites(db, { ...input, userId });
  }),

  visit: mutation.input(one).mutation(({ ctx, input }) => visitDocument(ctx, input)),
  /** What I had open last, the newest first. */
  recent: authed
    .input(inWorkspace.extend({ limit: z.number().int().min(1).max(100).default(20) }))
    .query(async ({ ctx, input: { workspaceId, limit } }) => {
      const { db } = ctx.services;
      const userId = ctx.actor.user.id;
      await loadWorkspace(db, userId, workspaceId, "guest");
      return listVisits(db, { workspaceId, userId }, limit);
    }),
};
