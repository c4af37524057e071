/**
 * A select whose text is made once, and whose rows are made as fast as by hand.
 *
 * Problem: drizzle builds the text of a query anew for each call (0.2 ms for a wide one) and asks
 * of every field of every row again what kind of field it is: for a list, as much as all the rest.
 * Choice: drizzle's own builder gives the text and the types, once; rows are then read by the
 * columns' own decoders, of which most do nothing and are left out.
 */
import { Column, fillPlaceholders, noopDecoder, type Placeholder, SQL, sql } from "drizzle-orm";
import { PgDialect, QueryBuilder } from "drizzle-orm/pg-core";
import type { PostgresJsSession } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import type { Queryable } from "./client.ts";

/** Builds selects for `compile`; what runs on no connection. */
export const query = new QueryBuilder({ casing: "snake_case" });

type Select<Rows> = {
  toSQL(): { sql: string; params: unknown[] };
  readonly _: { readonly result: Rows; readonly selectedFields: Record<string, unknown> };
};
type Decode = ((value: unknown) => unknown) | null;
type Field = { name: string; decode: Decode } | { name: string; within: Field[] };
type Session = PostgresJsSession<Sql, Record<string, unknown>, Record<string, never>>;

/** The statement's own connection: the pool's, or the transaction's. Drizzle tells its own type of none. */
export const clientOf = (q: Queryable): Sql => (q._.session as unknown as Session).client;

/**
 * `names` are what the select is asked with, each as Postgres takes it (a moment as ISO text). A group of fields is null when the first of it is: of a
 * row that an outer join did not find, start with what is never null.
 */
export function compile<Name extends string, Row>(
  names: readonly Name[],
  build: (at: Record<Name, Placeholder>) => Select<Row[]>,
): (q: Queryable, values: Record<Name, string | number | boolean>) => Promise<Row[]> {
  const at = {} as Record<Name, Placeholder>;
  for (const name of names) at[name] = sql.placeholder(name);
  const select = build(at);
  const { sql: text, params } = select.toSQL();
  const fields = fieldsOf(select._.selectedFields);
  return async (q, values) => {
    const given = fillPlaceholders(params, values) as never[];
    // Sent at once: selects that are started one after the other run in this order.
    const sent = clientOf(q).unsafe(text, given).execute().values();
    const rows = await sent;
    return rows.map((row) => readGroup(fields, row, { next: 0 }) as Row);
  };
}

const dialect = new PgDialect({ casing: "snake_case" });

const KEEP_PLAN = "set local plan_cache_mode = force_generic_plan";

/**
 * The same for a statement in SQL, whose rows come as postgres.js gives them. It is sent at once.
 * `keepsPlan`: Postgres makes its plan once for each connection, from here to the end of the transaction.
 * For what takes longer to plan than to run, and of which Postgres thinks that the values matter.
 */
export function compileSql<Name extends string, Row extends Record<string, unknown>>(
  names: readonly Name[],
  build: (at: Record<Name, Placeholder>) => SQL,
  { keepsPlan = false } = {},
): (q: Queryable, values: Record<Name, string | number | boolean | null>) => Promise<Row[]> {
  const at = {} as Record<Name, Placeholder>;
  for (const name of names) at[name] = sql.placeholder(name);
  const { sql: text, params } = dialect.sqlToQuery(build(at));
  return async (q, values) => {
    const client = clientOf(q);
    const planned = keepsPlan ? client.unsafe(KEEP_PLAN).execute() : null;
    const sent = client.unsafe<Row[]>(text, fillPlaceholders(params, values) as never[]).execute();
    await planned;
    return sent;
  };
}

function fieldsOf(selected: Record<string, unknown>): Field[] {
  return Object.entries(selected).map(([name, field]) => {
    const decoder = decoderOf(field);
    if (decoder) return { name, decode: decodeBy(decoder) };
    return { name, within: fieldsOf(field as Record<string, unknown>) };
  });
}

function readGroup(fields: Field[], row: unknown[], at: { next: number }) {
  const read: Record<string, unknown> = {};
  const first = row[at.next];
  for (const field of fields) {
    if ("within" in field) {
      read[field.name] = readGroup(field.within, row, at);
    } else {
      const value = row[at.next++];
      read[field.name] = value === null || !field.decode ? value : field.decode(value);
    }
  }
  return first === null ? null : read;
}

type Decoder = { mapFromDriverValue: (value: unknown) => unknown };

/** Null for a group of fields. */
function decoderOf(field: unknown): Decoder | null {
  if (field instanceof Column) return field as Decoder;
  const expression = field instanceof SQL.Aliased ? field.sql : field;
  // What `mapWith` was given; drizzle has no public name for it.
  return expression instanceof SQL ? (expression as unknown as { decoder: Decoder }).decoder : null;
}

/** Nothing to do where what postgres.js gives already is what it should be, as for most columns. */
function decodeBy(decoder: Decoder): Decode {
  const { mapFromDriverValue } = decoder;
  if (mapFromDriverValue === Column.prototype.mapFromDriverValue) return null;
  if (mapFromDriverValue === noopDecoder.mapFromDriverValue) return null;
  return (value) => decoder.mapFromDriverValue(value);
}
