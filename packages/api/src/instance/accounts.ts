import { type Queryable, schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";
import { refused } from "../core/errors.ts";
import { contains } from "./contains.ts";

const { files, members, sessions, users } = schema;

/** Of the files that they uploaded. */
const bytes = sql`(select coalesce(sum(f.size), 0)::float8 from ${files} f
  where f.created_by = u.id and f.deleted_at is null)`;

/** What they can be ordered by, the newest or greatest first but for names. */
const orders = {
  created: { value: sql`u.id`, way: "desc" },
  lastUsed: { value: sql`coalesce(u.last_used_at, '-infinity')`, way: "desc" },
  name: { value: sql`lower(u.name)`, way: "asc" },
  size: { value: bytes, way: "desc" },
} satisfies Record<string, { value: SQL; way: "asc" | "desc" }>;
export type AccountOrder = keyof typeof orders;
export const accountOrders = Object.keys(orders) as [AccountOrder, ...AccountOrder[]];

const filters = {
  all: sql`true`,
  active: sql`u.deactivated_at is null and u.closed_at is null`,
  deactivated: sql`u.deactivated_at is not null`,
  closed: sql`u.closed_at is not null`,
  administrators: sql`u.is_administrator`,
} satisfies Record<string, SQL>;
export type AccountFilter = keyof typeof filters;
export const accountFilters = Object.keys(filters) as [AccountFilter, ...AccountFilter[]];

type Asked = {
  text?: string | undefined;
  filter: AccountFilter;
  order: AccountOrder;
  /** The last one of the page before. */
  cursor?: string | undefined;
  limit: number;
};

/** Plain SQL answers times as text. */
type AsRead = {
  id: string;
  name: string;
  email: string;
  createdAt: string;
  pictureKey: string | null;
  deactivatedAt: string | null;
  /** By themselves; erased some days later. */
  closedAt: string | null;
  isAdministrator: boolean;
  hasSecondFactor: boolean;
  lastUsedAt: string | null;
  sessions: number;
  workspaces: number;
  bytes: number;
};

const date = (text: string | null) => (text === null ? null : new Date(text));

export async function listAccounts(q: Queryable, asked: Asked) {
  const { text, filter, order, cursor, limit } = asked;
  const { value, way } = orders[order];
  const found = text?.trim();
  const fits = found
    ? sql`and (u.name ilike ${contains(found)} or u.email ilike ${contains(found)})`
    : sql``;
  const direction = sql.raw(way);
  const after = way === "desc" ? sql`<` : sql`>`;
  if (cursor !== undefined) await requireThere(q, cursor);
  const rows = await q.execute<AsRead>(sql`
    with page as (
      select u.id, ${value} as value from ${users} u
      where u.erased_at is null and ${filters[filter]} ${fits}
        ${
          cursor === undefined
            ? sql``
            : sql`and (${value}, u.id) ${after}
              (select ${value}, u.id from ${users} u where u.id = ${cursor})`
        }
      order by value ${direction}, u.id ${direction} limit ${limit + 1}
    )
    select u.id, u.name, u.email, u.created_at as "createdAt",
      u.picture_key as "pictureKey", u.deactivated_at as "deactivatedAt",
      u.closed_at as "closedAt", u.is_administrator as "isAdministrator",
      u.second_factor_at is not null as "hasSecondFactor", u.last_used_at as "lastUsedAt",
      (select count(*)::int from ${sessions} s
        where s.user_id = u.id and s.expires_at > now()) as sessions,
      (select count(*)::int from ${members} m where m.user_id = u.id) as workspaces,
      ${bytes} as bytes
    from page p join ${users} u on u.id = p.id
    order by p.value ${direction}, p.id ${direction}`);
  const page = rows.slice(0, limit).map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    ...{ deactivatedAt: date(row.deactivatedAt), closedAt: date(row.closedAt) },
    lastUsedAt: date(row.lastUsedAt),
  }));
  return { accounts: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

async function requireThere(q: Queryable, id: string) {
  const [row] = await q.execute(sql`select from ${users} where id = ${id}`);
  if (row) return;
  throw refused(
    "bad_cursor",
    "The account that the list went on from is gone. Start at the top of the list.",
  );
}
