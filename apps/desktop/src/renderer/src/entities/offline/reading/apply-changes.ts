/**
 * Keeps what is stored equal to the server, by the workspace's feed: the changes of a batch and the place
 * in the feed that they lead to are written in one piece.
 *
 * The feed carries what one may see of the whole workspace; of it is taken what belongs to something that
 * is stored. Applying a change again, or an older one late, does no harm: what follows it comes too.
 */
import type { Change, ChangeOf } from "@guildhall/api/client";
import { ask, inStores } from "../store/database.ts";
import {
  deleteRow,
  isStored,
  isToFetch,
  putRow,
  type RowStores,
  readRow,
  rowStores,
} from "../store/put-rows.ts";
import {
  type Rows,
  type StoredEntity,
  type StoredFile,
  type StoredPlace,
  storedRow,
  type Todo,
} from "../store/stored.ts";

export type Applied = {
  /** Keys of places that this person may no longer see. */
  lost: Set<string>;
  /** Keys of places of which something has come that the feed does not tell all of. */
  stale: Set<string>;
  /** Documents that are no longer stored. */
  gone: string[];
};

type Context = {
  stores: RowStores;
  places: ReadonlyMap<string, StoredPlace>;
  workspaceId: string;
  myId: string;
  applied: Applied;
};

type Batch = Omit<Context, "stores" | "applied"> & {
  changes: readonly Change[];
  epoch: string;
};

export async function applyChanges(db: IDBDatabase, { changes, epoch, ...batch }: Batch) {
  const applied: Applied = { lost: new Set(), stale: new Set(), gone: [] };
  const last = changes.at(-1);
  if (!last) return applied;
  await inStores(db, [...rowStores, "feeds"], async (stores) => {
    const context = { ...batch, stores, applied };
    for (const change of changes) {
      const apply = appliers[change.entity] as Applier<Change["entity"]> | undefined;
      await apply?.(context, change);
    }
    stores.feeds.put({ workspaceId: batch.workspaceId, seq: last.seq, epoch });
  });
  return applied;
}

type Applier<E extends Change["entity"]> = (context: Context, change: ChangeOf<E>) => unknown;

/** Stored where what it hangs on is; what the feed leaves out of a row is taken from the row before. */
async function follow<E extends StoredEntity>(
  { stores, applied }: Context,
  { entity, id, row }: { entity: E; id: string; row: Partial<Rows[E]> | null },
  isCovered: boolean,
): Promise<boolean> {
  if (!row || !isCovered) {
    applied.gone.push(...(await deleteRow(stores, entity, id)));
    return false;
  }
  const before = await readRow(stores, entity, id);
  putRow(stores, storedRow(entity, { ...before?.row, ...row } as Rows[E]));
  return true;
}

const onTask = async ({ stores }: Context, taskId: string | null | undefined) =>
  taskId ? await isStored(stores, "task", taskId) : false;

const appliers: { [E in Change["entity"]]?: Applier<E> } = {
  task: (context, { id, row }) =>
    follow(context, { entity: "task", id, row }, context.places.has(`project/${row?.projectId}`)),

  async comment(context, { id, row }) {
    const isHere =
      (await onTask(context, row?.taskId)) ||
      (row?.documentId ? await isStored(context.stores, "document", row.documentId) : false);
    await follow(context, { entity: "comment", id, row }, isHere);
  },

  async documentThread(context, { id, row }) {
    const isHere = row !== null && (await isStored(context.stores, "document", row.documentId));
    await follow(context, { entity: "documentThread", id, row }, isHere);
  },

  async checklist(context, { id, op, row }) {
    const isHere = await onTask(context, row?.taskId);
    const isPut = await follow(context, { entity: "checklist", id, row }, isHere);
    // Back from the bin it may bring items that were never told to me.
    if (isPut && op === "insert" && row) {
      context.stores.todo.put({ kind: "checklists", id: row.taskId, bytes: 0 } satisfies Todo);
    }
  },

  async checklistItem(context, { id, row }) {
    await follow(context, { entity: "checklistItem", id, row }, await onTask(context, row?.taskId));
  },

  async file(context, { id, row }) {
    const { stores, places } = context;
    const isHere =
      (await onTask(context, row?.taskId)) ||
      (row?.documentId ? await isStored(stores, "document", row.documentId) : false) ||
      places.has(`project/${row?.projectId}`);
    const isThere = isHere && row?.deletedAt === null;
    const isPut = await follow(context, { entity: "file", id, row }, isThere);
    if (!isPut || !row) return;
    const stored = await ask(stores.files.get(id) as IDBRequest<StoredFile | undefined>);
    const whole = (await readRow(stores, "file", id))?.row;
    if (whole && isToFetch(whole, stored)) {
      stores.todo.put({ kind: "file", id, bytes: row.size } satisfies Todo);
    }
  },

  async document(context, change) {
    const { stores, places, applied } = context;
    const { id, row, op } = change;
    const before = await readRow(stores, "document", id);
    const isCovered =
      places.has(`project/${row?.projectId}`) ||
      places.has(`document/${id}`) ||
      (row?.parentId ? await isStored(stores, "document", row.parentId) : false);
    const isPut = await follow(context, { entity: "document", id, row }, isCovered);
    if (!isPut || !row) {
      // Of a place that I chose itself: whether it is gone or moved, the next reading tells.
      if (places.has(`document/${id}`)) applied.stale.add(`document/${id}`);
      return;
    }
    const isWritten = before?.row.updatedAt.getTime() !== row.updatedAt.getTime();
    if (row.kind === "document" && isWritten) {
      stores.todo.put({ kind: "text", id, bytes: 0 } satisfies Todo);
    }
    const isNew = op === "insert" && change.at.getTime() - row.createdAt.getTime() < NEW_MS;
    // Moved here, or back from the bin: with what is below it, of which nothing is told.
    if (!before && !isNew) for (const key of places.keys()) applied.stale.add(key);
  },

  access({ places, myId, applied }, { id, row }) {
    if (row && row.userId !== myId) return;
    const key = `project/${id}`;
    if (places.has(key) && !row?.role) applied.lost.add(key);
  },

  async documentAccess(context, { row }) {
    const { places, myId, applied } = context;
    if (row?.userId !== myId) return;
    // Let in or out somewhere: what may be seen of each place is read again.
    for (const key of places.keys()) applied.stale.add(key);
    if (!row.role)
      applied.gone.push(...(await deleteRow(context.stores, "document", row.documentId)));
  },

  project({ places, applied }, { id, row }) {
    if (!row && places.has(`project/${id}`)) applied.lost.add(`project/${id}`);
  },
};

/** Between making a document and telling of it. */
const NEW_MS = 5_000;
