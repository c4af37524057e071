/**
 * What is told of the feed's changes, in words, one row for each entity: which thing a change is about,
 * and its sentences, which go on after a person's name. A task's history and the feeds of activity are
 * made of these; of an entity that stands here as null nothing is told.
 */
import type { ChangeRows, Entity, Op } from "../core/feed/change.ts";
import { isSame } from "../core/same.ts";
import { sentencesOf, taskProperties, type Words } from "../tasks/properties.ts";

type Subject = { entity: "task" | "document" | "project" | "workspace"; id: string };

/** A row without its long texts. */
export type ShortRow<E extends Entity> = Omit<ChangeRows[E], "description" | "body" | "report">;

export type ActivityChange<E extends Entity> = {
  id: string;
  op: Op;
  actorId: string | null;
  /** After the change; null: it was deleted. */
  row: ShortRow<E> | null;
  /** As the feed last told of it before; null when that is not known, or it was not there yet. */
  was: { row: ShortRow<E> | null } | null;
  /** A long text of it was written. */
  isDescribed: boolean;
  /** It was there before, for other people. */
  isMoved: boolean;
};

export type ActivityWords = Words;

type Renderer<E extends Entity> = {
  subject: (row: ShortRow<E>) => Subject | null;
  sentences: (change: ActivityChange<E>, words: ActivityWords) => string[];
};

type Known<E extends Entity> = { was: ShortRow<E>; is: ShortRow<E> };

/** The row before and after, of what was there both times. */
const known = <E extends Entity>({ row, was }: ActivityChange<E>): Known<E> | null =>
  row && was?.row ? { was: was.row, is: row } : null;

/** `created`, `deleted` or `restored`; null when it was there before and after. */
function came<E extends Entity>({ op, row, was, isMoved }: ActivityChange<E>) {
  if (!row) return "deleted";
  if (op !== "insert" || isMoved) return null;
  if (was) return was.row ? null : "restored";
  return "created";
}

const [described = ""] = taskProperties.description.sentences();

const archived = (
  { was, is }: { was: { archivedAt: Date | null }; is: { archivedAt: Date | null } },
  thing: string,
) =>
  isSame(was.archivedAt === null, is.archivedAt === null)
    ? []
    : [`${is.archivedAt ? "archived" : "unarchived"} the ${thing}`];

function taskSentences(change: ActivityChange<"task">, words: ActivityWords): string[] {
  const { row, was, op, isDescribed } = change;
  if (!row) return ["deleted the task"];
  if (!was && op === "insert") {
    return [row.source ? `imported the task from ${row.source.system}` : "created the task"];
  }
  if (was && !was.row) return ["restored the task"];
  const both = known(change);
  const differences = both
    ? [...sentencesOf(both.was, both.is, words), ...archived(both, "task")]
    : [];
  return isDescribed && op === "update" ? [...differences, described] : differences;
}

const thingOf = (row: { kind: "document" | "folder" }) => row.kind;

function documentSentences(change: ActivityChange<"document">): string[] {
  const thing = thingOf(change.row ?? change.was?.row ?? { kind: "document" });
  const how = came(change);
  if (how === "deleted") return [`deleted the ${thing}`];
  if (how) return [`${how} the ${thing}`];
  const both = known(change);
  if (!both) return change.isMoved ? [`shared the ${thing}`] : [];
  const { was, is } = both;
  const told = [
    ...(was.title !== is.title ? [`renamed the ${thing} from “${was.title || "Untitled"}”`] : []),
    ...(was.icon !== is.icon ? [`changed the ${thing}'s icon`] : []),
    ...(was.parentId !== is.parentId ? [`moved the ${thing}`] : []),
    ...(was.visibility !== is.visibility
      ? [is.visibility === "private" ? `made the ${thing} private` : `opened the ${thing} to all`]
      : []),
    ...(was.isTemplate !== is.isTemplate
      ? [is.isTemplate ? "made it a template" : "made it no template any more"]
      : []),
    ...archived(both, thing),
  ];
  const isEdited = !isSame(was.updatedAt, is.updatedAt);
  return told.length > 0 || !isEdited ? told : ["edited the document"];
}

