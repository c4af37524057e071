/**
 * Who sees nothing of a workspace until they have a second factor. It stands in the row by which every
 * question for a right begins (`members.awaitsFactor`), so that asking costs nothing; a trigger says it of
 * new rows, and this of those there are, when the workspace or the person has changed.
 */
import { type Db, schema, type Tx } from "@guildhall/db";
import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import { refused } from "../errors.ts";

const { instanceSettings, members, users } = schema;

/** Before what `deriveAwaitsFactor` looks at is changed: nobody becomes a member meanwhile by what was true. */
export const holdMembers = (tx: Tx) =>
  tx.execute(sql`lock table ${members} in share row exclusive mode`);

/** Whom it changed anything for: they are to be notified after the commit. */
export async function deriveAwaitsFactor(tx: Tx, which: SQL): Promise<string[]> {
  const now = sql<boolean>`awaits_factor(${members.workspaceId}, ${members.userId})`;
  const changed = await tx
    .update(members)
    .set({ awaitsFactor: now })
    .where(and(which, ne(members.awaitsFactor, now)))
    .returning({ userId: members.userId });
  return changed.map(({ userId }) => userId);
}

/** What the environment says of the whole server, once at the start: the database derives by its row. */
export async function keepFactorRule(db: Db, secondFactorRequired: boolean): Promise<void> {
  await db.transaction(async (tx) => {
    await holdMembers(tx);
    await tx
      .insert(instanceSettings)
      .values({ id: 1, secondFactorRequired })
      .onConflictDoUpdate({ target: instanceSettings.id, set: { secondFactorRequired } });
    await deriveAwaitsFactor(tx, sql`true`);
  });
}

/** Who requires it of others has one: else they would shut themselves out first. */
export async function demandOwnFactor(tx: Tx, userId: string) {
  const [me] = await tx
    .select({ at: users.secondFactorAt })
    .from(users)
    .where(eq(users.id, userId));
  if (!me?.at) {
    throw refused(
      "second_factor_needed",
      "Nothing was changed: set up a second factor for yourself first, in Settings, Security.",
    );
  }
}

export const secondFactorNeeded = () =>
  refused(
    "second_factor_needed",
    "A second factor is required here. Set up a passkey or an authenticator app in Guildhall, then try again.",
  );
