import type { SQL } from "drizzle-orm";
import type { Queryable } from "./client.ts";
import { clientOf } from "./compiled-select.ts";

/** A statement of drizzle's builders, or one written in SQL. */
export type Statement = SQL | { toSQL(): { sql: string; params: unknown[] } };

/**
 * Hands a statement to the connection at once, before anything that is asked after it:
 * drizzle starts a query some turns after it is awaited, and not all kinds after as many. What is sent
 * without waiting for the one before travels together, and Postgres runs it in this order.
 */
export function sendNow<Row extends Record<string, unknown>>(
  tx: Queryable,
  statement: Statement,
): Promise<Row[]> {
  const built = "toSQL" in statement ? statement.toSQL() : tx.execute(statement).getQuery();
  return clientOf(tx)
    .unsafe<Row[]>(built.sql, built.params as never[])
    .execute();
}