/** "added the status Done" and the like, of the parts of a project. */
function partSentences(
  change: ActivityChange<"status" | "label">,
  part: "status" | "label",
): string[] {
  const name = (change.row ?? change.was?.row)?.name ?? "";
  const how = came(change);
  if (how === "deleted") return [`deleted the ${part} ${name}`];
  if (how) return [`added the ${part} ${name}`];
  const both = known(change);
  if (!both || isSame(both.was, both.is)) return [];
  return both.was.name === both.is.name
    ? [`changed the ${part} ${name}`]
    : [`renamed the ${part} ${both.was.name} to ${name}`];
}

const roleNames = { owner: "an owner", editor: "an editor", viewer: "a viewer", guest: "a guest" };

function memberSentences(change: ActivityChange<"member">, words: ActivityWords): string[] {
  const { id, actorId, row } = change;
  const name = words.person(id) ?? row?.name ?? change.was?.row?.name ?? "a former member";
  const isSelf = id === actorId;
  if (!row) return [isSelf ? "left the workspace" : `removed ${name} from the workspace`];
  if (came(change)) {
    return [isSelf ? "joined the workspace" : `added ${name} as ${roleNames[row.role]}`];
  }
  const both = known(change);
  return both && both.was.role !== both.is.role ? [`made ${name} ${roleNames[row.role]}`] : [];
}

function accessSentences(change: ActivityChange<"projectMember">, words: ActivityWords): string[] {
  const name = words.person(change.id) ?? "a former member";
  const { row } = change;
  if (!row) return [`took ${name}'s access to the project away`];
  return change.op === "insert"
    ? [`added ${name} to the project as ${roleNames[row.role]}`]
    : [`made ${name} ${roleNames[row.role]} of the project`];
}

function projectSentences(change: ActivityChange<"project">): string[] {
  if (came(change) === "created") return ["created the project"];
  const both = known(change);
  if (!both) return change.isDescribed ? [described] : [];
  const { was, is } = both;
  return [
    ...(was.name !== is.name ? [`renamed the project from “${was.name}”`] : []),
    ...(was.key !== is.key ? [`changed the project's key from ${was.key} to ${is.key}`] : []),
    ...(was.visibility !== is.visibility ? [`made the project ${is.visibility}`] : []),
    ...archived(both, "project"),
  ];
}

function fileSentences(change: ActivityChange<"file">): string[] {
  const name = (change.row ?? change.was?.row)?.name ?? "a file";
  const how = came(change);
  if (how === "deleted" || how === "restored") return [`${how} the file ${name}`];
  if (how) return [`attached ${name}`];
  const both = known(change);
  if (!both) return [];
  const { was, is } = both;
  return [
    ...(was.name !== is.name ? [`renamed the file ${was.name} to ${is.name}`] : []),
    ...(was.version !== is.version ? [`put in version ${is.version} of ${is.name}`] : []),
  ];
}

function checklistSentences(change: ActivityChange<"checklist">): string[] {
  const title = (change.row ?? change.was?.row)?.title ?? "";
  const how = came(change);
  if (how) return [`${how === "created" ? "added" : how} the checklist “${title}”`];
  const both = known(change);
  if (!both || both.was.title === title) return [];
  return [`renamed the checklist “${both.was.title}” to “${title}”`];
}

function itemSentences(change: ActivityChange<"checklistItem">, words: ActivityWords): string[] {
  const text = `“${(change.row ?? change.was?.row)?.text ?? ""}”`;
  const how = came(change);
  if (how) return [`${how === "created" ? "added" : how} the checklist item ${text}`];
  const both = known(change);
  if (!both) return [];
  const { was, is } = both;
  const person = (id: string) => words.person(id) ?? "a former member";
  if (was.linkedTaskId !== is.linkedTaskId) {
    return [is.linkedTaskId ? `made a task of ${text}` : `made ${text} a checklist item again`];
  }
  return [
    ...(was.text !== is.text ? [`changed the checklist item “${was.text}” to ${text}`] : []),
    // Of what has become a task that is told itself.
    ...((was.doneAt === null) !== (is.doneAt === null) && !is.linkedTaskId
      ? [`${is.doneAt ? "checked off" : "unchecked"} ${text}`]
      : []),
    ...(was.assigneeId !== is.assigneeId
      ? [
          is.assigneeId
            ? `assigned ${person(is.assigneeId)} to ${text}`
            : `unassigned ${person(was.assigneeId ?? "")} from ${text}`,
        ]
      : []),
    ...(was.dueDate !== is.dueDate
      ? [
          is.dueDate
            ? `set the due date of ${text} to ${words.day(is.dueDate)}`
            : `removed the due date of ${text}`,
        ]
      : []),
  ];
}

