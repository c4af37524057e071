import { z } from "zod";
import { ADDRESS_SECONDS } from "../core/file-store.ts";
import { id } from "../core/text.ts";
import { authed, mutation, mutationIdInput, router } from "../core/trpc.ts";
import { deleteFile, renameFile, restoreFile } from "./change-file.ts";
import { fileKinds } from "./file-kind.ts";
import { fileName } from "./file-name.ts";
import { loadFile, loadFilePlace } from "./load-file.ts";
import { fileOrders, listFiles, readFile } from "./queries.ts";
import { signedQuery } from "./store/signed-address.ts";
import { placeInput, targetInput } from "./upload/receive-file.ts";
import {
  abandonUpload,
  addressOfPart,
  beginUpload,
  finishUpload,
} from "./upload/upload-in-parts.ts";
import { addressOfWhole, MAX_WHOLE_BYTES } from "./upload/upload-whole.ts";
import { listVersions, restoreVersion } from "./versions.ts";

const one = z.object({ id });
/** In hex. */
const sumOfBytes = z.string().regex(/^[0-9a-f]{64}$/);
const page = z.object({
  /** What is in the bin, instead of what is there. */
  deleted: z.boolean().default(false),
  kind: z.enum(fileKinds).optional(),
  /** Somewhere in the name, in any case. */
  named: z.string().trim().max(255).optional(),
  order: z.enum(fileOrders).default("newest"),
  cursor: id.nullish(),
  limit: z.number().int().min(1).max(500).default(200),
});

/** All but the bytes, which come and go over plain HTTP: see over-http.ts. */
export const filesRouter = router({
  /** Of a project: with those of its tasks and documents. */
  list: authed.input(z.intersection(placeInput, page)).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const userId = ctx.actor.user.id;
    await loadFilePlace(db, userId, input, "viewer");
    return listFiles(db, { ...input, userId, place: input, cursor: input.cursor ?? undefined });
  }),

  get: authed.input(one).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const { role, sha256 } = await loadFile(db, ctx.actor.user.id, input.id, "viewer");
    return { ...(await readFile(db, input.id)), role, sha256 };
  }),

  /** An address that needs no cookie and no token, for this person and five minutes. */
  url: authed.input(one).query(async ({ ctx, input }) => {
    const { db, config } = ctx.services;
    const userId = ctx.actor.user.id;
    const { id: fileId, name } = await loadFile(db, userId, input.id, "viewer");
    const query = signedQuery(config.jwtSecret, { fileId, userId });
    return {
      path: `/files/${fileId}/${encodeURIComponent(name)}?${query}`,
      seconds: ADDRESS_SECONDS,
    };
  }),

  /**
   * For files over some megabytes: says how long the parts are to be and which are here already. Send
   * each with PUT /files/<id>/parts/<n>, then `finish`. All of it may be repeated.
   */
  begin: mutation
    .input(
      z.intersection(
        targetInput,
        mutationIdInput.extend({ id, name: fileName, size: z.number().int().min(1) }),
      ),
    )
    .mutation(({ ctx, input: { id: fileId, name, size, ...place } }) =>
      beginUpload(ctx, { id: fileId, name, size, place }),
    ),
  /**
   * Where the store itself takes this part, by PUT with these headers, for five minutes; null: send it
   * here. No other bytes than those of this sum are taken.
   */
  partAddress: mutation
    .input(one.extend({ n: z.number().int().min(1), sha256: sumOfBytes }))
    .mutation(({ ctx, input }) => addressOfPart(ctx, input)),
  /**
   * Where the store itself takes a file of at most 16 MB in one piece, by PUT with these headers, for five
   * minutes, then `finish`; null: send it to PUT /files/<id>. No other bytes than those of this sum are taken.
   */
  address: mutation
    .input(
      z.intersection(
        targetInput,
        mutationIdInput.extend({
          ...{ id, name: fileName, sha256: sumOfBytes },
          size: z.number().int().min(1).max(MAX_WHOLE_BYTES),
        }),
      ),
    )
    .mutation(({ ctx, input: { id: fileId, name, size, sha256, ...place } }) =>
      addressOfWhole(ctx, { id: fileId, name, size, sha256, place }),
    ),
  finish: mutation.input(one).mutation(({ ctx, input }) => finishUpload(ctx, input.id)),
  /** Calls it off; what was sent is let go. */
  abandon: mutation.input(one).mutation(({ ctx, input }) => abandonUpload(ctx, input.id)),

  rename: mutation
    .input(one.extend({ name: fileName }))
    .mutation(({ ctx, input }) => renameFile(ctx, input)),
  delete: mutation.input(one).mutation(({ ctx, input }) => deleteFile(ctx, input)),
  restore: mutation.input(one).mutation(({ ctx, input }) => restoreFile(ctx, input)),

  /**
   * What the file was before, newest first; its bytes are at GET /files/<id>?version=<n>. A new one is
   * uploaded as a file is, with `replaces` (the file's id) in the place of a place.
   */
  versions: authed.input(one).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    await loadFile(db, ctx.actor.user.id, input.id, "viewer");
    return listVersions(db, input.id);
  }),
  restoreVersion: mutation
    .input(one.extend({ n: z.number().int().min(1) }))
    .mutation(({ ctx, input }) => restoreVersion(ctx, input)),
});
