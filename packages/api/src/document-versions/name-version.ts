import { schema, type Tx } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { loadDocument, scopeOf } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import { undoRow } from "../core/feed/undo-row.ts";
import { write } from "../core/write.ts";
import { readVersion } from "./queries.ts";
import { editSessionsSince, storeVersions } from "./store-versions.ts";

const { documentVersions } = schema;

type Named = {
  documentId: string;
  /** Without one: how the document reads now. */
  versionId?: string | null | undefined;
  /** Null takes the name away. */
  name: string | null;
};

/** A version with a name is never thinned out. */
export async function nameVersion(ctx: MutationContext, input: Named) {
  const { documentId, name } = input;
  return write(ctx, null, async (tx, record) => {
    const document = await loadDocument(tx, ctx.actor.user.id, documentId, "editor");
    if (document.kind !== "document") throw notFound("document");
    const id = input.versionId ?? (await keepPresent(tx, documentId));
    const [named] = await tx
      .update(documentVersions)
      .set({ name })
      .where(and(eq(documentVersions.id, id), eq(documentVersions.documentId, documentId)))
      .returning({ id: documentVersions.id });
    if (!named) throw notFound("version");
    const row = await readVersion(tx, id);
    const { workspaceId } = document;
    const op = input.versionId ? "update" : "insert";
    record({ entity: "documentVersion", id, op, row, scopeId: scopeOf(document), workspaceId });
    return row;
  });
}

type Undo = { documentId: string; versionId: string; of: string };

/** `of`: the id of one's own mutation that named it. Of a version the feed tells no more than its names. */
export async function undoVersionName(ctx: MutationContext, { documentId, versionId, of }: Undo) {
  const actorId = ctx.actor.user.id;
  return write(ctx, null, async (tx, record) => {
    const document = await loadDocument(tx, actorId, documentId, "editor");
    const { workspaceId } = document;
    const isIt = and(
      eq(documentVersions.id, versionId),
      eq(documentVersions.documentId, documentId),
    );
    const [held] = await tx.select().from(documentVersions).where(isIt).for("update");
    if (!held) throw notFound("version");
    return undoRow(tx, {
      thing: { entity: "documentVersion", id: versionId, workspaceId },
      by: { mutationId: of, actorId },
      isDeleted: false,
      fields: ["name"],
      untold: { name: null },
      read: () => readVersion(tx, versionId),
      async set(values) {
        await tx.update(documentVersions).set(values).where(isIt);
        const row = await readVersion(tx, versionId);
        const place = { scopeId: scopeOf(document), workspaceId };
        record({ entity: "documentVersion", id: versionId, op: "update", row, ...place });
        return [];
      },
    });
  });
}

/** The version that says what the document says now. */
async function keepPresent(tx: Tx, documentId: string): Promise<string> {
  await storeVersions(tx, documentId);
  const { last } = await editSessionsSince(tx, documentId);
  if (!last) {
    throw refused("nothing_written", "The version wasn't named: this document has no text yet.");
  }
  return last.id;
}
