import { schema, sqlState, type Tx } from "@guildhall/db";
import { and, eq, isNull, max } from "drizzle-orm";
import { generateKeyBetween } from "fractional-indexing";
import { uuidv7 } from "uuidv7";
import { areaOf, loadDocument, loadProject, loadWorkspace } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { asMissing, idTaken, notFound } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { readDocument } from "./queries.ts";

const { documents } = schema;

export type NewDocument = {
  id?: string;
  workspaceId: string;
  projectId?: string | null;
  parentId?: string | null;
  kind?: (typeof schema.documentKinds)[number];
  title?: string;
  icon?: string | null;
};

/** An empty document or folder, last of those beside it, for editors of where it is to stand. */
export async function createDocument(ctx: MutationContext, input: NewDocument) {
  const userId = ctx.actor.user.id;
  const id = input.id ?? uuidv7();
  try {
    return await write(ctx, input.workspaceId, async (tx, record) => {
      const place = await loadPlace(tx, userId, input);
      const { title = "", icon = null, kind = "document" } = input;
      const rank = await lastRank(tx, place);
      const own = { id, kind, title, icon, rank, createdBy: userId, updatedBy: userId };
      await tx.insert(documents).values({ ...own, ...place });
      const row = await readDocument(tx, id);
      record({ entity: "document", id, op: "insert", row, within: areaOf(place) });
      return row;
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw idTaken(error);
  }
}

export type Place = {
  workspaceId: string;
  projectId: string | null;
  parentId: string | null;
  scopePath: string[];
};

/** Where something is to stand, if this person may write there. Below a parent, its project holds. */
export async function loadPlace(
  tx: Tx,
  userId: string,
  { workspaceId, projectId, parentId }: Pick<NewDocument, "workspaceId" | "projectId" | "parentId">,
): Promise<Place> {
  const missing = asMissing("place");
  await loadWorkspace(tx, userId, workspaceId, "viewer").catch(missing);
  if (parentId) {
    const parent = await loadDocument(tx, userId, parentId, "editor").catch(missing);
    if (parent.workspaceId !== workspaceId) throw notFound("place");
    return { workspaceId, projectId: parent.projectId, parentId, scopePath: parent.scopePath };
  }
  if (projectId) {
    const project = await loadProject(tx, userId, projectId, "editor").catch(missing);
    if (project.workspaceId !== workspaceId) throw notFound("place");
    return { workspaceId, projectId, parentId: null, scopePath: [] };
  }
  await loadWorkspace(tx, userId, workspaceId, "editor");
  return { workspaceId, projectId: null, parentId: null, scopePath: [] };
}

async function lastRank(tx: Tx, { workspaceId, projectId, parentId }: Place): Promise<string> {
  const beside = parentId
    ? eq(documents.parentId, parentId)
    : and(
        isNull(documents.parentId),
        eq(documents.workspaceId, workspaceId),
        projectId ? eq(documents.projectId, projectId) : isNull(documents.projectId),
      );
  const [last] = await tx
    .select({ rank: max(documents.rank) })
    .from(documents)
    .where(beside);
  return generateKeyBetween(last?.rank ?? null, null);
}
