import type { Sql, TransactionSql } from "postgres";

/** Every connection keeps each named statement, and Postgres its plan: dynamic texts must not pile up. */
const MOST = 500;
/** In characters. Finding everybody whom a change concerns takes six thousand. */
const LONGEST = 12_288;
/** A list of values makes a text of its own for each length. */
const MOST_PARAMETERS = 40;

/**
 * The same pool, whose statements with parameters are named ("prepared"): an unnamed one costs
 * postgres.js two journeys, to hear the types of its parameters and then to run, and Postgres a new
 * plan. drizzle names only what is built by `prepare`, and nothing in a transaction. When a migration
 * changes what a named statement returns, postgres.js makes it anew; in a transaction it cannot, and
 * the statement fails with 0A000, once on each connection.
 */
export function nameStatements(pool: Sql): Sql {
  const named = new Set<string>();
  const worthIt = (text: string, parameters: unknown[]) => {
    if (named.has(text)) return true;
    if (named.size >= MOST || text.length > LONGEST || parameters.length > MOST_PARAMETERS) {
      return false;
    }
    named.add(text);
    return true;
  };

  function naming<Some extends Sql | TransactionSql>(sql: Some): Some {
    const { unsafe } = sql;
    sql.unsafe = ((text: string, parameters: never[] = [], options = {}) => {
      const prepare = parameters.length > 0 && worthIt(text, parameters);
      return unsafe(text, parameters, { ...options, prepare });
    }) as Sql["unsafe"];
    return sql;
  }

  type Work = (tx: TransactionSql) => unknown;
  const { begin } = pool;
  pool.begin = ((...args: [Work] | [string, Work]) => {
    const work = args.pop() as Work;
    const options = (args[0] as string | undefined) ?? "";
    return begin(options, (tx) => {
      const { savepoint } = naming(tx);
      tx.savepoint = ((inner: Work) =>
        savepoint((nested) => inner(naming(nested)))) as TransactionSql["savepoint"];
      return work(tx);
    });
  }) as Sql["begin"];
  return naming(pool);
}
