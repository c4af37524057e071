/**
 * Tells who follows a document that it was edited, once a sitting: when it is over, by whom it was. Of a
 * sitting that goes on and on they hear every hour.
 */
import { type Queryable, schema } from "@guildhall/db";
import { inArray, type SQL, sql } from "drizzle-orm";
import type { Services } from "../core/context.ts";
import type { JobKind } from "../core/jobs.ts";
import { write } from "../core/write.ts";
import { LONGEST_MS, PAUSE_MS } from "../document-versions/edit-sessions.ts";
import { addNotifications } from "./add-notifications.ts";

const { documents, documentVersions } = schema;

const ago = (at: Date, ms: number): SQL =>
  sql`${new Date(at.getTime() - ms).toISOString()}::timestamptz`;

/** Documents that were written in, and have a version of it (document-versions/) of which nobody has heard. */
const due = (at: Date): SQL => sql`from (
    select document_id, min(created_at) as since, max(created_at) as last
    from ${documentVersions} where not is_told group by document_id
  ) v join ${documents} d on d.id = v.document_id
  where v.last < ${ago(at, PAUSE_MS)} or v.since < ${ago(at, LONGEST_MS)}`;

export async function workspacesWithSittings(q: Queryable, at = new Date()): Promise<string[]> {
  const rows = await q.execute<{ id: string }>(
    sql`select distinct d.workspace_id as id ${due(at)}`,
  );
  return rows.map(({ id }) => id);
}

/** Documents at once, so that no transaction takes long. */
const AT_ONCE = 200;

type Told = {
  id: string;
  documentId: string;
  authorIds: string[];
  endedAt: Date;
};

export const tellSittings = (services: Services, workspaceId: string, at = new Date()) =>
  write(
    { services, actor: null, path: "notifications.sittings" },
    workspaceId,
    async (tx, record) => {
      const found = await tx.execute<{ id: string; createdAt: string }>(sql`
      select d.id, d.created_at as "createdAt" ${due(at)} and d.workspace_id = ${workspaceId}
      limit ${AT_ONCE}`);
      if (found.length === 0) return;
      const ids = found.map(({ id }) => id);
      const versions: Told[] = await tx
        .update(documentVersions)
        .set({ isTold: true })
        .where(sql`${inArray(documentVersions.documentId, ids)} and not is_told`)
        .returning({
          id: documentVersions.id,
          documentId: documentVersions.documentId,
          authorIds: documentVersions.authorIds,
          endedAt: documentVersions.createdAt,
        });
      const place = { workspaceId, sendsMail: services.config.sendsMail };
      const causes = found.flatMap(({ id, createdAt }) =>
        sittingOf(
          id,
          versions.filter(
            ({ documentId, endedAt }) =>
              // What it was made with, as an import or a copy, is no edit of it.
              documentId === id && endedAt.getTime() > new Date(createdAt).getTime() + PAUSE_MS,
          ),
        ),
      );
      for (const change of await addNotifications(tx, place, causes)) record(change);
    },
  );

function sittingOf(documentId: string, versions: Told[]) {
  const last = versions.toSorted((a, b) => a.endedAt.getTime() - b.endedAt.getTime()).at(-1);
  if (!last) return [];
  const authors = [...new Set(versions.flatMap(({ authorIds }) => authorIds))];
  // A version may go on after it was told of.
  const cause = `${last.id}/${last.endedAt.toISOString()}`;
  const concern = { people: "followers" as const, cause, authors };
  return [
    {
      kind: "documentChanged" as const,
      concern,
      actorId: last.authorIds.at(-1) ?? null,
      documentId,
    },
  ];
}

export const sittingJobs = (services: Services): JobKind => ({
  queue: "sittings",
  pollSeconds: 30,
  expireInSeconds: 300,
  retryLimit: 5,
  run: (workspaceId) => tellSittings(services, workspaceId),
  unfinished: () => workspacesWithSittings(services.db),
});
