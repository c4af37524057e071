import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { MutationContext } from "../core/context.ts";
import { write } from "../core/write.ts";
import { loadFile } from "./load-file.ts";
import { readFile } from "./queries.ts";

const { files } = schema;

/** All three for editors of the place that the file stands in. */
export const renameFile = (ctx: MutationContext, { id, name }: { id: string; name: string }) =>
  write(ctx, null, async (tx, record) => {
    const { scopeId, workspaceId } = await loadFile(tx, ctx.actor.user.id, id, "editor", {
      lock: true,
    });
    await tx.update(files).set({ name }).where(eq(files.id, id));
    const row = await readFile(tx, id);
    record({ entity: "file", id, op: "update", row, scopeId, workspaceId });
    return row;
  });

/** Into the bin, from where it may come back. */
export const deleteFile = (ctx: MutationContext, { id }: { id: string }) =>
  write(ctx, null, async (tx, record) => {
    const userId = ctx.actor.user.id;
    const { scopeId, workspaceId, name } = await loadFile(tx, userId, id, "editor", {
      lock: true,
    });
    await recordAudit(tx, ctx, {
      ...{ action: "file.deleted", workspaceId, subject: { id, name } },
    });
    await tx
      .update(files)
      .set({ deletedAt: new Date(), deletedBy: userId })
      .where(eq(files.id, id));
    record({ entity: "file", id, op: "delete", row: null, scopeId, workspaceId });
    return { id };
  });

export const restoreFile = (ctx: MutationContext, { id }: { id: string }) =>
  write(ctx, null, async (tx, record) => {
    const found = { lock: true, deleted: true };
    const { scopeId, workspaceId, deletedAt } = await loadFile(
      tx,
      ctx.actor.user.id,
      id,
      "editor",
      found,
    );
    if (!deletedAt) return readFile(tx, id);
    await tx.update(files).set({ deletedAt: null, deletedBy: null }).where(eq(files.id, id));
    const row = await readFile(tx, id);
    record({ entity: "file", id, op: "insert", row, scopeId, workspaceId });
    return row;
  });