const ofTask = (row: { taskId: string }): Subject => ({ entity: "task", id: row.taskId });

/** In the order of what it stands in. */
const placeOf = (row: {
  taskId: string | null;
  documentId: string | null;
  projectId?: string | null;
}): Subject | null =>
  row.taskId
    ? { entity: "task", id: row.taskId }
    : row.documentId
      ? { entity: "document", id: row.documentId }
      : row.projectId
        ? { entity: "project", id: row.projectId }
        : null;

const ofProject = (row: { projectId: string }): Subject => ({
  entity: "project",
  id: row.projectId,
});

const tellers = {
  workspace: {
    subject: (row) => ({ entity: "workspace", id: row.id }),
    sentences: (change) => {
      const both = known(change);
      if (!both) return change.op === "insert" ? ["created the workspace"] : [];
      const { was, is } = both;
      return was.name === is.name ? [] : [`renamed the workspace from “${was.name}”`];
    },
  },
  member: {
    subject: (row) => ({ entity: "workspace", id: row.workspaceId }),
    sentences: memberSentences,
  },
  project: { subject: (row) => ({ entity: "project", id: row.id }), sentences: projectSentences },
  status: { subject: ofProject, sentences: (change) => partSentences(change, "status") },
  label: { subject: ofProject, sentences: (change) => partSentences(change, "label") },
  group: null,
  projectGroup: null,
  documentGroup: null,
  projectMember: { subject: ofProject, sentences: accessSentences },
  task: { subject: (row) => ({ entity: "task", id: row.id }), sentences: taskSentences },
  checklist: { subject: ofTask, sentences: checklistSentences },
  checklistItem: { subject: ofTask, sentences: itemSentences },
  comment: {
    subject: placeOf,
    sentences: (change) => {
      const how = came(change);
      if (how) return [how === "created" ? "commented" : `${how} a comment`];
      const both = known(change);
      if (!both) return [];
      if (!isSame(both.was.resolvedAt ?? null, both.is.resolvedAt ?? null)) {
        return [both.is.resolvedAt ? "resolved a thread" : "reopened a thread"];
      }
      return isSame(both.was.editedAt, both.is.editedAt) ? [] : ["edited a comment"];
    },
  },
  documentThread: {
    subject: (row) => ({ entity: "document", id: row.documentId }),
    // That it begins is told with its first comment.
    sentences: (change) => {
      const both = known(change);
      if (!both || isSame(both.was.resolvedAt, both.is.resolvedAt)) return [];
      return [both.is.resolvedAt ? "resolved a thread" : "reopened a thread"];
    },
  },
  document: {
    subject: (row) => ({ entity: "document", id: row.id }),
    sentences: documentSentences,
  },
  documentVersion: {
    subject: (row) => ({ entity: "document", id: row.documentId }),
    sentences: ({ row }) => (row?.name ? [`named a version “${row.name}”`] : []),
  },
  file: { subject: placeOf, sentences: fileSentences },
  import: {
    subject: (row) => (row.projectId ? { entity: "project", id: row.projectId } : null),
    sentences: ({ row, was }) =>
      row?.mode === "real" && row.state === "done" && was?.row?.state !== "done"
        ? [`imported tasks (${row.total})`]
        : [],
  },
  invitation: null,
  access: null,
  documentAccess: null,
  notification: null,
  follow: null,
} satisfies { [E in Entity]: Renderer<E> | null };

type Tellers = typeof tellers;
export type ToldEntity = { [E in Entity]: Tellers[E] extends null ? never : E }[Entity];

export const toldEntities = Object.entries(tellers).flatMap(([entity, teller]) =>
  teller ? [entity as ToldEntity] : [],
);

// TypeScript does not see that the teller of an entity E tells of E: each is checked above, by `satisfies`.

/** What it is about; `row` as it is after the change, or, of what is gone, before it. */
export const subjectOf = <E extends ToldEntity>(entity: E, row: ShortRow<E>): Subject | null =>
  (tellers[entity] as unknown as Renderer<E>).subject(row);

/** What was done, in sentences that go on after a name; none when there is nothing to tell. */
export const sentencesFor = <E extends ToldEntity>(
  entity: E,
  change: ActivityChange<E>,
  words: ActivityWords,
): string[] => (tellers[entity] as unknown as Renderer<E>).sentences(change, words);
