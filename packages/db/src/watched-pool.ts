import type { Sql } from "postgres";

/** Runs a transaction, from waiting for a connection to the commit, for whoever measures it. */
export type AroundTransaction = <T>(run: () => Promise<T>) => Promise<T>;

/**
 * The same pool, which tells what is under way on it: postgres.js itself says nothing of its
 * connections. What drizzle calls is counted, single statements and whole transactions.
 */
export function watchPool(
  pool: Sql,
  aroundTransaction: AroundTransaction,
): { sql: Sql; underWay: () => number } {
  let underWay = 0;
  const done = () => void underWay--;
  const count = <T extends Promise<unknown>>(work: T): T => {
    underWay++;
    // A query of postgres.js runs when its own `then` is called: this one only listens.
    Promise.prototype.then.call(work, done, done);
    return work;
  };
  const unsafe = (...args: Parameters<Sql["unsafe"]>) => count(pool.unsafe(...args));
  const begin = (...args: [never]) => count(aroundTransaction(() => pool.begin(...args)));
  const sql = new Proxy(pool, {
    get(target, name) {
      if (name === "unsafe") return unsafe;
      if (name === "begin") return begin;
      return Reflect.get(target, name);
    },
  });
  return { sql, underWay: () => underWay };
}
