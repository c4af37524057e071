/**
 * Erases a project whose days are over, as a workspace is erased; what is around it stays as it is.
 *
 * The workspace's feed is one row of numbers without a gap: what it says of the project is blanked in its
 * place (blank-changes.ts), first of all, while the rows still say what was the project's. Bytes that nothing else
 * has go when no row needs them any more, by the same way as those of a file that was long in the bin: who
 * dies before the last of them leaves it to the sweep.
 */
import { schema } from "@guildhall/db";
import { eq, or, sql } from "drizzle-orm";
import type { Services } from "../core/context.ts";
import { write } from "../core/write.ts";
import { dropUnused } from "../files/sweep-files.ts";
import { blankChanges } from "./blank-changes.ts";
import { BATCH, beginErasure, eraseTables } from "./erase-rows.ts";

const { documents, invitations, projects, searchEntries, searchWords } = schema;

/** Yields what it has just done a piece of. */
export async function* eraseProject(services: Services, projectId: string) {
  if (!(await beginErasure(services, projects, projectId))) return;
  yield "begin";
  const workspaceId = await workspaceOf(services, projectId);
  const place = { workspaceId, projectId };
  while ((await blankChanges(services, place)) > 0) yield "changes";
  await eraseInvitations(services, projectId);
  yield "invitations";
  await services.db.delete(searchEntries).where(eq(searchEntries.projectId, projectId));
  yield "search_entries";
  for await (const _ of eraseWords(services, workspaceId)) yield "search_words";
  yield* eraseTables(services, { root: projects, id: projectId }, new Map());
  while ((await dropUnused(services)) > 0) yield "file_objects";
  // What was under way as it began, as the check of a file, has told of itself since: now nothing is left to.
  while ((await blankChanges(services, place)) > 0) yield "changes";
  await finish(services, place);
  yield "projects";
}

async function workspaceOf({ db }: Services, projectId: string): Promise<string> {
  const [row] = await db
    .select({ workspaceId: projects.workspaceId })
    .from(projects)
    .where(eq(projects.id, projectId));
  return row?.workspaceId ?? projectId;
}

/** No reference leads from them to what they let people into. */
const eraseInvitations = ({ db }: Services, projectId: string) =>
  db.delete(invitations).where(
    or(
      eq(invitations.projectId, projectId),
      sql`${invitations.documentId} in (
          select id from ${documents} where ${documents.projectId} = ${projectId})`,
    ),
  );

/** Of the workspace's dictionary what is written nowhere in it any more. */
async function* eraseWords({ db }: Services, workspaceId: string) {
  for (let last = ""; ; ) {
    const [step] = await db.execute<{ last: string | null }>(sql`
      with batch as (
        select word from ${searchWords} where workspace_id = ${workspaceId} and word > ${last}
        order by word limit ${BATCH}),
      gone as (
        delete from ${searchWords} w using batch where w.workspace_id = ${workspaceId}
          and w.word = batch.word and not exists (select from ${searchEntries} e
            where e.workspace_id = ${workspaceId} and e.words @@ quote_literal(w.word)::tsquery))
      select max(word) as last from batch`);
    if (!step?.last) return;
    last = step.last;
    yield;
  }
}

/** In the feed too: who has earlier changes of it in memory forgets them. */
async function finish(services: Services, place: { workspaceId: string; projectId: string }) {
  const { workspaceId, projectId } = place;
  const ctx = { services, actor: null, path: "projects.erase" };
  await write(ctx, workspaceId, async (tx, record) => {
    await tx.delete(projects).where(eq(projects.id, projectId));
    record({ entity: "project", id: projectId, op: "delete", row: null, scopeId: projectId });
  });
}
