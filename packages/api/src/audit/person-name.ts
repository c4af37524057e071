import { type Queryable, schema } from "@guildhall/db";
import { eq } from "drizzle-orm";

const { users } = schema;

/** As it is now: an entry keeps it, whatever becomes of the account. */
export async function personName(q: Queryable, userId: string): Promise<string | null> {
  const [person] = await q.select({ name: users.name }).from(users).where(eq(users.id, userId));
  return person?.name ?? null;
}
