/**
 * Two people may move A below B and B below A at the same moment. Each move alone is right, and rows
 * held one by one would not show it: the circle closes over documents that neither of them touches.
 * So whoever changes the shape of a workspace's tree, or which access holds where, does it while
 * nobody else does; changes of a document itself go on beside it.
 */
import { sendNow, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import {
  loadDocument,
  loadProject,
  loadWorkspace,
  type Role,
  type WorkspaceRole,
} from "../access.ts";

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

/**
 * What gives or takes rights asks for the right to do so once nobody else changes any: who has just lost
 * theirs would otherwise give it back to themselves by a call that was under way.
 */
export async function lockWorkspace<N extends WorkspaceRole>(
  tx: Tx,
  userId: string,
  id: string,
  need: N,
) {
  await loadWorkspace(tx, userId, id, need);
  await lockTree(tx, id);
  return loadWorkspace(tx, userId, id, need);
}

/** The same of a project. */
export async function lockProject(tx: Tx, userId: string, id: string, need: Role) {
  const { workspaceId } = await loadProject(tx, userId, id, need);
  await lockTree(tx, workspaceId);
  return loadProject(tx, userId, id, need);
}
