/** How the things that activity tells of are called now, as far as this person may see them. */
import { type Queryable, schema } from "@guildhall/db";
import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { documentAccess, documentRole, projectAccess, projectRole } from "../core/access.ts";
import type { ActivityItem } from "./list-activity.ts";

const { comments, documents, members, projectMembers, projects, tasks } = schema;

/** Of a comment, in characters. */
const EXCERPT = 280;

export async function readNames(
  q: Queryable,
  userId: string,
  workspaceId: string,
  items: readonly ActivityItem[],
) {
  const about = (entity: string) =>
    items.flatMap(({ subject }) => (subject.entity === entity ? [subject.id] : []));
  const named = items.flatMap((item) =>
    item.entity === "task"
      ? [item.row, item.was?.row].flatMap((row) =>
          row ? [...(row.parentId ? [row.parentId] : []), ...row.blockedByIds] : [],
        )
      : [],
  );
  const taskIds = [...new Set([...about("task"), ...named])];
  const documentIds = [...new Set(about("document"))];
  const commentIds = items.flatMap(({ entity, id }) => (entity === "comment" ? [id] : []));
  const [taskNames, documentNames, excerpts] = await Promise.all([
    tasksNamed(q, userId, workspaceId, taskIds),
    documentsNamed(q, userId, workspaceId, documentIds),
    excerptsOf(q, commentIds),
  ]);
  return { tasks: taskNames, documents: documentNames, comments: excerpts };
}

function tasksNamed(q: Queryable, userId: string, workspaceId: string, ids: string[]) {
  const on = projectAccess(userId);
  const key = sql<string>`${projects.key} || '-' || ${tasks.number}`;
  return q
    .select({ id: tasks.id, key, title: tasks.title })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .innerJoin(members, on.member)
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(
        ...[inArray(tasks.id, ids), eq(tasks.workspaceId, workspaceId)],
        ...[isNull(tasks.deletedAt), isNotNull(projectRole)],
      ),
    );
}

function documentsNamed(q: Queryable, userId: string, workspaceId: string, ids: string[]) {
  const on = documentAccess(userId);
  const { id, title, icon, kind } = documents;
  return q
    .select({ id, title, icon, kind })
    .from(documents)
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(
        ...[inArray(documents.id, ids), eq(documents.workspaceId, workspaceId)],
        ...[isNull(documents.deletedAt), isNotNull(documentRole)],
      ),
    );
}

/** Of those that the reader was just given; of a deleted one nothing is told. */
const excerptsOf = (q: Queryable, ids: string[]) =>
  q
    .select({ id: comments.id, excerpt: sql<string>`left(${comments.body}, ${EXCERPT})` })
    .from(comments)
    .where(and(inArray(comments.id, ids), isNull(comments.deletedAt)));
