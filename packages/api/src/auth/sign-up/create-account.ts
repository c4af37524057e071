import type { Queryable } from "@guildhall/db";
import { schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";

const { users } = schema;

export async function hasAccounts(q: Queryable): Promise<boolean> {
  const [anyone] = await q.select({ id: users.id }).from(users).limit(1);
  return anyone !== undefined;
}

/**
 * The one way to make an account. The first of a server administers it: of two who come first at once,
 * the one waits for the other. Answers whether this was the first.
 */
export async function createAccount(
  tx: Tx,
  values: typeof users.$inferInsert,
): Promise<{ isFirst: boolean }> {
  const isFirst = !(await hasAccounts(tx)) && !(await hasAccountsLocked(tx));
  await tx.insert(users).values({ ...values, isAdministrator: isFirst });
  return { isFirst };
}

async function hasAccountsLocked(tx: Tx) {
  await tx.execute(sql`lock table ${users} in share row exclusive mode`);
  return hasAccounts(tx);
}
