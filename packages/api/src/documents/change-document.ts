import { schema, type Tx } from "@guildhall/db";
import { eq, sql } from "drizzle-orm";
import { loadDocument } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { isEmptyPatch } from "../core/patch.ts";
import { write } from "../core/write.ts";
import { readDocument } from "./queries.ts";

const { documents } = schema;

export type Values = Partial<typeof documents.$inferInsert>;

/** Changes a document where it stands. */
async function changeDocument(ctx: MutationContext, id: string, values: Values) {
  return write(ctx, null, async (tx, record) => {
    await loadDocument(tx, ctx.actor.user.id, id, "editor", { lock: true });
    await setOnDocument(tx, record, id, values);
    return readDocument(tx, id);
  });
}

/** For who holds its row. */
export async function setOnDocument(tx: Tx, record: RecordChange, id: string, values: Values) {
  await tx
    .update(documents)
    .set({ ...values, version: sql`${documents.version} + 1` })
    .where(eq(documents.id, id));
  const row = await readDocument(tx, id);
  const { workspaceId } = row;
  record({
    entity: "document",
    id,
    op: "update",
    row,
    scopeId: row.areaId ?? row.projectId,
    workspaceId,
  });
}

type DocumentPatch = Partial<Pick<Values, "title" | "icon" | "isTemplate">>;

/** Renames it, gives it an icon, or lets others begin with a copy of it. */
export function updateDocument(ctx: MutationContext, input: { id: string; patch: DocumentPatch }) {
  const edited = { updatedAt: new Date(), updatedBy: ctx.actor.user.id };
  return changeDocument(ctx, input.id, {
    ...input.patch,
    ...(!isEmptyPatch(input.patch) && edited),
  });
}

/** Out of the tree, with what is below it, still found; what is below keeps no mark of its own. */
export const archiveDocument = (ctx: MutationContext, { id }: { id: string }) =>
  changeDocument(ctx, id, { archivedAt: new Date(), archivedBy: ctx.actor.user.id });

export const restoreDocument = (ctx: MutationContext, { id }: { id: string }) =>
  changeDocument(ctx, id, { archivedAt: null, archivedBy: null });
