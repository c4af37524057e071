/**
 * The rows of an archive, as of one moment.
 *
 * Naive answer: read them while they are sent. Then whoever takes an hour to fetch it holds a snapshot of the
 * database for an hour, or gets rows that name others which came later. Choice: all rows are read at once, as fast
 * as the database gives them, into the store of files, within one REPEATABLE READ transaction; what is sent
 * comes from there. Nothing of it is ever whole in memory, and what a worker that dies leaves is swept.
 */
import { schema, type Tx } from "@guildhall/db";
import { eq, type SQL, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { NOWHERE } from "../../core/access.ts";
import type { Services } from "../../core/context.ts";
import { invariant } from "../../core/errors.ts";
import { PRIVATE } from "../../core/visibility/audiences.ts";
import { snapshot } from "../../core/write.ts";
import { belongsTo, tableName } from "../../erasure/erasure-plan.ts";
import { dropContent } from "../../files/upload/store-file.ts";
import { FORMAT, type Manifest, PEOPLE } from "./format.ts";
import { type Carried, carried, columnsOf, orderOf, referencesOf, rowsAtOnce } from "./tables.ts";

const { changes, filePuts, fileVersions, fileObjects, members, users, workspaces } = schema;

/** Longer than any; the store wants to know. */
const NO_BOUND = Number.MAX_SAFE_INTEGER;

export type Spooled = {
  manifest: Manifest;
  /** Under which key of the store the rows of a table are. */
  tables: { name: string; key: string; rows: number }[];
  /** What is in the store under the id, and the name of a file that has it. */
  objects: { id: string; name: string; size: number }[];
};

export async function withSpooled(
  services: Services,
  { workspaceId, version }: { workspaceId: string; version: string },
  use: (spooled: Spooled) => Promise<void>,
) {
  const keys = [PEOPLE, ...carried.map(({ table }) => tableName(table))].map((name) => ({
    name,
    key: uuidv7(),
  }));
  // Noted before the transaction, which must not wait for a second connection.
  await services.db.insert(filePuts).values(keys.map(({ key }) => ({ objectId: key })));
  try {
    const spooled = await snapshot(services.db, (tx) =>
      spool(tx, services, { workspaceId, version, keys }),
    );
    await use(spooled);
  } finally {
    for (const { key } of keys) await dropContent(services, { key });
  }
}

type Spooling = { workspaceId: string; version: string; keys: { name: string; key: string }[] };

async function spool(tx: Tx, { files }: Services, { workspaceId, version, keys }: Spooling) {
  const manifest = await readManifest(tx, workspaceId, version);
  const queries = new Map(
    carried.map((each) => [tableName(each.table), { each, query: rowsOf(each, workspaceId) }]),
  );
  const tables: Spooled["tables"] = [];
  for (const { name, key } of keys) {
    const found = queries.get(name);
    const tally = { rows: 0 };
    const query = found?.query ?? peopleOf(workspaceId);
    const atOnce = found ? rowsAtOnce(found.each) : 1_000;
    await files.put(key, readLines(tx, { query, atOnce, tally }), NO_BOUND);
    tables.push({ name, key, rows: tally.rows });
  }
  return { manifest, tables, objects: await readObjects(tx, workspaceId) };
}

async function readManifest(tx: Tx, workspaceId: string, guildhall: string): Promise<Manifest> {
  const [row] = await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId));
  const found = invariant(row, "a workspace that was just loaded");
  const { id, name, defaultRole, inviterRole, exporterRole, projectVisibility } = found;
  const { requiresSecondFactor, changeSeq, changeFloor } = found;
  const workspace = { id, name, defaultRole, inviterRole, exporterRole, projectVisibility };
  return {
    ...{ format: FORMAT, guildhall, madeAt: new Date().toISOString() },
    workspace: { ...workspace, requiresSecondFactor, changeSeq, changeFloor },
    columns: Object.fromEntries(
      carried.map((each) => [tableName(each.table), columnsOf(each).map(({ name }) => name)]),
    ),
  };
}

type Reading = { query: SQL; atOnce: number; tally: { rows: number } };

/** A line for each row; a pause of whoever takes them is a pause of the cursor. */
async function* readLines(tx: Tx, { query, atOnce, tally }: Reading) {
  await tx.execute(sql`declare archive no scroll cursor for ${query}`);
  for (;;) {
    const rows = await tx.execute<{ line: string }>(
      sql`fetch forward ${sql.raw(String(atOnce))} from archive`,
    );
    if (rows.length === 0) break;
    tally.rows += rows.length;
    yield Buffer.from(`${rows.map(({ line }) => line).join("\n")}\n`);
  }
  await tx.execute(sql`close archive`);
}

function rowsOf(each: Carried, workspaceId: string): SQL {
  const { table } = each;
  const columns = columnsOf(each).map(({ name }) => selected(each, name));
  const order = orderOf(each).map((name) => sql.identifier(name));
  const where = belongsTo(table, workspaces, workspaceId);
  return sql`select row_to_json(r)::text as line from (select ${sql.join(columns, sql`, `)}
    from ${table} where ${where} order by ${sql.join(order, sql`, `)}) r`;
}

/** Of the feed what was told to one person alone is left blank in its place: the feed has no gap. */
const BLANK: Record<string, SQL> = {
  entity: sql`'follow'`,
  entity_id: sql`${NOWHERE}::uuid`,
  op: sql`'delete'`,
  row: sql`null::jsonb`,
  project_id: sql`null::uuid`,
  audience_user_id: sql`${NOWHERE}::uuid`,
  actor_id: sql`null::uuid`,
  mutation_id: sql`null::uuid`,
};

const blanked = sql`${changes.entity} in (${sql.join(
  [...PRIVATE].map((entity) => sql`${entity}`),
  sql`, `,
)})`;

function selected({ table }: Carried, name: string): SQL {
  const column = sql`${table}.${sql.identifier(name)}`;
  const blank = table === changes ? BLANK[name] : undefined;
  return blank
    ? sql`case when ${blanked} then ${blank} else ${column} end as ${sql.identifier(name)}`
    : column;
}

/** Whoever is named by a row: also those who have left. Addresses are the owners' to read as long as one is in it. */
function peopleOf(workspaceId: string): SQL {
  const named = carried.flatMap((each) => {
    const where = belongsTo(each.table, workspaces, workspaceId);
    return referencesOf(each)
      .filter(({ to }) => to === "users")
      .map(
        ({ column }) =>
          sql`select ${sql.identifier(column)} as id from ${each.table} where ${where}`,
      );
  });
  const { documentVersions } = schema;
  named.push(sql`select unnest(${documentVersions.authorIds}) from ${documentVersions}
    where ${belongsTo(documentVersions, workspaces, workspaceId)}`);
  const isIn = sql`exists (select from ${members} m
    where m.workspace_id = ${workspaceId} and m.user_id = u.id)`;
  return sql`select row_to_json(r)::text as line from (
    select u.id, u.name, case when not ${isIn} then null
      when u.imported_email is not null then nullif(u.imported_email, '')
      when u.erased_at is null then u.email end as email
    from ${users} u join (${sql.join(named, sql` union `)}) named on named.id = u.id
    order by u.id) r`;
}

async function readObjects(tx: Tx, workspaceId: string): Promise<Spooled["objects"]> {
  return tx.execute<{ id: string; name: string; size: number }>(sql`
    select o.id, o.size::float8 as size, coalesce((select v.name from ${fileVersions} v
      where v.object_id = o.id order by v.created_at desc, v.id desc limit 1), 'file') as name
    from ${fileObjects} o where o.workspace_id = ${workspaceId} order by o.id`);
}
