import type { RouterOutputs } from "@guildhall/api/client";

/** What a person can keep on this device: a project, or a document or folder with all below it. */
export type Place = { kind: "project" | "document"; id: string };

export const placeKey = ({ kind, id }: Place) => `${kind}/${id}`;

export type StoredPlace = Place & {
  key: string;
  workspaceId: string;
  name: string;
  since: Date;
  /** `reading`: its rows are read, page by page. `ready`: what is left to fetch is in `todo`. */
  phase: "reading" | "ready";
  /** Of the reading that is under way: what is read next, and when it began. */
  next: Next;
  began: number;
  /** It was read to its end once: what is not stored of it does not exist. */
  isWhole: boolean;
  /** What stops it, in a sentence; null while nothing does. */
  problem: string | null;
  /** Of its rows, when they were last read. */
  rows: number;
  rowBytes: number;
};

export type Next = { part: "tasks"; cursor: number } | { part: "documents"; cursor: string | null };

export const firstPage = ({ kind }: Place): Next =>
  kind === "project" ? { part: "tasks", cursor: 0 } : { part: "documents", cursor: null };

type TaskPage = RouterOutputs["offline"]["tasks"];
type DocumentPage = RouterOutputs["offline"]["documents"];

/** Of each entity that is stored, its row. */
export type Rows = {
  task: TaskPage["tasks"][number];
  comment: TaskPage["comments"][number];
  checklist: TaskPage["checklists"][number];
  checklistItem: TaskPage["items"][number];
  document: DocumentPage["documents"][number];
  documentThread: DocumentPage["threads"][number];
  file: TaskPage["files"][number];
};
export type StoredEntity = keyof Rows;

export type StoredRow<E extends StoredEntity = StoredEntity> = {
  entity: E;
  id: string;
  /** What it hangs on: its task, document, parent or project. */
  owner: string;
  /** By which a task is looked up: APP-12. */
  name?: string;
  /** When it was last read or told of; older than a reading from beginning to end, it is gone. */
  at: number;
  row: Rows[E];
};

/** The Yjs state is in text-store.ts, where an open document has it too. */
export type StoredText = { id: string; seq: number; bytes: number; words: string };

export type StoredFile = {
  id: string;
  version: number;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  /** In `chunks`. */
  stored: number;
  chunks: number;
  isComplete: boolean;
  /** The server's mark of these bytes, in case others come under the same number. */
  etag: string | null;
  thumbnail: Blob | null;
};

/** `kind`: what of the row with this id is to be fetched. */
export type Todo = { kind: "text" | "checklists" | "file"; id: string; bytes: number };

/** What a step of fetching came to; `full`: what is left is beyond the limit. */
export type Fetched = "some" | "nothing" | "full";

const owners: { [E in StoredEntity]: (row: Rows[E]) => string | null } = {
  task: ({ projectId }) => projectId,
  comment: ({ taskId, documentId }) => taskId ?? documentId,
  checklist: ({ taskId }) => taskId,
  checklistItem: ({ taskId }) => taskId,
  document: ({ parentId, projectId, workspaceId }) => parentId ?? projectId ?? workspaceId,
  documentThread: ({ documentId }) => documentId,
  file: ({ taskId, documentId, projectId }) => taskId ?? documentId ?? projectId,
};

let latest = 0;

/** A moment behind all that were given before, though the clock is set back; `since`: of an earlier visit. */
export function stamp(since = 0): number {
  latest = Math.max(latest + 1, since + 1, Date.now());
  return latest;
}

export function storedRow<E extends StoredEntity>(
  entity: E,
  row: Rows[E],
  at = stamp(),
): StoredRow<E> {
  const name = entity === "task" ? (row as Rows["task"]).key : undefined;
  const owner = owners[entity](row) ?? "";
  return { entity, id: row.id, owner, at, row, ...(name && { name }) };
}
