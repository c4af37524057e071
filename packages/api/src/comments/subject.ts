/** What a comment is about (a task, or a thread in a document), and what either is asked. */
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { loadTask, NOWHERE, type Role } from "../core/access.ts";
import { invariant } from "../core/errors.ts";
import type { RecordedChange } from "../core/feed/change.ts";
import { setOnTask } from "../tasks/change-task.ts";
import { readTask } from "../tasks/queries.ts";
import { touched } from "../tasks/touch.ts";
import { loadThread } from "./load-thread.ts";

export type Subject =
  | { taskId: string; threadId?: undefined }
  | { threadId: string; taskId?: undefined };

export type LoadedSubject = {
  workspaceId: string;
  /** As of a change: a project, or a document with access of its own. */
  scopeId: string | null;
  /** The actor's. */
  role: Role;
  /** What else changes when there is a comment more or less: the number on a task's card. */
  count(tx: Tx, by: 1 | -1): Promise<RecordedChange[]>;
};

type Row = typeof schema.comments.$inferSelect;

/** Of a comment that is not there: none that anybody sees. */
export function subjectOf(comment: Pick<Row, "taskId" | "threadId"> | undefined): Subject {
  const { taskId, threadId } = comment ?? { taskId: NOWHERE, threadId: null };
  return taskId ? { taskId } : { threadId: invariant(threadId, "every comment has a subject") };
}

/** Whoever may see it may talk about it, viewers too. Locked until the commit when asked. */
export async function loadSubject(
  q: Queryable,
  userId: string,
  subject: Subject,
  { lock = false }: { lock?: boolean } = {},
): Promise<LoadedSubject> {
  if (subject.threadId !== undefined) {
    const { workspaceId, scopeId, role } = await loadThread(q, userId, subject.threadId, { lock });
    return { workspaceId, scopeId, role, count: async () => [] };
  }
  const task = await loadTask(q, userId, subject.taskId, "viewer", { lock });
  const { id, workspaceId, projectId, role } = task;
  return { workspaceId, scopeId: projectId, role, count: (tx, by) => countOnTask(tx, id, by) };
}

const { tasks } = schema;

async function countOnTask(tx: Tx, id: string, by: 1 | -1): Promise<RecordedChange[]> {
  const commentCount = sql`${tasks.commentCount} + ${by}`;
  const sent = setOnTask(tx, id, { ...touched(), commentCount });
  const [{ description: _, ...row }] = await Promise.all([readTask(tx, id), sent]);
  const { projectId: scopeId, workspaceId } = row;
  const was = { ...row, commentCount: row.commentCount - by };
  return [{ entity: "task", id, op: "update", row, was, scopeId, workspaceId }];
}
