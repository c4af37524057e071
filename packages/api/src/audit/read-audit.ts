import { type Queryable, schema } from "@guildhall/db";
import { and, desc, eq, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { refused } from "../core/errors.ts";
import { type AuditActionName, auditActions } from "./actions.ts";
import type { AuditAction, AuditSubject } from "./audit-action.ts";
import { sentenceOf } from "./sentence-of.ts";

const { accessTokens, auditEntries, workspaces } = schema;

/** Whose log: a workspace's, or the server's, in which all of them are. */
export type AuditPlace = { workspaceId: string | null };

export type AuditFilter = {
  /** Who did it, or to whom it was done. */
  personId?: string | undefined;
  actions?: AuditActionName[] | undefined;
  from?: Date | undefined;
  /** Not included. */
  until?: Date | undefined;
};

export type AuditPage = AuditFilter & { cursor?: string | undefined; limit: number };

/** What is within a workspace: its names are not for who administers the server and is no member. */
const within: ReadonlySet<AuditSubject> = new Set([
  "document",
  "export",
  "file",
  "project",
  "task",
]);

const conditions = ({ workspaceId }: AuditPlace, { personId, actions, from, until }: AuditFilter) =>
  and(
    workspaceId === null ? undefined : eq(auditEntries.workspaceId, workspaceId),
    personId === undefined
      ? undefined
      : or(eq(auditEntries.actorId, personId), eq(auditEntries.subjectId, personId)),
    actions && actions.length > 0 ? inArray(auditEntries.action, actions) : undefined,
    from && gte(auditEntries.at, from),
    until && lt(auditEntries.at, until),
  );

/** Newest first; `nextCursor` null at the end. Whoever asks was authorised before. */
export async function readAudit(q: Queryable, place: AuditPlace, page: AuditPage) {
  const { cursor, limit, ...filter } = page;
  const rows = await q
    .select({
      entry: auditEntries,
      workspaceName: workspaces.name,
      tokenName: accessTokens.name,
    })
    .from(auditEntries)
    .leftJoin(workspaces, eq(workspaces.id, auditEntries.workspaceId))
    .leftJoin(accessTokens, eq(accessTokens.id, auditEntries.tokenId))
    .where(and(conditions(place, filter), cursor === undefined ? undefined : before(cursor)))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    entries: rows.slice(0, limit).map((row) => shown(row, place)),
    nextCursor: last ? `${last.entry.at.toISOString()}_${last.entry.id}` : null,
  };
}

/** Null where nothing was logged yet. */
export async function readNewestId(q: Queryable, place: AuditPlace): Promise<string | null> {
  const [newest] = await q
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(conditions(place, {}))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(1);
  return newest?.id ?? null;
}

export type ShownEntry = Awaited<ReturnType<typeof readAudit>>["entries"][number];

type Row = {
  entry: typeof auditEntries.$inferSelect;
  workspaceName: string | null;
  tokenName: string | null;
};

function shown({ entry, workspaceName, tokenName }: Row, { workspaceId }: AuditPlace) {
  const known = (auditActions as Record<string, AuditAction | undefined>)[entry.action];
  const kind = known?.subject ?? null;
  const isHidden = workspaceId === null && kind !== null && within.has(kind);
  const subjectName = isHidden && entry.workspaceId ? null : entry.subjectName;
  return {
    id: entry.id,
    at: entry.at,
    action: entry.action,
    /** `who`: the actor's name, or what stands for it; `sentence` goes on after it. */
    ...sentenceOf({
      ...{ action: entry.action, name: subjectName, actorName: entry.actorName },
      isOwn: entry.actorId !== null && entry.actorId === entry.subjectId,
    }),
    actor: entry.actorId ? { id: entry.actorId, name: entry.actorName ?? "" } : null,
    credential: entry.credential,
    tokenName,
    address: entry.address,
    userAgent: entry.userAgent,
    subject: { kind, id: entry.subjectId, name: subjectName },
    before: entry.before,
    after: entry.after,
    times: entry.times,
    workspace: entry.workspaceId ? { id: entry.workspaceId, name: workspaceName } : null,
  };
}

const CURSOR =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function before(cursor: string): SQL {
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at))) {
    throw refused("bad_cursor", "This place in the log isn't known. Begin at its newest entry.");
  }
  return sql`(${auditEntries.at}, ${auditEntries.id}) < (${at}::timestamptz, ${id}::uuid)`;
}

/** Whom the log can be filtered by, by the names they had last. */
export async function readAuditPeople(q: Queryable, { workspaceId }: AuditPlace) {
  const { actorId: id, actorName: name } = auditEntries;
  const rows = await q
    .selectDistinctOn([id], { id, name })
    .from(auditEntries)
    .where(
      and(
        sql`${id} is not null`,
        workspaceId === null ? undefined : eq(auditEntries.workspaceId, workspaceId),
      ),
    )
    .orderBy(id, desc(auditEntries.at))
    .limit(1_000);
  return rows
    .flatMap(({ id, name }) => (id ? [{ id, name: name ?? "" }] : []))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}
