/** All of a place, page by page, for a device that stores it: what screens read one by one. */
import { schema, type Tx } from "@guildhall/db";
import { and, asc, eq, gt, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { listComments, listThreads } from "../comments/queries.ts";
import { documentAccess, documentRole } from "../core/access.ts";
import { documentColumns } from "../documents/queries.ts";
import { withBelow } from "../documents/subtree.ts";
import { fileColumns, objectOfFile } from "../files/queries.ts";
import { listChecklists } from "../tasks/checklists/queries.ts";
import { fullTaskColumns } from "../tasks/queries.ts";

const { documents, files, fileObjects, fileTexts } = schema;
const { members, projectMembers, projects, tasks } = schema;

/** A description may be 200 KB long: a page ends behind the one that goes beyond this. */
const PAGE_BYTES = 1_000_000;

/** `sha256`: of the bytes; null until they were read. `text`: what is said in it, as far as it is known. */
const filesWhere = (tx: Tx, where: SQL | undefined) =>
  tx
    .select({
      ...fileColumns,
      sha256: fileObjects.sha256,
      text: sql<string>`coalesce(${fileTexts.text}, '')`,
    })
    .from(files)
    .innerJoin(fileObjects, objectOfFile)
    .leftJoin(fileTexts, eq(fileTexts.objectId, files.objectId))
    .where(and(where, isNull(files.deletedAt)))
    .orderBy(asc(files.id));

type TaskPage = { projectId: string; cursor: number; limit: number };

/** For callers that have already authorised. */
export async function tasksOfProject(tx: Tx, { projectId, cursor, limit }: TaskPage) {
  const measured = await tx.execute<{ id: string; number: number; before: number }>(sql`
    select id, number, (sum(bytes) over (order by number) - bytes)::float8 as before from (
      select id, number, octet_length(description) as bytes from ${tasks}
      where project_id = ${projectId} and number > ${cursor} and deleted_at is null
      order by number limit ${limit + 1}) page order by number`);
  const page = measured.slice(0, limit).filter(({ before }) => before < PAGE_BYTES);
  const ids = page.map(({ id }) => id);
  const rows = await tx
    .select(fullTaskColumns)
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(inArray(tasks.id, ids))
    .orderBy(asc(tasks.number));
  const { checklists, items } = await listChecklists(tx, ids);
  return {
    tasks: rows,
    comments: await listComments(tx, ids),
    ...{ checklists, items },
    files: await filesWhere(tx, inArray(files.taskId, ids)),
    nextCursor: page.length < measured.length ? (page.at(-1)?.number ?? null) : null,
  };
}

/** A project's documents, or a document or folder with all below it. */
export type Place = { projectId: string } | { documentId: string };
type DocumentPage = Place & { userId: string; cursor: string | undefined; limit: number };

const within = (place: Place): SQL =>
  "projectId" in place
    ? sql`${documents.projectId} = ${place.projectId}`
    : sql`${documents.id} in (${withBelow(place.documentId)} select id from below)`;

/** As far as this person may see them, in the order of ids; `textSeq`: how far its log has come. */
export async function documentsOf(tx: Tx, page: DocumentPage) {
  const { userId, cursor, limit } = page;
  const on = documentAccess(userId);
  const rows = await tx
    .select({ document: documentColumns, seq: documents.updateSeq })
    .from(documents)
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(
        within(page),
        isNull(documents.deletedAt),
        isNotNull(documentRole),
        cursor ? gt(documents.id, cursor) : undefined,
      ),
    )
    .orderBy(asc(documents.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const ids = shown.map(({ document }) => document.id);
  // What hangs on the project itself comes with its first page.
  const own = "projectId" in page && !cursor ? [page.projectId] : [];
  return {
    documents: shown.map(({ document, seq }) => ({ ...document, textSeq: seq })),
    ...(await listThreads(tx, ids)),
    files: [
      ...(await filesWhere(tx, inArray(files.documentId, ids))),
      ...(await filesWhere(tx, inArray(files.projectId, own))),
    ],
    nextCursor: rows.length > limit ? (ids.at(-1) ?? null) : null,
  };
}

/** Of these the ones that are documents which this person may see. */
export async function visibleDocuments(tx: Tx, userId: string, ids: string[]) {
  const on = documentAccess(userId);
  return await tx
    .select({ id: documents.id, seq: documents.updateSeq })
    .from(documents)
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .where(and(inArray(documents.id, ids), isNull(documents.deletedAt), isNotNull(documentRole)))
    .orderBy(asc(documents.id));
}
