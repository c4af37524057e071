/** Rows for the tests of this folder. */
import { type Change, rowOf } from "@guildhall/api/client";
import type { Comment } from "@/entities/comments/sync/comment.ts";
import type { DocumentRow } from "@/entities/documents/sync/document.ts";
import type { TaskRow } from "@/entities/tasks/sync/task.ts";

export const WORKSPACE = "w";
export const PROJECT = "p";
export const ME = "me";

const at = new Date("2026-01-05T10:00:00Z");

export const taskRow = (id: string, fields: Partial<TaskRow> = {}): TaskRow => ({
  id,
  workspaceId: WORKSPACE,
  projectId: PROJECT,
  number: 1,
  key: `APP-${id}`,
  ...rowOf({ title: `Task ${id}`, statusId: "todo" }),
  rank: "a0",
  commentCount: 0,
  checklistTotal: 0,
  checklistDone: 0,
  version: 1,
  source: null,
  createdBy: null,
  createdAt: at,
  updatedAt: at,
  completedAt: null,
  archivedAt: null,
  ...fields,
});

export const comment = (id: string, fields: Partial<Comment> = {}): Comment => ({
  id,
  taskId: "1",
  threadId: null,
  documentId: null,
  rootId: null,
  authorId: ME,
  sourceAuthor: null,
  body: "text",
  createdAt: at,
  editedAt: null,
  resolvedAt: null,
  resolvedBy: null,
  reactions: [],
  ...fields,
});

export const documentRow = (id: string, fields: Partial<DocumentRow> = {}): DocumentRow => ({
  id,
  workspaceId: WORKSPACE,
  projectId: null,
  parentId: null,
  kind: "document",
  title: id,
  icon: null,
  rank: `a${id}`,
  visibility: "inherited",
  areaId: null,
  isTemplate: false,
  version: 1,
  createdBy: null,
  createdAt: at,
  updatedBy: null,
  updatedAt: at,
  archivedAt: null,
  ...fields,
});

export const change = <C extends Pick<Change, "entity" | "op" | "id" | "row">>(c: C) =>
  ({ seq: 1, actorId: null, mutationId: null, at, ...c }) as unknown as Change;
