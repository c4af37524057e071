import { schema, sqlState } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { ActorContext, MutationContext } from "../core/context.ts";
import { idTaken, notFound } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { loadPlace } from "../documents/place.ts";
import { hasFiles } from "../imports/load-files.ts";
import { loadDocumentImport, underWay } from "./queries.ts";

const { documentImports } = schema;

export type NewDocumentImport = {
  id?: string | undefined;
  workspaceId: string;
  projectId?: string | null | undefined;
  parentId?: string | null | undefined;
  fileId: string;
};

/** Notes that this upload is to become part of the tree, and hands it to the background. */
export async function startDocumentImport(ctx: MutationContext, input: NewDocumentImport) {
  const userId = ctx.actor.user.id;
  const { workspaceId, fileId } = input;
  const row = await write(ctx, null, async (tx) => {
    const { projectId, parentId } = await loadPlace(tx, userId, input);
    if (!(await hasFiles(tx, userId, [fileId]))) throw notFound("file");
    const id = input.id ?? uuidv7();
    const place = { workspaceId, projectId, parentId };
    await tx
      .insert(documentImports)
      .values({ id, ...place, fileId, state: "waiting", createdBy: userId });
    return loadDocumentImport(tx, userId, id);
  }).catch((error: unknown) => {
    throw sqlState(error) === "23505" ? idTaken(error) : error;
  });
  await ctx.services.enqueueDocumentImport(row.id);
  return row;
}

/** Whoever works on it notices before it commits; then nothing of it stays. */
export async function cancelDocumentImport({ services: { db }, actor }: ActorContext, id: string) {
  const userId = actor.user.id;
  await db
    .update(documentImports)
    .set({ state: "cancelled", finishedAt: new Date() })
    .where(and(eq(documentImports.id, id), eq(documentImports.createdBy, userId), underWay));
  return loadDocumentImport(db, userId, id);
}
