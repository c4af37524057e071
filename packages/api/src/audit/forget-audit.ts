import { type Db, schema } from "@guildhall/db";
import { inArray, lt, sql } from "drizzle-orm";

const { auditEntries } = schema;

/** In pieces, so that nobody waits for it. */
const AT_ONCE = 5_000;

/** What is older than it is kept; the database lets nobody else delete an entry. Answers how many went. */
export async function forgetAudit(db: Db, keepDays: number): Promise<number> {
  let gone = 0;
  for (;;) {
    const { count } = await db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('guildhall.audit_retention', 'on', true)`);
      const old = tx
        .select({ id: auditEntries.id })
        .from(auditEntries)
        .where(lt(auditEntries.at, sql`now() - make_interval(days => ${keepDays}::int)`))
        .limit(AT_ONCE);
      return tx.delete(auditEntries).where(inArray(auditEntries.id, old));
    });
    gone += count;
    if (count < AT_ONCE) return gone;
  }
}
