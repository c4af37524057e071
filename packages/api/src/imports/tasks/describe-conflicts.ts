/** Conflicts in words: both values as people read them. */
import { type Queryable, schema } from "@guildhall/db";
import { cutText } from "@guildhall/importers/tasks";
import { eq, inArray } from "drizzle-orm";
import { namesOfAssignees } from "../../workspaces/groups/assignee-names.ts";
import type { TaskImportReport } from "../queries.ts";
import type { Conflict } from "./compare-fields.ts";
import { type ConflictField, importedFields } from "./imported-fields.ts";

const { projects, tasks } = schema;

/** In a report; the rest is decided all together. */
const MOST_LISTED = 200;
const LONGEST = 300;

type Described = NonNullable<TaskImportReport["conflicts"]>;
type Names = Map<string, string>;

export async function describeConflicts(q: Queryable, conflicts: Conflict[]): Promise<Described> {
  const listed = conflicts.slice(0, MOST_LISTED);
  const keys = await keysOf(
    q,
    listed.flatMap(({ here, task }) => [
      task.id,
      ...[here.parentId, task.parentId].filter((id) => id !== null),
      ...here.blockedByIds,
      ...task.blockedByIds,
    ]),
  );
  const people = await namesOfAssignees(
    q,
    listed.flatMap(({ here, task }) => [...here.assigneeIds, ...task.assigneeIds]),
  );
  const nameIn = (names: Names) => (id: string) => names.get(id) ?? "?";
  const words = { person: nameIn(people), task: nameIn(keys) };
  const wordsOf = (field: ConflictField, value: unknown) =>
    shorten(importedFields[field].words(value, words));
  return listed.map(({ field, here, task, take }) => ({
    taskId: task.id,
    key: keys.get(task.id) ?? "",
    title: here.title,
    field,
    here: wordsOf(field, importedFields[field].here(here)),
    file: wordsOf(field, importedFields[field].file(task)),
    take,
  }));
}

const shorten = (text: string) => (text.length > LONGEST ? `${cutText(text, LONGEST)}…` : text);

async function keysOf(q: Queryable, ids: string[]): Promise<Names> {
  if (ids.length === 0) return new Map();
  const rows = await q
    .select({ id: tasks.id, number: tasks.number, project: projects.key })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(inArray(tasks.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, number, project }) => [id, `${project}-${number}`]));
}
