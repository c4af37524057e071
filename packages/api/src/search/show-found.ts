/** What was found, as it is now: each row is loaded through the reader's own access, or not shown. */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import {
  documentAccess,
  documentRole,
  joinRoles,
  projectAccess,
  projectRole,
} from "../core/access.ts";
import { wasCalled } from "../tasks/queries.ts";
import { type Marked, markAll, snippet } from "./marks.ts";
import { isFormerKey, type Question, readTaskKey } from "./question.ts";
import type { Ask, Ref } from "./search.ts";
import { type SearchKind, taskText } from "./sources.ts";

const { comments, documents, documentTexts, documentThreads } = schema;
const { files, fileTexts, members, projects, projectMembers, tasks } = schema;

export type Found = {
  kind: SearchKind;
  id: string;
  /** Of a comment: of what it is about. */
  title: Marked;
  /** What its text says where it fits, or how it begins. */
  snippet: Marked | null;
  updatedAt: Date;
  projectId: string | null;
  isArchived: boolean;
  /** Who wrote it, of comments. */
  authorId: string | null;
  /** Of a comment on a document: what it is a part of. */
  threadId: string | null;
  task: { id: string; key: string; statusId: string } | null;
  file: { name: string; type: string; size: number } | null;
  document: {
    id: string;
    kind: (typeof schema.documentKinds)[number];
    title: string;
    icon: string | null;
    /** Titles of what it stands in, outermost first, as far as the reader may see them. */
    path: string[];
  } | null;
};

type Shown = Omit<Found, "title" | "snippet" | "threadId"> & {
  threadId?: string | null;
  title: string;
  text: string;
};
type Load = (tx: Tx, userId: string, ids: string[], words: string[]) => Promise<Shown[]>;

export async function showFound(tx: Tx, userId: string, refs: Ref[], question: Question) {
  const words = question.terms.map(({ word }) => word);
  const shown = new Map<string, Shown>();
  for (const [kind, some] of Map.groupBy(refs, (ref) => ref.kind)) {
    const ids = some.map(({ id }) => id);
    for (const row of await loads[kind](tx, userId, ids, words))
      shown.set(`${kind}/${row.id}`, row);
  }
  await addPaths(tx, userId, [...shown.values()]);
  return refs.flatMap(({ kind, id }): Found[] => {
    const row = shown.get(`${kind}/${id}`);
    if (!row) return [];
    const { text, title, threadId = null, ...rest } = row;
    return [
      { ...rest, threadId, title: markAll(title, question), snippet: snippet(text, question) },
    ];
  });
}

/** Of a long text only what stands around the first of the words: all of it would be megabytes. */
function around(text: SQL, words: string[]): SQL<string> {
  return sql<string>`case when length(${text}) <= 4000 then ${text}
    else substr(${text}, greatest(1, coalesce((
      select min(nullif(strpos(lower(left(${text}, 200000)), w), 0))
      from unnest(${sql.param(words)}::text[]) w), 1) - 300), 2000) end`;
}

const taskFields = {
  updatedAt: tasks.updatedAt,
  projectId: tasks.projectId,
  archivedAt: tasks.archivedAt,
  title: tasks.title,
  taskId: tasks.id,
  key: sql<string>`${projects.key} || '-' || ${tasks.number}`,
  statusId: tasks.statusId,
};

const documentFields = {
  updatedAt: documents.updatedAt,
  projectId: documents.projectId,
  archivedAt: documents.archivedAt,
  title: documents.title,
  documentId: documents.id,
  documentKind: documents.kind,
  icon: documents.icon,
};

type TaskFields = {
  projectId: string | null;
  archivedAt: Date | null;
  taskId: string;
  key: string;
  statusId: string;
};
const ofTask = ({ projectId, archivedAt, taskId, key, statusId }: TaskFields) => ({
  projectId,
  isArchived: archivedAt !== null,
  task: { id: taskId, key, statusId },
  document: null,
  file: null,
});

