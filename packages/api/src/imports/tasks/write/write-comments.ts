import { hash } from "node:crypto";
import { schema, type Tx } from "@guildhall/db";
import type { PlannedComment } from "@guildhall/importers/tasks";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { readComments } from "../../../comments/queries.ts";
import type { RecordChange } from "../../../core/feed/change.ts";
import { insertRows } from "../../../core/insert-rows.ts";
import { touched } from "../../../tasks/touch.ts";
import type { ResolvedTask, TaskSteps } from "../resolve-tasks.ts";
import { slices } from "./slices.ts";

const { comments, tasks } = schema;

export type WrittenComments = { count: number; taskIds: string[] };

/**
 * Nobody here is made the author: whoever writes a file could put words into a colleague's mouth.
 * The name of the source stands beside each comment instead.
 */
const toRow = (taskId: string, { sourceId, author, body, createdAt }: PlannedComment) => ({
  id: uuidv7(),
  taskId,
  sourceId,
  sourceAuthor: author,
  body,
  createdAt: createdAt ?? new Date(),
});

/**
 * Comments of new tasks, without a change for each: before the task was here nobody could have read
 * its comments, its row says how many there are, and whoever opens it asks for them. Recorded, the
 * 4,432 comments of a real Jira export cost the server one second more of four, and every open board
 * 2.4 MB of texts that nobody looks at, beside the 1.5 MB of its 1,499 tasks.
 */
export async function insertComments(tx: Tx, added: ResolvedTask[]): Promise<number> {
  const rows = added.flatMap(({ id, planned }) => planned.comments.map((c) => toRow(id, c)));
  await insertRows(tx, comments, rows);
  return rows.length;
}

/** Comments of tasks that were here: those may be open somewhere, so each is a change. */
export async function updateComments(
  tx: Tx,
  record: RecordChange,
  {
    projectId,
    changed,
    unchanged,
  }: { projectId: string } & Pick<TaskSteps, "changed" | "unchanged">,
): Promise<WrittenComments> {
  const here = [...changed, ...unchanged].filter(({ known }) => known.deletedAt === null);
  if (!here.some(({ task }) => task.planned.comments.length > 0)) return { count: 0, taskIds: [] };
  const known = await readKnownComments(tx, projectId);
  const fresh: ReturnType<typeof toRow>[] = [];
  const edited: { id: string; body: string }[] = [];
  for (const { task } of here) {
    for (const comment of task.planned.comments) {
      const before = known.get(`${task.id} ${comment.sourceId}`);
      if (!before) fresh.push(toRow(task.id, comment));
      else if (!before.deletedAt && before.digest !== hash("md5", comment.body)) {
        edited.push({ id: before.id, body: comment.body });
      }
    }
  }
  await insertRows(tx, comments, fresh);
  for (const { id, body } of edited) {
    await tx.update(comments).set({ body, editedAt: new Date() }).where(eq(comments.id, id));
  }
  await recordComments(tx, record, { projectId, ids: fresh.map(({ id }) => id), op: "insert" });
  await recordComments(tx, record, { projectId, ids: edited.map(({ id }) => id), op: "update" });
  return { count: fresh.length + edited.length, taskIds: await countComments(tx, fresh) };
}

async function readKnownComments(tx: Tx, projectId: string) {
  const rows = await tx
    .select({
      id: comments.id,
      taskId: comments.taskId,
      sourceId: comments.sourceId,
      deletedAt: comments.deletedAt,
      digest: sql<string>`md5(${comments.body})`,
    })
    .from(comments)
    .innerJoin(tasks, eq(tasks.id, comments.taskId))
    .where(
      and(eq(tasks.projectId, projectId), isNotNull(tasks.sourceId), isNotNull(comments.sourceId)),
    );
  return new Map(rows.map((row) => [`${row.taskId} ${row.sourceId}`, row]));
}

/** Keeps the number on each card right; answers which cards those are. */
async function countComments(tx: Tx, fresh: { taskId: string }[]): Promise<string[]> {
  const byTask = Map.groupBy(fresh, ({ taskId }) => taskId);
  for (const [taskId, { length }] of byTask) {
    await tx
      .update(tasks)
      .set({ ...touched(), commentCount: sql`${tasks.commentCount} + ${length}` })
      .where(eq(tasks.id, taskId));
  }
  return [...byTask.keys()];
}

async function recordComments(
  tx: Tx,
  record: RecordChange,
  { projectId, ids, op }: { projectId: string; ids: string[]; op: "insert" | "update" },
) {
  for (const slice of slices(ids)) {
    for (const row of await readComments(tx, slice))
      record({ entity: "comment", id: row.id, op, row, scopeId: projectId });
  }
}
