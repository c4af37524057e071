/**
 * Who sees nothing of a workspace until they have a second factor. It stands in the row by which every
 * question for a right begins (`members.awaitsFactor`), so that asking costs nothing; a trigger says it of
 * new rows, and this of those there are, when the workspace or the person has changed.
 */
import { type Db, type Queryable, schema, type Tx } from "@guildhall/db";
import { and, eq, ne, not, notInArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { refused } from "../errors.ts";

const { identities, instanceSettings, members, users } = schema;

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

/** As a condition; what the environment says goes before what was set in the app. */
export const serverRequiresFactor = sql<boolean>`exists (select from ${instanceSettings}
  where coalesce(second_factor_required_by_environment, second_factor_required))`;

/** Whether they have one of their own, or come only by providers that answer for theirs. */
export const hasFactor = (userId: SQLWrapper) => sql<boolean>`has_factor(${userId})`;

/** Whether the whole server requires a factor of this person, who has none. */
export async function awaitsServerFactor(q: Queryable, userId: string): Promise<boolean> {
  const awaits = and(eq(users.id, userId), not(hasFactor(users.id)), serverRequiresFactor);
  return (await q.$count(users, awaits)) > 0;
}

/** What the operator says, in the environment. */
type FactorRule = {
  /** Of the whole server; null: nothing. */
  isRequired: boolean | null;
  /** The providers whose word counts as a factor. */
  providers: readonly string[];
};

/** Once at the start: the database derives by its rows. */
export async function keepFactorRule(db: Db, { isRequired, providers }: FactorRule) {
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(instanceSettings);
    const isNew = (row?.secondFactorRequiredByEnvironment ?? null) !== isRequired;
    const noMore = and(
      eq(identities.satisfiesFactor, true),
      notInArray(identities.provider, [...providers]),
    );
    if (!isNew && (await tx.$count(identities, noMore)) === 0) return;
    await holdMembers(tx);
    const set = { secondFactorRequiredByEnvironment: isRequired };
    await tx
      .insert(instanceSettings)
      .values({ id: 1, ...set })
      .onConflictDoUpdate({ target: instanceSettings.id, set });
    await tx.update(identities).set({ satisfiesFactor: false }).where(noMore);
    await deriveAwaitsFactor(tx, sql`true`);
  });
}

/** Who requires it of others has one: else they would shut themselves out first. */
export async function demandOwnFactor(tx: Tx, userId: string) {
  const [me] = await tx
    .select({ has: hasFactor(users.id) })
    .from(users)
    .where(eq(users.id, userId));
  if (!me?.has) {
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
