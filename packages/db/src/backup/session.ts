import postgres from "postgres";

/** One connection for one transaction. Ending it is the rollback: the server takes back what is open. */
export type Session = {
  sql: postgres.ReservedSql;
  end(): Promise<void>;
};

export async function openSession(url: string, name: string): Promise<Session> {
  const pool = postgres(url, {
    max: 1,
    connect_timeout: 10,
    max_lifetime: null,
    idle_timeout: 0,
    // fetch_types stays on: without it, postgres.js 3.4.9 never answers the first reserve().
    onnotice: () => {},
    connection: {
      application_name: name,
      // An account may carry bounds meant for requests; a large table takes as long as it takes.
      statement_timeout: 0,
      idle_in_transaction_session_timeout: 0,
      lock_timeout: 10_000,
      // The same text for the same value, whatever the database is set to.
      TimeZone: "UTC",
      DateStyle: "ISO, YMD",
      IntervalStyle: "postgres",
      extra_float_digits: 1,
      bytea_output: "hex",
    },
  });
  const end = () => pool.end({ timeout: 0 });
  try {
    return { sql: await pool.reserve(), end };
  } catch (error) {
    await end();
    throw error;
  }
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const tableName = (name: string) => `public.${quoted(name)}`;

/** Tables of `public` with their columns; those of an extension and columns that compute themselves are not ours to fill. */
export async function readTables(sql: postgres.ReservedSql) {
  return await sql<{ name: string; columns: string[] }[]>`
    select c.relname as name, json_agg(a.attname order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and not exists (
        select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
      )
    group by c.relname
    order by c.relname`;
}

/** Null: no Guildhall ever ran on this database. */
export async function readMigrations(sql: postgres.ReservedSql) {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return null;
  const rows = await sql<{ when: string; hash: string }[]>`
    select created_at as when, hash from drizzle.__drizzle_migrations order by created_at`;
  return rows.map(({ when, hash }) => ({ when: Number(when), hash }));
}
