import { type Queryable, schema } from "@guildhall/db";
import type { FollowState } from "@guildhall/db/lists";
import { and, eq, sql } from "drizzle-orm";
import { loadDocument, loadProject, loadTask, scopeOf } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { write } from "../core/write.ts";
import { followersOf, muted, type Subject } from "./people-concerned.ts";

const { follows } = schema;

export type Followed = Subject & { entity: "task" | "document" | "project" };

/** What can be followed, if this person may see it. */
async function loadFollowed(q: Queryable, userId: string, { entity, id }: Followed) {
  if (entity === "document") {
    const document = await loadDocument(q, userId, id, "viewer");
    const { workspaceId, projectId } = document;
    return { workspaceId, placeId: projectId, scopeId: scopeOf(document) };
  }
  if (entity === "project") {
    const { workspaceId } = await loadProject(q, userId, id, "viewer");
    return { workspaceId, placeId: id, scopeId: id };
  }
  const { workspaceId, projectId } = await loadTask(q, userId, id, "viewer");
  return { workspaceId, placeId: projectId, scopeId: projectId };
}

const columns = { task: follows.taskId, document: follows.documentId, project: follows.projectId };
const fields = { task: "taskId", document: "documentId", project: "projectId" } as const;

type SetFollow = Followed & { state: FollowState | null };

/** Null: as it is by itself, for who is assigned to it, made it, spoke about it or was mentioned. */
export function setFollow(ctx: MutationContext, { state, ...subject }: SetFollow) {
  const userId = ctx.actor.user.id;
  const { entity, id } = subject;
  return write(ctx, null, async (tx, record) => {
    const { workspaceId, scopeId } = await loadFollowed(tx, userId, subject);
    if (state === null) {
      await tx.delete(follows).where(and(eq(follows.userId, userId), eq(columns[entity], id)));
    } else {
      await tx
        .insert(follows)
        .values({ userId, workspaceId, [fields[entity]]: id, state })
        .onConflictDoUpdate({ target: [columns[entity], follows.userId], set: { state } });
    }
    const row = { subject, state };
    record({
      ...{ entity: "follow", id, op: "update", row },
      ...{ audienceUserId: userId, scopeId, workspaceId },
    });
    return row;
  });
}

/** What somebody has said of it, and whether they are told of what happens to it all in all. */
export async function readFollow(q: Queryable, userId: string, { entity, id }: Followed) {
  const { placeId } = await loadFollowed(q, userId, { entity, id });
  const is = (one: Followed["entity"]) => (one === entity ? id : null);
  const [row] = await q.execute<{ state: FollowState | null; isFollowing: boolean }>(sql`
    with s as (select ${is("task")}::uuid as task_id, ${is("document")}::uuid as document_id,
      ${is("project")}::uuid as project_id, ${placeId}::uuid as place_id)
    select (select state from ${follows} where user_id = ${userId} and (task_id = s.task_id
        or document_id = s.document_id or project_id = s.project_id)) as state,
      not ${muted("s", sql`${userId}`)} and exists (
        select from ${followersOf("s")} f where f.user_id = ${userId}) as "isFollowing"
    from s`);
  return { state: row?.state ?? null, isFollowing: row?.isFollowing ?? false };
}
