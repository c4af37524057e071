/** What can be found of what is stored, as the server makes it of its rows (search/sources.ts there). */
import { ask } from "../store/database.ts";
import type { StoredEntity, StoredRow, StoredText } from "../store/stored.ts";

export type Kind = "task" | "document" | "comment" | "file";

export type Entry = {
  /** "task/<id>" */
  id: string;
  kind: Kind;
  workspaceId: string;
  projectId: string | null;
  personIds: string[];
  state: "open" | "completed" | "archived" | null;
  /** In ms. */
  updatedAt: number;
  title: string;
  text: string;
};

export type EntryStores = { rows: IDBObjectStore; texts: IDBObjectStore };

const read = async <E extends StoredEntity>({ rows }: EntryStores, entity: E, id: string) =>
  (await ask(rows.get([entity, id]) as IDBRequest<StoredRow<E> | undefined>))?.row;

const readOf = async <E extends StoredEntity>({ rows }: EntryStores, entity: E, owner: string) =>
  (await ask(rows.index("owner").getAll([entity, owner]) as IDBRequest<StoredRow<E>[]>)).map(
    ({ row }) => row,
  );

const people = (...ids: (string | null)[]) => ids.filter((id) => id !== null);

/** Its description, and what stands in its checklists. */
export async function textOfTask(stores: EntryStores, id: string, description: string) {
  const lists = await readOf(stores, "checklist", id);
  if (lists.length === 0) return description;
  const items = await readOf(stores, "checklistItem", id);
  const said = lists.map((list) =>
    [list.title, ...items.filter((i) => i.checklistId === list.id).map((i) => i.text)].join("\n"),
  );
  return [description, ...said].filter(Boolean).join("\n\n");
}

const entries: { [K in Kind]: (stores: EntryStores, id: string) => Promise<Entry | null> } = {
  async task(stores, id) {
    const row = await read(stores, "task", id);
    if (!row) return null;
    const { workspaceId, projectId, title, archivedAt, completedAt } = row;
    return {
      ...{ id: `task/${id}`, kind: "task", workspaceId, projectId, title },
      personIds: people(row.createdBy, ...row.assigneeIds),
      state: archivedAt ? "archived" : completedAt ? "completed" : "open",
      updatedAt: row.updatedAt.getTime(),
      text: await textOfTask(stores, id, row.description),
    };
  },

  async document(stores, id) {
    const row = await read(stores, "document", id);
    if (!row) return null;
    const text = await ask(stores.texts.get(id) as IDBRequest<StoredText | undefined>);
    const { workspaceId, projectId, title, archivedAt } = row;
    return {
      ...{ id: `document/${id}`, kind: "document", workspaceId, projectId, title },
      personIds: people(row.createdBy, row.updatedBy),
      state: archivedAt ? "archived" : null,
      updatedAt: row.updatedAt.getTime(),
      text: text?.words ?? "",
    };
  },

  async comment(stores, id) {
    const row = await read(stores, "comment", id);
    if (!row) return null;
    const about = row.taskId
      ? await read(stores, "task", row.taskId)
      : row.documentId && (await read(stores, "document", row.documentId));
    if (!about) return null;
    return {
      ...{ id: `comment/${id}`, kind: "comment", workspaceId: about.workspaceId, title: "" },
      projectId: about.projectId,
      personIds: people(row.authorId),
      state: about.archivedAt ? "archived" : null,
      updatedAt: (row.editedAt ?? row.createdAt).getTime(),
      text: row.body,
    };
  },

  async file(stores, id) {
    const row = await read(stores, "file", id);
    if (!row) return null;
    const about = row.taskId
      ? await read(stores, "task", row.taskId)
      : row.documentId
        ? await read(stores, "document", row.documentId)
        : null;
    return {
      ...{ id: `file/${id}`, kind: "file", workspaceId: row.workspaceId, title: row.name },
      projectId: about?.projectId ?? row.projectId,
      personIds: people(row.createdBy, row.changedBy),
      state: about?.archivedAt ? "archived" : null,
      updatedAt: row.changedAt.getTime(),
      text: row.text ?? "",
    };
  },
};

/** Null of what is not stored any more. */
export const entryOf = (stores: EntryStores, kind: string, id: string): Promise<Entry | null> =>
  kind in entries ? entries[kind as Kind](stores, id) : Promise.resolve(null);
