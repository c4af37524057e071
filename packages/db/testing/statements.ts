import type postgres from "postgres";
import type { Db } from "../src/client.ts";
import { clientOf } from "../src/compiled-select.ts";

/** What `work` asks of the database, statement by statement, in transactions too. */
export async function statementsOf(db: Db, work: () => Promise<unknown>): Promise<string[]> {
  const client = clientOf(db);
  const texts: string[] = [];
  const noting = (sql: Pick<postgres.Sql, "unsafe">): postgres.Sql["unsafe"] => {
    const unsafe = Object.getOwnPropertyDescriptor(sql, "unsafe")?.value;
    return (text: string, ...rest: unknown[]) => {
      texts.push(text);
      return unsafe(text, ...rest);
    };
  };
  // The pool's own, not those of whoever counts around it.
  const { unsafe, begin } = Object.getOwnPropertyDescriptors(client);
  client.unsafe = noting(client);
  client.begin = ((inside: (tx: postgres.TransactionSql) => unknown) =>
    begin.value?.((tx: postgres.TransactionSql) => {
      tx.unsafe = noting(tx);
      return inside(tx);
    })) as postgres.Sql["begin"];
  try {
    await work();
  } finally {
    Object.defineProperties(client, { unsafe, begin });
  }
  return texts;
}
