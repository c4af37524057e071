import type { Tx } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { PgTable } from "drizzle-orm/pg-core";

/** Few enough that making one statement never holds up the event loop for long. */
const ROWS = 500;

/**
 * Inserts many rows at a quarter of the price: they travel as one JSON parameter, where drizzle
 * builds a statement of ten thousand parameters (15,000 rows: 3 s of this process). Every row has
 * the same fields; a field that none of them has gets its default. No bytea.
 */
export async function insertRows<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: Table["$inferInsert"][],
  between: (done: number) => void = () => {},
): Promise<void> {
  const columns = namesOf(rows[0] ?? {});
  for (let i = 0; i < rows.length; i += ROWS) {
    const json = JSON.stringify(rows.slice(i, i + ROWS).map(withColumnNames));
    await tx.execute(
      sql`insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, ${json}::text::json)`,
    );
    between(Math.min(rows.length, i + ROWS));
  }
}

function namesOf(row: object): SQL {
  return sql.join(
    Object.keys(row).map((field) => sql.identifier(toSnakeCase(field))),
    sql`, `,
  );
}

const withColumnNames = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([field, value]) => [toSnakeCase(field), value]));
