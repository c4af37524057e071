/** Changes of what is stored, each within somebody's transaction. */
import { ask, type Stores } from "./database.ts";
import { type StoredEntity, type StoredFile, type StoredRow, stamp, type Todo } from "./stored.ts";

export type RowStores = {
  [S in "rows" | "texts" | "files" | "chunks" | "todo" | "unindexed"]: IDBObjectStore;
};
export const rowStores = ["rows", "texts", "files", "chunks", "todo", "unindexed"] as const;

/** What a person looks for; of what stands in a checklist, its task. */
function noteForSearch(
  { unindexed }: Pick<RowStores, "unindexed">,
  { entity, owner, id }: StoredRow,
) {
  const found: Stores["unindexed"] | null =
    entity === "documentThread"
      ? null
      : entity === "checklist" || entity === "checklistItem"
        ? { entity: "task", id: owner, at: stamp() }
        : { entity, id, at: stamp() };
  if (found) unindexed.put(found);
}

export function putRow(stores: RowStores, stored: StoredRow) {
  stores.rows.put(stored);
  noteForSearch(stores, stored);
}

export const readRow = <E extends StoredEntity>(
  { rows }: Pick<RowStores, "rows">,
  entity: E,
  id: string,
) => ask(rows.get([entity, id]) as IDBRequest<StoredRow<E> | undefined>);

export const isStored = async ({ rows }: RowStores, entity: StoredEntity, id: string) =>
  (await ask(rows.getKey([entity, id]))) !== undefined;

/** What goes with the thing that it hangs on. */
const hangingOn: Partial<Record<StoredEntity, readonly StoredEntity[]>> = {
  task: ["comment", "checklist", "checklistItem", "file"],
  document: ["document", "comment", "documentThread", "file"],
};

/** With all that hangs on it; gives the ids of the documents among them, whose texts go too. */
export async function deleteRow(
  stores: RowStores,
  entity: StoredEntity,
  id: string,
): Promise<string[]> {
  const row = await readRow(stores, entity, id);
  if (!row) return [];
  stores.rows.delete([entity, id]);
  noteForSearch(stores, row);
  const documents = entity === "document" ? [id] : [];
  if (entity === "document") {
    stores.texts.delete(id);
    stores.todo.delete(["text", id]);
  }
  if (entity === "file") await deleteFile(stores, id);
  for (const each of hangingOn[entity] ?? []) {
    const keys = await ask(stores.rows.index("owner").getAllKeys([each, id]));
    for (const key of keys as [StoredEntity, string][]) {
      documents.push(...(await deleteRow(stores, each, key[1])));
    }
  }
  return documents;
}

export async function deleteFile({ files, chunks, todo }: RowStores, id: string) {
  files.delete(id);
  todo.delete(["file", id]);
  chunks.delete(chunksOf(id));
}

/** Of a file, in whatever version; ids have no sign behind `\uffff`. */
export const chunksOf = (id: string) => IDBKeyRange.bound([id], [id, []]);

/** Whether there is something of it to fetch. */
export function isToFetch(row: StoredRow<"file">["row"], stored: StoredFile | undefined) {
  if (!stored?.isComplete) return true;
  if (stored.version !== row.version || stored.size !== row.size) return true;
  return row.preview === "ready" && !stored.thumbnail;
}

/** What a row says is to be fetched besides it. */
export async function noteToFetch({ texts, files, todo }: RowStores, { entity, row }: StoredRow) {
  if (entity === "document" && "textSeq" in row && row.kind === "document") {
    const text = await ask(texts.get(row.id) as IDBRequest<Stores["texts"] | undefined>);
    if (!text || text.seq < row.textSeq) {
      todo.put({ kind: "text", id: row.id, bytes: 0 } satisfies Todo);
    }
  }
  if (entity === "file" && "size" in row) {
    const file = await ask(files.get(row.id) as IDBRequest<StoredFile | undefined>);
    if (isToFetch(row, file)) {
      todo.put({ kind: "file", id: row.id, bytes: row.size } satisfies Todo);
    }
  }
}
