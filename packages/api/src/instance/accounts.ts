import { type Queryable, schema } from "@guildhall/db";
import { and, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";

const { accessTokens, fileObjects, files, members, sessions, users } = schema;

export const accountFilters = ["all", "active", "deactivated", "administrators"] as const;
export type AccountFilter = (typeof accountFilters)[number];

type Asked = {
  text?: string | undefined;
  filter: AccountFilter;
  cursor?: string | undefined;
  limit: number;
};

const fits: Record<AccountFilter, SQL | undefined> = {
  all: undefined,
  active: isNull(users.deactivatedAt),
  deactivated: isNotNull(users.deactivatedAt),
  administrators: eq(users.isAdministrator, true),
};

/** What a person wrote is looked for as it stands. */
const contains = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

/** Newest first; ids are in the order of their making. */
export async function listAccounts(q: Queryable, { text, filter, cursor, limit }: Asked) {
  const found = text?.trim();
  const rows = await q
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      createdAt: users.createdAt,
      deactivatedAt: users.deactivatedAt,
      isAdministrator: users.isAdministrator,
      hasSecondFactor: sql<boolean>`${users.secondFactorAt} is not null`,
      /** Of a session that is still there, or a token; null: not since those that are gone. */
      lastUsedAt: sql<Date | null>`greatest(
        (select max(greatest(s.created_at, s.cookie_at)) from ${sessions} s where s.user_id = "users"."id"),
        (select max(t.last_used_at) from ${accessTokens} t where t.user_id = "users"."id"))`.mapWith(
        users.createdAt,
      ),
      sessions: sql<number>`(select count(*)::int from ${sessions} s
        where s.user_id = "users"."id" and s.expires_at > now())`,
      workspaces: sql<number>`(select count(*)::int from ${members} m where m.user_id = "users"."id")`,
      /** Bytes of the files that they uploaded. */
      bytes: sql<number>`(select coalesce(sum(f.size), 0)::float8 from ${files} f
        where f.created_by = "users"."id" and f.deleted_at is null)`,
    })
    .from(users)
    .where(
      and(
        fits[filter],
        found
          ? or(
              sql`${users.name} ilike ${contains(found)}`,
              sql`${users.email} ilike ${contains(found)}`,
            )
          : undefined,
        cursor === undefined ? undefined : lt(users.id, cursor),
      ),
    )
    .orderBy(desc(users.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  return { accounts: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

type WorkspaceOfInstance = {
  id: string;
  name: string;
  createdAt: Date;
  /** Names of those that are active. */
  owners: string[];
  members: number;
  tasks: number;
  documents: number;
  bytes: number;
  lastUsedAt: Date | null;
};

/** Plain SQL answers times as text. */
type AsRead = Omit<WorkspaceOfInstance, "createdAt" | "lastUsedAt"> & {
  createdAt: string;
  lastUsedAt: string | null;
};

/** All of them, by size of what they keep; names of what is within are nobody's here. */
export async function listAllWorkspaces(q: Queryable): Promise<WorkspaceOfInstance[]> {
  const rows = await q.execute<AsRead>(sql`select w.id, w.name, w.created_at as "createdAt",
      array(select u.name from ${members} m join ${users} u on u.id = m.user_id
        where m.workspace_id = w.id and m.role = 'owner' and u.deactivated_at is null
        order by u.name) as owners,
      (select count(*)::int from ${members} m where m.workspace_id = w.id) as members,
      (select count(*)::int from ${schema.tasks} t where t.workspace_id = w.id
        and t.deleted_at is null) as tasks,
      (select count(*)::int from ${schema.documents} d where d.workspace_id = w.id
        and d.deleted_at is null) as documents,
      (select coalesce(sum(o.size), 0)::float8 from ${fileObjects} o
        where o.workspace_id = w.id) as bytes,
      (select max(c.at) from ${schema.changes} c where c.workspace_id = w.id
        and c.seq = w.change_seq) as "lastUsedAt"
    from ${schema.workspaces} w order by bytes desc, w.id limit 500`);
  return rows.map(({ createdAt, lastUsedAt, ...row }) => ({
    ...row,
    createdAt: new Date(createdAt),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
  }));
}
