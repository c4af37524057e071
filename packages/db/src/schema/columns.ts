import { type AnyColumn, sql } from "drizzle-orm";
import { check, customType, timestamp } from "drizzle-orm/pg-core";

/** Fractional index. COLLATE "C" so that Postgres orders it byte by byte, as the clients do. */
export const rankText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

export const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

export const instant = () => timestamp({ withTimezone: true, mode: "date", precision: 3 });
export const createdAt = () => instant().notNull().defaultNow();

/** That a column holds one of a list, which `enum` alone says to the compiler only. */
export const oneOf = (name: string, column: AnyColumn, values: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(", "))})`);
