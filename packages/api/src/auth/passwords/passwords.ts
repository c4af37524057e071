import { schema, type Tx } from "@guildhall/db";
import { hash, verify } from "@node-rs/bcrypt";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { ApiConfig } from "../../core/context.ts";
import { deriveAwaitsFactor, holdMembers } from "../../core/rights/second-factor.ts";

const { members, users } = schema;

/** A quarter of a second for each guess. */
const COST = 12;
/** bcrypt reads 72 bytes and silently ignores the rest, so longer ones are refused. */
const MAX_BYTES = 72;

export const newPassword = z
  .string()
  .min(8, "Use at least 8 characters for the password.")
  .refine(
    (p) => Buffer.byteLength(p) <= MAX_BYTES,
    `The password is longer than ${MAX_BYTES} bytes. Accented letters and emoji count as two to four bytes each.`,
  );

/** For sign-in: no rule that would tell what stored passwords look like. */
export const presentedPassword = z.string().min(1).max(1_000);

type Config = Pick<ApiConfig, "passwordCost">;

export const hashPassword = (password: string, { passwordCost = COST }: Config) =>
  hash(password, { cost: passwordCost });

type Password = { passwordHash: string; emailVerifiedAt?: Date };

/** With somebody's first one a provider's word is no second factor of theirs any more. */
export async function setPassword(tx: Tx, userId: string, password: Password) {
  const isTheirs = eq(users.id, userId);
  const [before] = await tx.select({ hash: users.passwordHash }).from(users).where(isTheirs);
  const isFirst = before?.hash === null;
  // Ahead of their row, as whatever changes somebody's factors does.
  if (isFirst) await holdMembers(tx);
  await tx.update(users).set(password).where(isTheirs);
  if (isFirst) await deriveAwaitsFactor(tx, eq(members.userId, userId));
}

let decoy: Promise<string> | undefined;

/** Takes the same time when there is no account, so that time does not tell which exist. */
export async function checkPassword(
  password: string,
  stored: string | null,
  config: Config,
): Promise<boolean> {
  decoy ??= hashPassword("no account has this password", config);
  const fits = await verify(password, stored ?? (await decoy));
  return fits && stored !== null && Buffer.byteLength(password) <= MAX_BYTES;
}
