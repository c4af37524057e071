/**
 * What happened, from the feed, newest first.
 *
 * Problem: a reader sees a part of a workspace's feed, and how far back a page of it reaches is not known
 * before it is filtered. Naive answer: go on until the page is full; for who sees little of a busy
 * workspace that is all of it. Choice: one call looks at so many changes at most, and says from where to
 * go on; a page may be short. A project's and a document's changes are found by their own keys.
 *
 * Everything is told through the rights of the moment: a change goes by where it was recorded and where
 * its thing stands now, and a deletion too, as what was there before is told with it; names are those that
 * the reader may see now.
 */
import { type Queryable, schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";
import superjson, { type SuperJSONResult } from "superjson";
import { standingNow, toStanding } from "../changes/standing.ts";
import {
  loadDocument,
  loadProject,
  loadWorkspace,
  readVisibility,
  type Visibility,
} from "../core/access.ts";
import { notFound } from "../core/errors.ts";
import type { Op } from "../core/feed/change.ts";
import { canView } from "../core/visibility/audiences.ts";
import { readNames } from "./read-names.ts";
import { type ShortRow, subjectOf, type ToldEntity, toldEntities } from "./sentences.ts";

const { changes, comments, documents, documentThreads, documentVersions, files, workspaces } =
  schema;

/** So many numbers of a workspace's feed are looked at in one call. */
const WINDOW = 5_000;

export type Asked = {
  workspaceId: string;
  projectId?: string | undefined;
  documentId?: string | undefined;
  /** Older than this number. */
  cursor?: number | undefined;
  /** Newer than this one. */
  after?: number | undefined;
  limit: number;
};

type ItemOf<E extends ToldEntity> = {
  /** Position in the workspace's feed. */
  seq: number;
  at: Date;
  /** Null: somebody whose account is gone, or nobody. */
  actorId: string | null;
  entity: E;
  id: string;
  op: Op;
  row: ShortRow<E> | null;
  /** As it was before; null when that is not known, or it was not there. */
  was: { row: ShortRow<E> | null } | null;
  isDescribed: boolean;
  /** It was there before, for other people. */
  isMoved: boolean;
  subject: NonNullable<ReturnType<typeof subjectOf>>;
};

export type ActivityItem = { [E in ToldEntity]: ItemOf<E> }[ToldEntity];

type Read = {
  seq: string;
  at: string;
  actor_id: string | null;
  entity: ToldEntity;
  id: string;
  op: Op;
  scope_id: string | null;
  standing: string | null;
  row: SuperJSONResult | null;
  was: { row: SuperJSONResult | null } | null;
  described: boolean;
  moved: boolean;
};

export async function listActivity(q: Queryable, userId: string, asked: Asked) {
  const { workspaceId } = asked;
  await loadPlace(q, userId, asked);
  const [visibility, [feed]] = await Promise.all([
    readVisibility(q, userId, workspaceId),
    q.execute<{ seq: string; floor: string; from: string | null }>(sql`
      select change_seq as seq, change_floor as floor,
        (select at from ${changes} c where c.workspace_id = w.id and c.seq = w.change_floor + 1) as "from"
      from ${workspaces} w where w.id = ${workspaceId}`),
  ]);
  // Removed while we read.
  if (!visibility || !feed) throw notFound("workspace");
  const head = Number(feed.seq);
  const floor = Number(feed.floor);
  const before = Math.min(asked.cursor ?? head + 1, head + 1);
  const isWhole = !asked.projectId && !asked.documentId;
  const low = Math.max(floor, asked.after ?? 0, isWhole ? before - 1 - WINDOW : 0);
  const read = await q.execute<Read>(pageOf(asked, visibility, { before, low }));
  const items = read.flatMap((each) => toItem(each, { workspaceId, userId, visibility }) ?? []);
  const last = read.at(-1);
  const rest =
    read.length === asked.limit && last
      ? Number(last.seq)
      : isWhole && low > Math.max(floor, asked.after ?? 0)
        ? low + 1
        : null;
  return {
    items,
    names: await readNames(q, userId, workspaceId, items),
    /** Where the feed stood: ask `after` it for what came since. */
    seq: head,
    /** For older ones; null: there is nothing older. */
    nextCursor: rest,
    /** When older changes were cleared away: from when on they are still here. */
    storedFrom: floor > 0 && feed.from ? new Date(feed.from) : null,
  };
}

/** Whose feed it is, through this person's access; a project or document of another workspace is none. */
async function loadPlace(
  q: Queryable,
  userId: string,
  { workspaceId, projectId, documentId }: Asked,
) {
  if (documentId) {
    const document = await loadDocument(q, userId, documentId, "viewer");
    if (document.workspaceId !== workspaceId) throw notFound("document");
  } else if (projectId) {
    const project = await loadProject(q, userId, projectId, "viewer");
    if (project.workspaceId !== workspaceId) throw notFound("project");
  } else {
    await loadWorkspace(q, userId, workspaceId, "guest");
  }
}

type Range = { before: number; low: number };

function pageOf(asked: Asked, visibility: Visibility, range: Range): SQL {
  const entities = sql.param([...toldEntities]);
  // Each imported task is told by its import, once for all of them.
  const told = (c: SQL) => sql`${c}.workspace_id = ${asked.workspaceId}
    and ${c}.seq < ${range.before} and ${c}.seq > ${range.low} and ${c}.audience_user_id is null
    and ${c}.entity = any(${entities}::text[])
    and not (${c}.entity = 'task' and ${c}.op = 'insert'
      and coalesce(${c}.row #> '{json,source}', 'null') <> 'null')
    and not (${c}.op = 'delete' and ${inSameWrite(c, "insert")})`;
  return sql`with page as (${picked(asked, visibility, told)})
    select ${changes.seq}, ${changes.at}, ${changes.actorId}, ${changes.entity},
      ${changes.entityId} as id, ${changes.op}, ${changes.scopeId} as scope_id,
      ${standingNow} as standing, ${short(sql`${changes}.row`)} as row, was.was,
      coalesce(${changes}.row -> 'json' ? 'description', false) as described,
      ${changes}.op = 'insert' and ${inSameWrite(sql`${changes}`, "delete")} as moved
    from page join ${changes} on ${changes.workspaceId} = ${asked.workspaceId} and ${changes.seq} = page.seq
    left join lateral (
      select jsonb_build_object('row', ${short(sql`w.row`)}) as was from ${changes} w
      where w.entity_id = ${changes}.entity_id and w.entity = ${changes}.entity
        and w.workspace_id = ${changes}.workspace_id and w.seq < ${changes}.seq
        and (w.project_id is not distinct from ${changes}.project_id or (${changes}.op = 'insert'
          and ${visibleScope(sql`w.project_id`, visibility)}))
        and not (w.op = 'delete' and w.at = ${changes}.at)
      order by w.seq desc limit 1
    ) was on true
    order by ${changes.seq} desc`;
}

/**
 * What goes from those who may see it to others, as a document that is made private, is told to the ones as
 * deleted and to the others as new, in one write: nobody did either.
 */
const inSameWrite = (c: SQL, op: Op) => sql`exists (select from ${changes} o
  where o.entity_id = ${c}.entity_id and o.entity = ${c}.entity
    and o.workspace_id = ${c}.workspace_id and o.op = ${sql.raw(`'${op}'`)} and o.at = ${c}.at
    and o.mutation_id is not distinct from ${c}.mutation_id)`;

/** The texts of tasks, comments and imports' reports are long, and told elsewhere. */
const short = (row: SQL) => sql`${row} #- '{json,description}' #- '{json,body}' #- '{json,report}'`;

/** The numbers of a page. */
function picked(asked: Asked, visibility: Visibility, told: (c: SQL) => SQL): SQL {
  const newest = sql`order by c.seq desc limit ${asked.limit}`;
  const c = sql`c`;
  if (asked.documentId) {
    return sql`select c.seq from ${changes} c where ${told(c)} and c.entity_id = any(array(
      select ${asked.documentId}::uuid
      union all select id from ${documentThreads} where document_id = ${asked.documentId}
      union all select said.id from ${comments} said join ${documentThreads} th on th.id = said.thread_id
        where th.document_id = ${asked.documentId}
      union all select id from ${documentVersions} where document_id = ${asked.documentId}
      union all select id from ${files} where document_id = ${asked.documentId}
    )) ${newest}`;
  }
  if (asked.projectId) {
    return sql`select c.seq from (
        select ${asked.projectId}::uuid as id union all
        select d.id from ${documents} d
          where d.project_id = ${asked.projectId} and d.scope_path[1] = d.id
      ) scope cross join lateral (
        select c.seq from ${changes} c where c.project_id = scope.id and ${told(c)} ${newest}
      ) c where ${visibleScope(sql`scope.id`, visibility)} ${newest}`;
  }
  return sql`select c.seq from ${changes} c
    where ${told(c)} and ${visibleScope(sql`c.project_id`, visibility)} ${newest}`;
}

/** `scope` may be null: what is told to all of the workspace. */
function visibleScope(scope: SQL, { role, scopeIds, deletedScopeIds }: Visibility): SQL {
  if (role === "owner") {
    const deleted = sql.param([...deletedScopeIds]);
    return sql`(${scope} is null or not ${scope} = any(${deleted}::uuid[]))`;
  }
  const isSeen = sql`${scope} = any(${sql.param([...scopeIds])}::uuid[])`;
  return role === "guest" ? isSeen : sql`(${scope} is null or ${isSeen})`;
}

type Reader = { workspaceId: string; userId: string; visibility: Visibility };

function toItem(read: Read, { workspaceId, userId, visibility }: Reader): ActivityItem | null {
  const { entity, scope_id: scopeId } = read;
  const place = toStanding(workspaceId, read.standing);
  const event = { id: read.id, row: null };
  const routed = { entity, scopeId, audienceUserId: null, standing: place, event };
  if (!canView(visibility, userId, routed)) return null;
  const row = toRow(read.row);
  const was = read.was && { row: toRow(read.was.row) };
  const about = row ?? was?.row;
  const subject = about
    ? subjectOf(entity, about)
    : scopeId
      ? { entity: "project" as const, id: scopeId }
      : null;
  if (!subject) return null;
  return {
    ...{ seq: Number(read.seq), at: new Date(read.at), entity, id: read.id, op: read.op },
    // What was written in a document is noted in the background, with who wrote it.
    actorId: read.actor_id ?? (entity === "document" ? writerOf(row) : null),
    ...{ row, was, isDescribed: read.described, isMoved: read.moved, subject },
  } as ActivityItem;
}

const toRow = (stored: SuperJSONResult | null): ShortRow<ToldEntity> | null =>
  stored === null ? null : superjson.deserialize(stored);

const writerOf = (row: ShortRow<ToldEntity> | null) =>
  (row as ShortRow<"document"> | null)?.updatedBy ?? null;
