import { z } from "zod";
import { loadDocument } from "../core/access.ts";
import { id, line } from "../core/text.ts";
import { authed, mutation } from "../core/trpc.ts";
import { nameVersion, undoVersionName } from "./name-version.ts";
import { listVersions, loadVersion } from "./queries.ts";
import { restoreVersion } from "./restore-version.ts";
import { editSessionsSince } from "./store-versions.ts";

/** Part of `documents` in the router. */
export const versionProcedures = {
  /**
   * How the document read at the end of each edit session, newest first, without the texts. `writing`:
   * what was written since, by whom and until when; null when the newest version is the present.
   */
  versions: authed
    .input(
      z.object({
        documentId: id,
        before: z.number().int().positive().nullish(),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      await loadDocument(db, ctx.actor.user.id, input.documentId, "viewer");
      const [page, { sessions }] = await Promise.all([
        listVersions(db, input),
        editSessionsSince(db, input.documentId),
      ]);
      return { ...page, writing: sessions.at(-1) ?? null };
    }),

  /** One with its text: `state` is a whole Yjs update (v1) in base64. */
  version: authed
    .input(z.object({ documentId: id, versionId: id }))
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      await loadDocument(db, ctx.actor.user.id, input.documentId, "viewer");
      const { state, ...row } = await loadVersion(db, input.documentId, input.versionId);
      return { ...row, state: Buffer.from(state).toString("base64") };
    }),

  /** Without `versionId` it names the present. A null takes the name away. */
  nameVersion: mutation
    .input(z.object({ documentId: id, versionId: id.nullish(), name: line(200).nullable() }))
    .mutation(({ ctx, input }) => nameVersion(ctx, input)),

  /** Takes back one's own mutation `of`, unless somebody has renamed it since; then it is named in `left`. */
  undoVersionName: mutation
    .input(z.object({ documentId: id, versionId: id, of: id }))
    .mutation(({ ctx, input }) => undoVersionName(ctx, input)),

  restoreVersion: mutation
    .input(z.object({ documentId: id, versionId: id }))
    .mutation(({ ctx, input }) => restoreVersion(ctx, input)),
};
