/** What no place that is kept on this device holds any more goes from it. */
import { ask, inStores } from "./database.ts";
import { deleteRow, type RowStores, rowStores } from "./put-rows.ts";
import type { StoredEntity, StoredPlace, StoredRow } from "./stored.ts";

const PAGE = 500;

type Options = {
  places: readonly StoredPlace[];
  /** It was just read to its end: of what is in it, all that was not met is gone. */
  read?: StoredPlace;
};

/** Gives the ids of the documents that went, whose texts go too. */
export function sweep(db: IDBDatabase, { places, read }: Options): Promise<string[]> {
  return inStores(db, [...rowStores], async (stores) => {
    const covers = await coverage(stores, places);
    const doomed: [StoredEntity, string][] = [];
    for await (const { entity, id, owner, at, row } of allRows(stores)) {
      const by = covers(entity === "task" || entity === "document" ? id : owner);
      const isMissed = read !== undefined && at < read.began && by.includes(read.key);
      const isDeleted = "deletedAt" in row && row.deletedAt !== null;
      if (by.length === 0 || isMissed || isDeleted) doomed.push([entity, id]);
    }
    const documents: string[] = [];
    for (const [entity, id] of doomed) documents.push(...(await deleteRow(stores, entity, id)));
    return documents;
  });
}

/** In a transaction that lives on, a page at a time: all at once would be megabytes. */
async function* allRows(
  { rows }: Pick<RowStores, "rows">,
  entity?: StoredEntity,
): AsyncGenerator<StoredRow> {
  const end = entity ? [entity, []] : [[]];
  for (let last: [string, string] | [string] = [entity ?? ""]; ; ) {
    const range = IDBKeyRange.bound(last, end, true);
    const page = await ask(rows.getAll(range, PAGE) as IDBRequest<StoredRow[]>);
    yield* page;
    const [at] = page.slice(-1);
    if (!at || page.length < PAGE) return;
    last = [at.entity, at.id];
  }
}

/** By the id of a task, a document or a project: the places that hold it. */
export async function coverage(stores: Pick<RowStores, "rows">, places: readonly StoredPlace[]) {
  const keys = new Set(places.map(({ key }) => key));
  const by = new Map<string, string[]>();
  for (const { kind, id, key } of places) if (kind === "project") by.set(id, [key]);
  for await (const { id, owner } of allRows(stores, "task")) {
    by.set(id, keys.has(`project/${owner}`) ? [`project/${owner}`] : []);
  }
  const documents = new Map<string, StoredRow<"document">["row"]>();
  for await (const stored of allRows(stores, "document")) {
    documents.set(stored.id, (stored as StoredRow<"document">).row);
  }
  for (const row of documents.values()) {
    const ofProject = `project/${row.projectId}`;
    const found = keys.has(ofProject) ? [ofProject] : [];
    const seen = new Set<string>();
    for (
      let id: string | null = row.id;
      id && !seen.has(id);
      id = documents.get(id)?.parentId ?? null
    ) {
      seen.add(id);
      if (keys.has(`document/${id}`)) found.push(`document/${id}`);
    }
    by.set(row.id, found);
  }
  return (id: string): readonly string[] => by.get(id) ?? [];
}
