/**
 * What is told to others when it is committed, and not before: who hears of it looks for it at once.
 *
 * Naive answer: whoever opens the transaction tells, after it. But who writes the row is often not who opens
 * the transaction, and a caller that forgets leaves others waiting. Choice: who writes says it of the
 * transaction, and the one place where all of them are opened tells it when it is committed.
 */
import type { Db, Queryable } from "./client.ts";

type Tell = (what: string) => void;

const tellers = new WeakMap<object, Tell>();

/** After the row is written; on a pool it is committed then, in a transaction it waits for that. */
export function announce(q: Queryable, what: string): void {
  tellers.get(q)?.(what);
}

/** From here on `tell` hears, once a transaction, what was announced. Of a savepoint's own nothing is heard. */
export function announceCommits(db: Db, tell: Tell): void {
  tellers.set(db, tell);
  const begin = db.transaction.bind(db);
  db.transaction = async (work, config) => {
    const said = new Set<string>();
    const answer = await begin((tx) => {
      tellers.set(tx, (what) => void said.add(what));
      return work(tx);
    }, config);
    for (const what of said) tell(what);
    return answer;
  };
}
