import { type Queryable, schema } from "@guildhall/db";
import { and, desc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { documentAccess, documentRole, projectRole } from "../core/access.ts";
import { must } from "../core/errors.ts";
import type { FilePlace } from "./load-file.ts";

const { files, tasks, documents, projects, members, projectMembers } = schema;

/** A file as everybody who may see it knows it. */
export const fileColumns = {
  id: files.id,
  workspaceId: files.workspaceId,
  documentId: files.documentId,
  taskId: files.taskId,
  projectId: files.projectId,
  name: files.name,
  type: files.type,
  size: files.size,
  createdBy: files.createdBy,
  createdAt: files.createdAt,
};

export type FileRow = Awaited<ReturnType<typeof readFile>>;

declare module "../core/change.ts" {
  interface ChangeRows {
    file: FileRow;
  }
}

/** For verbs that have already authorised. */
export async function readFile(q: Queryable, id: string) {
  const [row] = await q.select(fileColumns).from(files).where(eq(files.id, id));
  return must(row, "a file that was just loaded");
}

type List = {
  userId: string;
  place: FilePlace;
  deleted: boolean;
  cursor?: string | undefined;
  limit: number;
};

/**
 * The files of a place that this person may see, newest first. Of a project: also those of its tasks
 * and documents. `cursor` is the last id seen.
 */
export async function listFiles(q: Queryable, { userId, place, deleted, cursor, limit }: List) {
  const on = documentAccess(userId);
  const rows = await q
    .select(fileColumns)
    .from(files)
    .leftJoin(tasks, eq(tasks.id, files.taskId))
    .leftJoin(documents, eq(documents.id, files.documentId))
    .leftJoin(projects, eq(projects.id, homeOfFile))
    .innerJoin(members, and(eq(members.workspaceId, files.workspaceId), eq(members.userId, userId)))
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(
        place.documentId ? eq(files.documentId, place.documentId) : undefined,
        place.taskId ? eq(files.taskId, place.taskId) : undefined,
        place.projectId ? eq(homeOfFile, place.projectId) : undefined,
        deleted ? isNotNull(files.deletedAt) : isNull(files.deletedAt),
        isNull(tasks.deletedAt),
        isNull(documents.deletedAt),
        isNotNull(fileRole),
        cursor ? lt(files.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(files.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const homeOfFile = sql`coalesce(${files.projectId}, ${tasks.projectId}, ${documents.projectId})`;
const fileRole = sql`case when ${files.documentId} is null then ${projectRole} else ${documentRole} end`;
