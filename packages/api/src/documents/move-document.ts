import { schema, type Tx } from "@guildhall/db";
import { eq, sql } from "drizzle-orm";
import type { MutationContext } from "../core/context.ts";
import { refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { lockDocument } from "../core/rights/lock-tree.ts";
import { write } from "../core/write.ts";
import { type Beside, loadPlace, rankAt } from "./place.ts";
import { readDocument } from "./queries.ts";
import { aroundRights } from "./rights-below.ts";
import { isWithin, resettle } from "./subtree.ts";

const { documents } = schema;

export type Move = Beside & { id: string; projectId?: string | null; parentId?: string | null };

/**
 * To another parent, another project or the workspace itself, with all that is below it; the right to
 * write is needed at both ends. What stands below a private folder is as private as that folder.
 */
export async function moveDocument(ctx: MutationContext, input: Move) {
  const { id } = input;
  const userId = ctx.actor.user.id;
  let affected: string[] = [];
  const answer = await write(ctx, null, async (tx, record) => {
    const document = await lockDocument(tx, userId, id, "editor");
    affected = await settleAt(tx, record, { userId, document, to: input });
    return readDocument(tx, id);
  });
  for (const person of affected) ctx.services.signals.notifyUser(person);
  return answer;
}

type Settling = {
  userId: string;
  document: Awaited<ReturnType<typeof lockDocument>>;
  /** `rank`: the very place; else beside whom. */
  to: Omit<Move, "id"> & { rank?: string };
};

/** For who holds the tree. Returns whom to notify after the commit. */
export async function settleAt(
  tx: Tx,
  recordIn: RecordChange,
  { userId, document, to }: Settling,
): Promise<string[]> {
  const { id, workspaceId } = document;
  const { projectId, parentId } = to;
  const record: RecordChange = (each) => recordIn({ workspaceId, ...each });
  await loadPlace(tx, userId, document);
  const place = await loadPlace(tx, userId, { workspaceId, projectId, parentId });
  if (place.parentId && (await isWithin(tx, place.parentId, id))) throw belowItself();
  const rank = to.rank ?? (await rankAt(tx, place, to, id));
  const settle = async (tell: RecordChange) => {
    await tx
      .update(documents)
      .set({ parentId: place.parentId, rank, version: sql`${documents.version} + 1` })
      .where(eq(documents.id, id));
    const own = document.scopePath[0] === id ? [id] : [];
    const standing = { projectId: place.projectId, scopePath: [...own, ...place.scopePath] };
    const moved = await resettle(tx, tell, document, standing);
    const row = await readDocument(tx, id);
    const scopeId = row.areaId ?? row.projectId;
    if (!moved.tells(id)) tell({ entity: "document", id, op: "update", row, scopeId });
  };
  const isSamePlace =
    document.parentId === place.parentId && document.projectId === place.projectId;
  if (!isSamePlace) return aroundRights(tx, record, id, settle);
  await settle(record);
  return [];
}

const belowItself = () =>
  refused("below_itself", "Nothing was moved: a document can't be inside itself.");
