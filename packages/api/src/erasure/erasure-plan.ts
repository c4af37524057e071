/**
 * Which rows belong to a workspace, a project or an account, in the order in which they can go.
 *
 * Naive answer: a list of tables by hand, which the next new table is missing from. Choice: read from the
 * schema. Whatever refers to it by a reference that goes with it, or to something that does, belongs to it;
 * who refers goes before what is referred to.
 */
import { schema } from "@guildhall/db";
import { is, type SQL, sql } from "drizzle-orm";
import { getTableConfig, type PgColumn, PgTable } from "drizzle-orm/pg-core";

const { projects, users, workspaces } = schema;

export type Root = typeof workspaces | typeof projects;

type Reference = { column: PgColumn; to: PgTable; toColumn: PgColumn; goesWith: boolean };

const tables = Object.values<unknown>(schema).flatMap((each) =>
  is(each, PgTable) ? [each as PgTable] : [],
);

const references = new Map<PgTable, Reference[]>(
  tables.map((table) => [
    table,
    getTableConfig(table).foreignKeys.flatMap((key) => {
      const { columns, foreignColumns, foreignTable } = key.reference();
      const [column, toColumn] = [columns[0], foreignColumns[0]];
      if (!column || !toColumn || columns.length > 1) return [];
      const goesWith = key.onDelete === "cascade";
      return [{ column, to: foreignTable, toColumn, goesWith }];
    }),
  ]),
);

const namesOf = new WeakMap<PgTable, string>(
  tables.map((table) => [table, getTableConfig(table).name]),
);
export const tableName = (table: PgTable) => namesOf.get(table) ?? "";

/** All that goes with `root`, without itself. */
function belonging(root: PgTable): Set<PgTable> {
  const found = new Set<PgTable>([root]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [table, refs] of references) {
      if (refs.some(({ to, goesWith }) => goesWith && found.has(to))) found.add(table);
    }
  }
  found.delete(root);
  return found;
}

/** In the order in which they can go: what refers to a table stands before it. */
export function erasureOrder(root: Root | typeof users): PgTable[] {
  const all = belonging(root);
  const order: PgTable[] = [];
  const seen = new Set<PgTable>();
  const visit = (table: PgTable) => {
    if (seen.has(table)) return;
    seen.add(table);
    for (const [other, refs] of references) {
      if (all.has(other) && refs.some(({ to }) => to === table)) visit(other);
    }
    order.push(table);
  };
  for (const table of all) visit(table);
  return order;
}

/**
 * Which rows of it: by the shortest way, its own reference to the root where each row has one; else by any.
 * Of what refers to itself the rest goes with what it refers to.
 */
export function belongsTo(table: PgTable, root: PgTable, id: string): SQL {
  const all = belonging(root);
  const refs = (references.get(table) ?? []).filter(({ goesWith }) => goesWith);
  const sure = refs.find(({ to, column }) => to === root && column.notNull);
  if (sure) return sql`${sure.column} = ${id}`;
  const ways = refs.filter(({ to }) => to === root || (to !== table && all.has(to)));
  return sql`(${sql.join(
    ways.map(({ column: own, to, toColumn }) =>
      to === root
        ? sql`${own} = ${id}`
        : sql`${own} in (select ${toColumn} from ${to} where ${belongsTo(to, root, id)})`,
    ),
    sql` or `,
  )})`;
}