type DocumentFields = {
  projectId: string | null;
  archivedAt: Date | null;
  title: string;
  documentId: string;
  documentKind: (typeof schema.documentKinds)[number];
  icon: string | null;
};
const ofDocument = ({
  projectId,
  archivedAt,
  documentId,
  documentKind,
  ...rest
}: DocumentFields) => ({
  projectId,
  isArchived: archivedAt !== null,
  task: null,
  file: null,
  document: { id: documentId, kind: documentKind, title: rest.title, icon: rest.icon, path: [] },
});

const loads: Record<SearchKind, Load> = {
  task: async (tx, userId, ids, words) => {
    const on = projectAccess(userId);
    const rows = await tx
      .select({ ...taskFields, text: around(taskText(sql`${tasks}`), words) })
      .from(tasks)
      .innerJoin(projects, eq(projects.id, tasks.projectId))
      .innerJoin(members, on.member)
      .leftJoin(projectMembers, on.projectMember)
      .where(and(inArray(tasks.id, ids), isNull(tasks.deletedAt), isNotNull(projectRole)));
    return rows.map((row) => {
      const { taskId: id, updatedAt, title, text } = row;
      return { ...ofTask(row), kind: "task", id, updatedAt, title, text, authorId: null };
    });
  },

  document: async (tx, userId, ids, words) => {
    const on = documentAccess(userId);
    const rows = await tx
      .select({
        ...documentFields,
        text: sql<string>`coalesce(${around(sql`${documentTexts.text}`, words)}, '')`,
      })
      .from(documents)
      .innerJoin(members, on.member)
      .leftJoin(projects, on.project)
      .leftJoin(projectMembers, on.projectMember)
      .leftJoin(documentTexts, eq(documentTexts.documentId, documents.id))
      .where(and(inArray(documents.id, ids), isNull(documents.deletedAt), isNotNull(documentRole)));
    return rows.map((row) => {
      const { documentId: id, updatedAt, title, text } = row;
      return { ...ofDocument(row), kind: "document", id, updatedAt, title, text, authorId: null };
    });
  },

  comment: async (tx, userId, ids, words) => {
    const workspaceId = sql`coalesce(${tasks.workspaceId}, ${documents.workspaceId})`;
    const inProject = sql`coalesce(${tasks.projectId}, ${documents.projectId})`;
    const role = sql`case when ${comments.taskId} is null then ${documentRole} else ${projectRole} end`;
    const rows = await tx
      .select({
        id: comments.id,
        updatedAt: sql`coalesce(${comments.editedAt}, ${comments.createdAt})`.mapWith(
          comments.createdAt,
        ),
        authorId: comments.authorId,
        threadId: comments.threadId,
        text: around(sql`${comments.body}`, words),
        task: taskFields,
        document: documentFields,
      })
      .from(comments)
      .leftJoin(tasks, eq(tasks.id, comments.taskId))
      .leftJoin(documentThreads, eq(documentThreads.id, comments.threadId))
      .leftJoin(documents, eq(documents.id, documentThreads.documentId))
      .innerJoin(members, and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
      .leftJoin(projects, eq(projects.id, inProject))
      .leftJoin(
        projectMembers,
        and(eq(projectMembers.projectId, projects.id), eq(projectMembers.userId, userId)),
      )
      .where(
        and(
          inArray(comments.id, ids),
          isNull(comments.deletedAt),
          isNull(documents.deletedAt),
          isNull(tasks.deletedAt),
          isNotNull(role),
        ),
      );
    return rows.flatMap(({ task, document, ...row }): Shown[] => {
      const about = task ? ofTask(task) : document ? ofDocument(document) : null;
      const title = (task ?? document)?.title ?? "";
      return about ? [{ ...row, ...about, kind: "comment", title }] : [];
    });
  },

  file: async (tx, userId, ids, words) => {
    const inProject = sql`coalesce(${documents.projectId}, ${tasks.projectId}, ${files.projectId})`;
    const role = sql`case when ${files.documentId} is null then ${projectRole} else ${documentRole} end`;
    const rows = await tx
      .select({
        id: files.id,
        file: { name: files.name, type: files.type, size: files.size },
        updatedAt: files.changedAt,
        projectId: sql<string | null>`${inProject}`,
        authorId: files.createdBy,
        text: sql<string>`coalesce(${around(sql`${fileTexts.text}`, words)}, '')`,
        task: taskFields,
        document: documentFields,
      })
      .from(files)
      .innerJoin(
        members,
        and(eq(members.workspaceId, files.workspaceId), eq(members.userId, userId)),
      )
      .leftJoin(fileTexts, eq(fileTexts.objectId, files.objectId))
      .leftJoin(documents, eq(documents.id, files.documentId))
      .leftJoin(tasks, eq(tasks.id, files.taskId))
      .leftJoin(projects, eq(projects.id, inProject))
      .leftJoin(
        projectMembers,
        and(eq(projectMembers.projectId, projects.id), eq(projectMembers.userId, userId)),
      )
      .where(
        and(
          inArray(files.id, ids),
          isNull(files.deletedAt),
          isNull(documents.deletedAt),
          isNull(tasks.deletedAt),
          isNotNull(role),
        ),
      );
    return rows.map(({ task, document, ...row }) => ({
      ...(task?.taskId
        ? ofTask({ ...task, ...row })
        : document?.documentId
          ? ofDocument({ ...document, ...row })
          : { isArchived: false, task: null, document: null }),
      ...row,
      kind: "file",
      title: row.file.name,
    }));
  },
};

/** A document may be shown to somebody from whom the folder around it is hidden, by its name too. */
async function addPaths(tx: Tx, userId: string, shown: Shown[]) {
  const ids = [...new Set(shown.flatMap(({ document }) => (document ? [document.id] : [])))];
  if (ids.length === 0) return;
  const rows = await tx.execute<{ id: string; title: string }>(sql`
    with recursive above as (
      select d.id, d.parent_id as step, 1 as n from documents d
      where d.id = any(${sql.param(ids)}::uuid[])
      union all
      select above.id, p.parent_id, n + 1 from above join documents p on p.id = above.step
      where n < 50
    )
    select above.id, ${documents.title} as title from above
    join ${documents} on ${documents.id} = above.step
    ${joinRoles(sql`${members.userId} = ${userId}`)}
    where ${documentRole} is not null order by n desc`);
  const paths = Map.groupBy(rows, ({ id }) => id);
  for (const { document } of shown) {
    if (document) document.path = (paths.get(document.id) ?? []).map(({ title }) => title);
  }
}

/** A task by what people call it, ahead of whatever has such a word. */
export async function findByKey(tx: Tx, ask: Ask, text: string) {
  const asksForTasks = ask.kinds === null || ask.kinds.includes("task");
  if (!asksForTasks || ask.personId || ask.states || ask.from || ask.to) return [];
  const find = (where: SQL | undefined) =>
    tx
      .select({ id: tasks.id })
      .from(tasks)
      .innerJoin(projects, eq(projects.id, tasks.projectId))
      .where(
        and(
          where,
          eq(projects.workspaceId, ask.workspaceId),
          ask.projectId ? eq(projects.id, ask.projectId) : undefined,
          isNull(tasks.deletedAt),
        ),
      )
      .limit(ask.limit);
  const key = readTaskKey(text);
  const ofProject = key?.projectKey ? eq(projects.key, key.projectKey) : undefined;
  const now = key ? await find(and(eq(tasks.number, key.number), ofProject)) : [];
  const former = isFormerKey(text) ? await find(wasCalled(ask.workspaceId, text.trim())) : [];
  return [...now, ...former].map(({ id }): Ref => ({ kind: "task", id }));
}
