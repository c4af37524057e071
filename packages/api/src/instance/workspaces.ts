/** The workspaces of this server as their administrators see them: names and numbers, and nothing within. */
import { type Queryable, schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";
import { refused } from "../core/errors.ts";
import { eraseAt } from "../erasure/deletion-days.ts";
import { contains } from "./contains.ts";

const { changes, deletedMembers, documents, fileObjects, members, tasks, users, workspaces } =
  schema;

const openAccount = sql`u.deactivated_at is null and u.closed_at is null`;

/** Of those who can look after it: names of open accounts. */
const ownersOf = (of: typeof members | typeof deletedMembers) => sql`
  select u.name from ${of} m join ${users} u on u.id = m.user_id
  where m.workspace_id = w.id and m.role = 'owner' and ${openAccount}`;

const bytes = sql`(select coalesce(sum(o.size), 0)::float8 from ${fileObjects} o
  where o.workspace_id = w.id)`;
const lastUsed = sql`(select max(c.at) from ${changes} c
  where c.workspace_id = w.id and c.seq = w.change_seq)`;
const people = sql`(select count(*)::int from ${members} m where m.workspace_id = w.id)
  + (select count(*)::int from ${deletedMembers} m where m.workspace_id = w.id)`;

/** What they can be ordered by, the greatest first but for names. */
const orders = {
  size: { value: bytes, way: "desc" },
  lastUsed: { value: sql`coalesce(${lastUsed}, w.created_at)`, way: "desc" },
  members: { value: people, way: "desc" },
  created: { value: sql`w.created_at`, way: "desc" },
  name: { value: sql`lower(w.name)`, way: "asc" },
} satisfies Record<string, { value: SQL; way: "asc" | "desc" }>;
export type WorkspaceOrder = keyof typeof orders;
export const workspaceOrders = Object.keys(orders) as [WorkspaceOrder, ...WorkspaceOrder[]];

const filters = {
  all: sql`w.deleted_at is null`,
  noOwner: sql`w.deleted_at is null and not exists (${ownersOf(members)})`,
  deleted: sql`w.deleted_at is not null`,
} satisfies Record<string, SQL>;
export type WorkspaceFilter = keyof typeof filters;
export const workspaceFilters = Object.keys(filters) as [WorkspaceFilter, ...WorkspaceFilter[]];

type Asked = {
  text?: string | undefined;
  filter: WorkspaceFilter;
  order: WorkspaceOrder;
  /** The last one of the page before. */
  cursor?: string | undefined;
  limit: number;
};

/** Plain SQL answers times as text. */
type AsRead = {
  id: string;
  name: string;
  createdAt: string;
  owners: string[];
  members: number;
  tasks: number;
  documents: number;
  bytes: number;
  lastUsedAt: string | null;
  deletedAt: string | null;
  deletedBy: string | null;
  isErasing: boolean;
};

const date = (text: string | null) => (text === null ? null : new Date(text));

export async function listAllWorkspaces(q: Queryable, asked: Asked) {
  const { text, filter, order, cursor, limit } = asked;
  const { value, way } = orders[order];
  const found = text?.trim();
  const after = way === "desc" ? sql`<` : sql`>`;
  const direction = sql.raw(way);
  if (cursor !== undefined) await requireThere(q, cursor);
  const rows = await q.execute<AsRead>(sql`
    with page as (
      select w.id, ${value} as value from ${workspaces} w where ${filters[filter]}
        ${found ? sql`and w.name ilike ${contains(found)}` : sql``}
        ${
          cursor === undefined
            ? sql``
            : sql`and (${value}, w.id) ${after}
              (select ${value}, w.id from ${workspaces} w where w.id = ${cursor})`
        }
      order by value ${direction}, w.id ${direction} limit ${limit + 1}
    )
    select w.id, w.name, w.created_at as "createdAt", w.deleted_at as "deletedAt",
      (select u.name from ${users} u where u.id = w.deleted_by) as "deletedBy",
      w.erasing_at is not null as "isErasing",
      case when w.deleted_at is null then array(${ownersOf(members)} order by u.name)
        else array(${ownersOf(deletedMembers)} order by u.name) end as owners,
      ${people} as members,
      (select count(*)::int from ${tasks} t where t.workspace_id = w.id
        and t.deleted_at is null) as tasks,
      (select count(*)::int from ${documents} d where d.workspace_id = w.id
        and d.deleted_at is null) as documents,
      ${bytes} as bytes, ${lastUsed} as "lastUsedAt"
    from page p join ${workspaces} w on w.id = p.id
    order by p.value ${direction}, p.id ${direction}`);
  const page = rows.slice(0, limit).map((row) => {
    const deletedAt = date(row.deletedAt);
    return {
      ...row,
      ...{ createdAt: new Date(row.createdAt), lastUsedAt: date(row.lastUsedAt), deletedAt },
      eraseAt: deletedAt && eraseAt(deletedAt),
    };
  });
  return { workspaces: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

async function requireThere(q: Queryable, id: string) {
  const [row] = await q.execute(sql`select from ${workspaces} where id = ${id}`);
  if (row) return;
  throw refused(
    "bad_cursor",
    "The workspace that the list went on from is gone. Start at the top of the list.",
  );
}
