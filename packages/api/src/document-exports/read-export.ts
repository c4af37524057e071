import { type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import * as Y from "yjs";
import { documentAccess, documentRole } from "../core/access.ts";
import { isExportable } from "../core/rights/may-export.ts";
import { withBelow } from "../documents/subtree.ts";
import type { ExportedDocument } from "./plan-export.ts";

const { documents, documentSnapshots, documentUpdates, members, projects, projectMembers } = schema;

export type Wanted = {
  workspaceId: string;
  projectId?: string | undefined;
  /** With what is below it. */
  documentId?: string | undefined;
  /** Only what this person made. */
  createdBy?: string;
};

/** What this person may see of it and take out, without what is archived or in the bin. */
export async function readExported(
  q: Queryable,
  userId: string,
  { workspaceId, projectId, documentId, createdBy }: Wanted,
): Promise<ExportedDocument[]> {
  const on = documentAccess(userId);
  const below = documentId
    ? (await q.execute<{ id: string }>(sql`${withBelow(documentId)} select id from below`)).map(
        ({ id }) => id,
      )
    : null;
  return q
    .select({
      id: documents.id,
      parentId: documents.parentId,
      kind: documents.kind,
      title: documents.title,
      sourceName: documents.sourceName,
      frontMatter: documents.frontMatter,
      rank: documents.rank,
    })
    .from(documents)
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        projectId ? eq(documents.projectId, projectId) : undefined,
        createdBy ? eq(documents.createdBy, createdBy) : undefined,
        below ? sql`${documents.id} = any(${sql.param(below)}::uuid[])` : undefined,
        isNull(documents.deletedAt),
        isNull(documents.archivedAt),
        isNotNull(documentRole),
        // Somewhere below it they may have less than in the whole.
        isExportable(documentRole),
      ),
    )
    .orderBy(asc(documents.id));
}

/** Each of these texts as one update; one that was never written has none. */
export async function readTexts(q: Queryable, ids: string[]): Promise<Map<string, Uint8Array>> {
  const snapshots = await q
    .select({ id: documentSnapshots.documentId, update: documentSnapshots.state })
    .from(documentSnapshots)
    .where(inArray(documentSnapshots.documentId, ids));
  const updates = await q
    .select({ id: documentUpdates.documentId, update: documentUpdates.update })
    .from(documentUpdates)
    .leftJoin(documentSnapshots, eq(documentSnapshots.documentId, documentUpdates.documentId))
    .where(
      and(
        inArray(documentUpdates.documentId, ids),
        gt(documentUpdates.seq, sql`coalesce(${documentSnapshots.seq}, 0)`),
      ),
    )
    .orderBy(asc(documentUpdates.documentId), asc(documentUpdates.seq));
  const parts = Map.groupBy([...snapshots, ...updates], ({ id }) => id);
  return new Map(
    [...parts].map(([id, rows]) => [id, Y.mergeUpdates(rows.map(({ update }) => update))]),
  );
}
