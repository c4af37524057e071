import { type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import { documentAccess, documentRole, type Role } from "../core/access.ts";
import { invariant } from "../core/errors.ts";

const { documents, members, projects, projectMembers } = schema;

/** A place in the tree as everybody who may see it knows it: all but the text. */
export const documentColumns = {
  id: documents.id,
  workspaceId: documents.workspaceId,
  projectId: documents.projectId,
  parentId: documents.parentId,
  kind: documents.kind,
  title: documents.title,
  icon: documents.icon,
  rank: documents.rank,
  visibility: documents.visibility,
  /** The nearest of it and those above it with access of its own; null: its project's or the workspace's holds. */
  areaId: sql<string | null>`${documents.scopePath}[1]`.as("area_id"),
  isTemplate: documents.isTemplate,
  version: documents.version,
  createdBy: documents.createdBy,
  createdAt: documents.createdAt,
  updatedBy: documents.updatedBy,
  updatedAt: documents.updatedAt,
  archivedAt: documents.archivedAt,
};

export type DocumentRow = Awaited<ReturnType<typeof readDocument>>;
/** What became of one person's right to a document with access of its own: null when it is gone. */
type DocumentAccessRow = {
  documentId: string;
  userId: string;
  role: Role | null;
  /** They were let in here by name, just now. */
  isAdded: boolean;
};
export type DocumentGroupRow = { documentId: string; groupId: string; role: Role };

declare module "../core/feed/change.ts" {
  interface ChangeRows {
    /**
     * One that is moved to where others may see it, or whose access changes, leaves its old place
     * (`delete`) and comes to the new one (`insert`): each is told to those who may see that place.
     */
    document: DocumentRow;
    /** The change's id is the document's; only the person concerned and the owners see it. */
    documentAccess: DocumentAccessRow;
    /** The change's id is the group's. */
    documentGroup: DocumentGroupRow;
  }
}

/** For verbs that have already authorised. */
export async function readDocument(q: Queryable, id: string) {
  const [row] = await q.select(documentColumns).from(documents).where(eq(documents.id, id));
  return invariant(row, "a document that was just loaded");
}

/** By id; for verbs that have already authorised. */
export async function readDocuments(q: Queryable, ids: string[]) {
  const rows =
    ids.length === 0
      ? []
      : await q
          .select(documentColumns)
          .from(documents)
          .where(sql`${documents.id} = any(${sql.param(ids)}::uuid[])`);
  return new Map(rows.map((row) => [row.id as string, row]));
}

type Page = { userId: string; workspaceId: string; cursor?: string | undefined; limit: number };

/**
 * What this person may see of the workspace's tree, in the order of ids, archived ones too, without
 * what is in the bin. `cursor` is the last id seen.
 */
export async function listDocuments(q: Queryable, { userId, workspaceId, cursor, limit }: Page) {
  const on = documentAccess(userId);
  const rows = await q
    .select({ document: documentColumns })
    .from(documents)
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        isNull(documents.deletedAt),
        isNotNull(documentRole),
        cursor ? gt(documents.id, cursor) : undefined,
      ),
    )
    .orderBy(asc(documents.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map(({ document }) => document);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** This person's role in each document with access of its own that they may see. */
export async function rolesInScopes(q: Queryable, userId: string, workspaceId: string) {
  const on = documentAccess(userId);
  const rows = await q
    .select({ id: documents.id, role: documentRole })
    .from(documents)
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        sql`${documents.scopePath}[1] = ${documents.id}`,
        isNotNull(documentRole),
      ),
    );
  return Object.fromEntries(rows.map((row) => [row.id, invariant(row.role, "filtered above")]));
}
