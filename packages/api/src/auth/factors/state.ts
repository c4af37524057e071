import { type Queryable, schema, type Tx } from "@guildhall/db";
import { asc, eq, sql } from "drizzle-orm";
import {
  deriveAwaitsFactor,
  holdMembers,
  serverRequiresFactor,
} from "../../core/rights/second-factor.ts";
import { countRecoveryCodes } from "./recovery-codes.ts";

const { authenticatorApps, instanceSettings, members, passkeys, users, workspaces } = schema;

const shownPasskey = {
  id: passkeys.id,
  name: passkeys.name,
  isSynced: passkeys.isSynced,
  createdAt: passkeys.createdAt,
  lastUsedAt: passkeys.lastUsedAt,
};

export async function readFactors(q: Queryable, userId: string) {
  const [[app], keys, recoveryCodesLeft, requiring] = await Promise.all([
    q
      .select({
        createdAt: authenticatorApps.createdAt,
        lastUsedAt: authenticatorApps.lastUsedAt,
      })
      .from(authenticatorApps)
      .where(eq(authenticatorApps.userId, userId)),
    q
      .select(shownPasskey)
      .from(passkeys)
      .where(eq(passkeys.userId, userId))
      .orderBy(asc(passkeys.createdAt)),
    countRecoveryCodes(q, userId),
    listRequiring(q, userId),
  ]);
  return {
    app: app ?? null,
    passkeys: keys,
    recoveryCodesLeft,
    /** Names of who wants a second factor of them. */
    requiredBy: requiring.map(({ name }) => name),
  };
}

/** Who requires a second factor of this person: the whole server, and workspaces of theirs. */
export async function listRequiring(q: Queryable, userId: string): Promise<{ name: string }[]> {
  const [server, theirs] = await Promise.all([
    q.$count(instanceSettings, serverRequiresFactor),
    q
      .select({ name: workspaces.name })
      .from(members)
      .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
      .where(sql`${members.userId} = ${userId} and ${workspaces.requiresSecondFactor}`)
      .orderBy(asc(workspaces.name)),
  ]);
  return server > 0 ? [{ name: "this server" }, ...theirs] : theirs;
}

/**
 * Derives again whether this person has a second factor, and what that means in their workspaces. To be
 * called in whatever transaction adds or removes one.
 */
export async function deriveFactorState(tx: Tx, userId: string) {
  await holdMembers(tx);
  const [before] = await tx
    .select({ at: users.secondFactorAt })
    .from(users)
    .where(eq(users.id, userId))
    .for("update");
  const hasAny = sql`(exists (select from ${passkeys} where ${passkeys.userId} = ${userId})
    or exists (select from ${authenticatorApps} where ${authenticatorApps.userId} = ${userId}))`;
  const [after] = await tx
    .update(users)
    .set({
      secondFactorAt: sql`case when ${hasAny} then coalesce(${users.secondFactorAt}, now()) end`,
    })
    .where(eq(users.id, userId))
    .returning({ at: users.secondFactorAt });
  await deriveAwaitsFactor(tx, eq(members.userId, userId));
  const has = Boolean(after?.at);
  return { has, isChanged: has !== Boolean(before?.at) };
}
