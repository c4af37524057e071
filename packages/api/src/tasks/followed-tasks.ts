import { type Queryable, schema } from "@guildhall/db";
import { and, desc, isNull, or, sql } from "drizzle-orm";
import { isMine, isOpen, visibleTasks } from "./queries.ts";

const { comments, follows, notifications, tasks } = schema;

/** The latest of them. */
const MOST = 200;

/**
 * Open tasks of others' that this person follows: by having made them, spoken about them or been named
 * there, or because they said so; not those that they muted, nor what is theirs. As for notifications
 * (people-concerned.ts), but for what is followed with a whole project.
 */
export function followedTasks(q: Queryable, userId: string, workspaceId: string) {
  const said = (state: "follow" | "mute") => sql`exists (select from ${follows} f
    where f.task_id = ${tasks.id} and f.user_id = ${userId} and f.state = ${state})`;
  const isFollowed = or(
    sql`${tasks.createdBy} = ${userId}`,
    sql`exists (select from ${comments} c where c.task_id = ${tasks.id}
      and c.author_id = ${userId} and c.deleted_at is null)`,
    sql`exists (select from ${notifications} n where n.task_id = ${tasks.id}
      and n.user_id = ${userId} and n.kind = 'mentioned' and n.cause not like '%/everyone')`,
    said("follow"),
  );
  return visibleTasks(
    q,
    userId,
    workspaceId,
    and(
      isFollowed,
      isOpen,
      isNull(tasks.archivedAt),
      sql`not ${isMine(userId)}`,
      sql`not ${said("mute")}`,
    ),
  )
    .orderBy(desc(tasks.updatedAt))
    .limit(MOST);
}
