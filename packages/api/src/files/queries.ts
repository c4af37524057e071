import { type Queryable, schema } from "@guildhall/db";
import { type AnyColumn, and, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { documentAccess, documentRole, projectRole } from "../core/access.ts";
import { invariant } from "../core/errors.ts";
import { type FileKind, kindOf } from "./file-kind.ts";
import { KNOWN_TYPES } from "./file-type.ts";
import type { FilePlace } from "./load-file.ts";

const { files, fileObjects, tasks, documents, projects, members, projectMembers } = schema;

/** A file as everybody who may see it knows it; of `files` joined with its object. */
export const fileColumns = {
  id: files.id,
  workspaceId: files.workspaceId,
  documentId: files.documentId,
  taskId: files.taskId,
  projectId: files.projectId,
  name: files.name,
  type: files.type,
  size: files.size,
  /** Its number: 1, 2, 3 … */
  version: files.version,
  /** Whether there is a thumbnail: GET /files/<id>?thumbnail */
  preview: fileObjects.preview,
  /** Of an image as it is seen, in pixels; null until that is known. */
  width: fileObjects.width,
  height: fileObjects.height,
  createdBy: files.createdBy,
  createdAt: files.createdAt,
  changedBy: files.changedBy,
  changedAt: files.changedAt,
  deletedAt: files.deletedAt,
};

export type FileRow = Awaited<ReturnType<typeof readFile>>;

declare module "../core/feed/change.ts" {
  interface ChangeRows {
    file: FileRow;
  }
}

export const objectOfFile = eq(fileObjects.id, files.objectId);

/** For verbs that have already authorised. */
export async function readFile(q: Queryable, id: string) {
  const [row] = await q
    .select(fileColumns)
    .from(files)
    .innerJoin(fileObjects, objectOfFile)
    .where(eq(files.id, id));
  return invariant(row, "a file that was just loaded");
}

export const fileOrders = ["newest", "oldest", "name", "largest"] as const;
type FileOrder = (typeof fileOrders)[number];

type List = {
  userId: string;
  place: FilePlace;
  deleted: boolean;
  kind?: FileKind | undefined;
  /** Somewhere in the name. */
  named?: string | undefined;
  order: FileOrder;
  cursor?: string | undefined;
  limit: number;
};

/**
 * The files of a place that this person may see. Of a project: also those of its tasks and documents.
 * `cursor` is the last id seen.
 */
export async function listFiles(q: Queryable, list: List) {
  const { userId, place, deleted, kind, named, cursor, limit } = list;
  const on = documentAccess(userId);
  const { by, direction } = orders[list.order];
  const rows = await q
    .select(fileColumns)
    .from(files)
    .innerJoin(fileObjects, objectOfFile)
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
        kind ? inArray(files.type, typesOf(kind)) : undefined,
        named ? sql`strpos(lower(${files.name}), lower(${named})) > 0` : undefined,
        cursor ? behind(by, direction, cursor) : undefined,
      ),
    )
    .orderBy(sql`${by} ${direction}, ${files.id} ${direction}`)
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const [ascending, descending] = [sql.raw("asc"), sql.raw("desc")];
const orders: Record<FileOrder, { by: SQL | AnyColumn; direction: SQL }> = {
  newest: { by: files.createdAt, direction: descending },
  oldest: { by: files.createdAt, direction: ascending },
  name: { by: sql`lower(${files.name})`, direction: ascending },
  largest: { by: files.size, direction: descending },
};

/** What comes after the file with this id, wherever that stands now. */
function behind(by: SQL | AnyColumn, direction: SQL, cursor: string): SQL {
  const than = direction === ascending ? sql.raw(">") : sql.raw("<");
  const last = sql`(select ${by}, ${files.id} from ${files} where ${files.id} = ${cursor})`;
  return sql`(${by}, ${files.id}) ${than} ${last}`;
}

const typesOf = (kind: FileKind) => KNOWN_TYPES.filter((type) => kindOf(type) === kind);

const homeOfFile = sql`coalesce(${files.projectId}, ${tasks.projectId}, ${documents.projectId})`;
const fileRole = sql`case when ${files.documentId} is null then ${projectRole} else ${documentRole} end`;
