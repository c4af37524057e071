/** Ten codes for who has lost the other factors: 80 bits of chance each, so a fast hash is enough. */
import { randomInt } from "node:crypto";
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, eq, isNull } from "drizzle-orm";
import { hashSecret } from "../../core/secrets.ts";

const { recoveryCodes } = schema;

const COUNT = 10;
/** Without those that are read for one another. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const [GROUPS, GROUP_LETTERS] = [4, 4];

const makeCode = () =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LETTERS }, () => LETTERS[randomInt(LETTERS.length)]).join(""),
  ).join("-");

const idOf = (userId: string, typed: string) =>
  hashSecret(`${userId}:${typed.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}`);

/** In place of those that there were. They are in this answer and nowhere else. */
export async function putRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, makeCode);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ id: idOf(userId, code), userId })));
  return codes;
}

export const countRecoveryCodes = (q: Queryable, userId: string) =>
  q.$count(recoveryCodes, and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));

/** Uses it up; false when there is no such code, or it was used before. */
export async function useRecoveryCode(q: Queryable, userId: string, typed: string) {
  const used = await q
    .update(recoveryCodes)
    .set({ usedAt: new Date() })
    .where(and(eq(recoveryCodes.id, idOf(userId, typed)), isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id });
  return used.length > 0;
}
