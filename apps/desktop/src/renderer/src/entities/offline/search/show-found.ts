/** What was found, as the server shows it (search/show-found.ts there): the row as it is now. */
import { markAll, snippet } from "@guildhall/api/search/marks";
import { readQuestion } from "@guildhall/api/search/question";
import { ask } from "../store/database.ts";
import type { StoredEntity, StoredRow, StoredText } from "../store/stored.ts";
import { type EntryStores, textOfTask } from "./entries.ts";
import type { Found } from "./messages.ts";
import type { Facts } from "./word-index.ts";

type Item = Found["items"][number];
type Shown = Omit<Item, "title" | "snippet" | "kind" | "isArchived" | "projectId"> & {
  title: string;
  text: string;
};

const read = async <E extends StoredEntity>({ rows }: EntryStores, entity: E, id: string | null) =>
  id === null
    ? undefined
    : (await ask(rows.get([entity, id]) as IDBRequest<StoredRow<E> | undefined>))?.row;

async function taskPart(stores: EntryStores, id: string | null) {
  const row = await read(stores, "task", id);
  return row ? { id: row.id, key: row.key, statusId: row.statusId } : null;
}

async function documentPart(stores: EntryStores, id: string | null) {
  const row = await read(stores, "document", id);
  if (!row) return null;
  const path: string[] = [];
  for (let above = row.parentId; above && path.length < 50; ) {
    const parent = await read(stores, "document", above);
    if (!parent) break;
    path.unshift(parent.title);
    above = parent.parentId;
  }
  const { title, icon } = row;
  return { id: row.id, kind: row.kind, title, icon, path };
}

const nothing = { authorId: null, threadId: null, task: null, file: null, document: null };

async function show(stores: EntryStores, kind: Item["kind"], id: string): Promise<Shown | null> {
  if (kind === "task") {
    const row = await read(stores, "task", id);
    if (!row) return null;
    const text = await textOfTask(stores, id, row.description);
    const { title, updatedAt } = row;
    return { ...nothing, id, title, text, updatedAt, task: await taskPart(stores, id) };
  }
  if (kind === "document") {
    const row = await read(stores, "document", id);
    if (!row) return null;
    const text = await ask(stores.texts.get(id) as IDBRequest<StoredText | undefined>);
    const { title, updatedAt } = row;
    const document = await documentPart(stores, id);
    return { ...nothing, id, title, text: text?.words ?? "", updatedAt, document };
  }
  if (kind === "comment") {
    const row = await read(stores, "comment", id);
    if (!row) return null;
    const task = await taskPart(stores, row.taskId);
    const document = await documentPart(stores, row.documentId);
    const about = await read(stores, "task", row.taskId);
    const { authorId, threadId, body: text } = row;
    const title = about?.title ?? document?.title ?? "";
    const updatedAt = row.editedAt ?? row.createdAt;
    return { ...nothing, id, title, text, updatedAt, authorId, threadId, task, document };
  }
  const row = await read(stores, "file", id);
  if (!row) return null;
  const { name, type, size, changedAt: updatedAt, createdBy: authorId } = row;
  const about = {
    task: await taskPart(stores, row.taskId),
    document: await documentPart(stores, row.documentId),
  };
  const file = { name, type, size };
  return { ...nothing, id, title: name, text: row.text ?? "", updatedAt, authorId, file, ...about };
}

export async function showFound(db: IDBDatabase, found: readonly Facts[], text: string) {
  const question = readQuestion(text);
  const transaction = db.transaction(["rows", "texts"]);
  const stores: EntryStores = {
    rows: transaction.objectStore("rows"),
    texts: transaction.objectStore("texts"),
  };
  const items: Item[] = [];
  for (const { id: name, kind, projectId, state } of found) {
    const shown = await show(stores, kind, name.slice(kind.length + 1));
    if (!shown) continue;
    const { title, text: said, ...rest } = shown;
    items.push({
      ...{ ...rest, kind, projectId, isArchived: state === "archived" },
      title: markAll(title, question),
      snippet: snippet(said, question),
    });
  }
  return items;
}
