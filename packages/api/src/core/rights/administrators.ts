import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, eq, isNull } from "drizzle-orm";
import { refused } from "../errors.ts";
import { awaitsServerFactor, secondFactorNeeded } from "./second-factor.ts";

const { users } = schema;

/** Whose account is open. */
export const activeAdministrator = and(
  eq(users.isAdministrator, true),
  isNull(users.deactivatedAt),
  isNull(users.closedAt),
);

export async function isAdministrator(q: Queryable, userId: string): Promise<boolean> {
  const [row] = await q
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), activeAdministrator));
  return row !== undefined;
}

export async function requireAdministrator(q: Queryable, userId: string): Promise<void> {
  if (!(await isAdministrator(q, userId))) {
    throw refused(
      "administrators_only",
      "Nothing was changed: only an administrator of this server can do this.",
    );
  }
  if (await awaitsServerFactor(q, userId)) throw secondFactorNeeded();
}

/**
 * Before an account stops administering, in whatever way (unmade, deactivated, closed): the last one
 * cannot. All of them are held, in one order, so that two cannot leave at the same time.
 */
export async function keepAnAdministrator(tx: Tx, leavingId: string): Promise<void> {
  const all = await tx
    .select({ id: users.id })
    .from(users)
    .where(activeAdministrator)
    .orderBy(users.id)
    .for("no key update");
  if (all.length === 1 && all[0]?.id === leavingId) {
    throw refused(
      "last_administrator",
      "Nothing was changed: this server needs an administrator. Make someone else an administrator first.",
    );
  }
}
