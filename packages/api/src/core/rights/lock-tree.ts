/**
 * Two people may move A below B and B below A at the same moment. Each move alone is right, and rows
 * held one by one would not show it: the circle closes over documents that neither of them touches.
 * So whoever changes the shape of a workspace's tree, or which access holds where, does it while
 * nobody else does; changes of a document itself go on beside it.
 */
import { sendNow, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { loadDocument, type Role } from "../access.ts";

/** The first half of the lock's key; the second is the workspace. */
const TREE = 0x74726565;

/** Until the transaction ends. Before any row of the tree is held: always in this order. */
export const lockTree = (tx: Tx, workspaceId: string) =>
  sendNow(tx, sql`select pg_advisory_xact_lock(${TREE}::int, hashtext(${workspaceId}))`);

/** The document, as it stands once the tree is held. A stranger's call holds nothing. */
export async function lockDocument(
  tx: Tx,
  userId: string,
  id: string,
  need: Role,
  { deleted = false }: { deleted?: boolean } = {},
) {
  const { workspaceId } = await loadDocument(tx, userId, id, need, { deleted });
  await lockTree(tx, workspaceId);
  return loadDocument(tx, userId, id, need, { deleted, lock: true });
}
