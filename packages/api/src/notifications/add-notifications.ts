/**
 * Makes notifications in the transaction of their cause: one statement finds everybody concerned who may
 * see the thing now, whatever their number, and inserts a row for each; a second reads them as their
 * people are told of them in the feed.
 */
import type { Tx } from "@guildhall/db";
import type { NotificationKind } from "@guildhall/db/lists";
import type { RecordedChange } from "../core/feed/change.ts";
import { insertFor, relations } from "./insert-for.ts";
import { type Concern, type Kind, kinds } from "./kinds.ts";
import { AS_ONE_OF_MANY } from "./mentions.ts";
import type { SubjectEntity } from "./people-concerned.ts";
import { readNotifications } from "./queries.ts";

/** What somebody may have to be told of. Without a task, document and project it is about the workspace. */
export type Cause = {
  kind: NotificationKind;
  concern: Concern & { cause: string };
  actorId: string | null;
  taskId?: string | null;
  documentId?: string | null;
  projectId?: string | null;
  commentId?: string | null;
  threadId?: string | null;
};

const order = Object.keys(kinds);

function toRow({ kind, concern, ...subject }: Cause) {
  const { people, cause, detail, authors } = concern;
  const told: Kind = kinds[kind];
  return {
    n: order.indexOf(kind),
    kind,
    cause,
    detail: detail ?? null,
    actor_id: subject.actorId,
    task_id: subject.taskId ?? null,
    document_id: subject.documentId ?? null,
    project_id: subject.projectId ?? null,
    comment_id: subject.commentId ?? null,
    thread_id: subject.threadId ?? null,
    relation: Array.isArray(people) ? null : people,
    people: Array.isArray(people) ? people : null,
    authors: authors ?? [],
    channels: told.channels,
    even_if_muted: Boolean(told.evenIfMuted) && !cause.endsWith(AS_ONE_OF_MANY),
    to_actor: told.toActor ?? false,
    gathers: told.gathers ?? false,
  };
}

export type NotificationPlace = {
  workspaceId: string;
  /** Whether this server sends mail: without, nothing waits for it. */
  sendsMail: boolean;
};

/**
 * Returns the changes to be recorded. Of one thing a person hears once in one write, by the kind that
 * comes first; nobody of what they have done themselves, and nobody twice of the same cause. Of what is done
 * to very many tasks at once they are told together.
 */
export async function addNotifications(
  tx: Tx,
  place: NotificationPlace,
  causes: Cause[],
): Promise<RecordedChange[]> {
  const told: RecordedChange[] = [];
  for (const [about, some] of Map.groupBy(causes, subjectEntity)) {
    told.push(...(await addAbout(tx, place, about, some)));
  }
  return told;
}

const subjectEntity = ({ documentId, taskId, projectId }: Cause): SubjectEntity =>
  documentId ? "document" : taskId ? "task" : projectId ? "project" : "workspace";

/** One statement for each kind of thing: what Postgres is not asked for costs nothing. */
async function addAbout(
  tx: Tx,
  place: NotificationPlace,
  about: SubjectEntity,
  causes: Cause[],
): Promise<RecordedChange[]> {
  const insert = insertFor(
    about,
    relations.filter((relation) => causes.some(({ concern }) => concern.people === relation)),
  );
  const made = await insert(tx, { ...place, causes: JSON.stringify(causes.map(toRow)) });
  if (made.length === 0) return [];
  const rows = await readNotifications(
    tx,
    made.map(({ id }) => id),
  );
  return rows.flatMap(({ row, userId: audienceUserId, scopeId, channels }): RecordedChange[] =>
    channels.includes("app")
      ? [
          {
            entity: "notification",
            id: row.id,
            op: "insert",
            row,
            audienceUserId,
            scopeId,
            workspaceId: place.workspaceId,
          },
        ]
      : [],
  );
}
