/**
 * Who signs in to a closed account, with all that a sign-in wants of them, is asked whether to open it
 * again. The sealed ticket says for some minutes that they did; nobody else ever learns that it is closed.
 */
import { schema } from "@guildhall/db";
import { and, eq, gt, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Context, SessionStart } from "../../core/context.ts";
import { accountDeactivated, refused } from "../../core/errors.ts";
import { hashSecret } from "../../core/secrets.ts";
import { write } from "../../core/write.ts";
import { DELETED_DAYS, eraseAt, keptSince } from "../../erasure/deletion-days.ts";
import { recordPerson } from "../../workspaces/record-person.ts";
import { makeTicket, readTicket } from "../tickets.ts";

const { sessions, users } = schema;

type UserRow = typeof users.$inferSelect;

const signedInToClosed = {
  name: "signed in to a closed account",
  minutes: 10,
  holds: z.object({
    userId: z.string(),
    password: z.string(),
    by: z.enum(schema.signInMethods),
    hasPassedFactor: z.boolean(),
    device: z.string().optional(),
  }),
};

export const markOf = ({ passwordHash }: Pick<UserRow, "passwordHash">) =>
  hashSecret(passwordHash ?? "");

/** What the question is made of; null for an account that is open. */
export function askToReopen(
  { services }: Context,
  user: UserRow,
  { by, hasPassedFactor = false, device }: SessionStart & { device?: string | undefined },
) {
  if (!user.closedAt) return null;
  const value = { userId: user.id, password: markOf(user), by, hasPassedFactor, device };
  return {
    ticket: makeTicket(services.config.jwtSecret, signedInToClosed, value),
    eraseAt: eraseAt(user.closedAt),
  };
}

/** Opens it; what signs in then is for the caller. */
export async function reopenAccount(ctx: Context, text: string) {
  const { services, client } = ctx;
  const opened = readTicket(services.config.jwtSecret, signedInToClosed, text);
  const { db, signals } = services;
  const found = opened?.value;
  const [user] = found ? await db.select().from(users).where(eq(users.id, found.userId)) : [];
  if (!found || !user || markOf(user) !== found.password) throw tooLate();
  if (user.deactivatedAt) throw accountDeactivated();
  const by = { user, scope: "write" as const, credential: { kind: "session" as const, id: "" } };
  await write({ services, actor: by, path: "auth.reopenAccount" }, null, async (tx, record) => {
    const back = await tx
      .update(users)
      .set({ closedAt: null, isNameErased: false })
      .where(
        and(
          ...[eq(users.id, user.id), isNotNull(users.closedAt), isNull(users.erasedAt)],
          gt(users.closedAt, keptSince),
        ),
      )
      .returning({ id: users.id });
    // Opened a moment ago by the same question, or its days are over.
    if (back.length === 0)
      return refuseClosed((await tx.select().from(users).where(eq(users.id, user.id)))[0]);
    await tx.delete(sessions).where(eq(sessions.userId, user.id));
    await recordPerson(tx, record, user.id);
    await recordAudit(
      tx,
      { actor: { user }, client },
      { action: "account.reopened", subject: user },
    );
  });
  signals.notifyUser(user.id);
  const { by: method, hasPassedFactor, device } = found;
  return { user: { ...user, closedAt: null }, how: { by: method, hasPassedFactor, device } };
}

function refuseClosed(now: UserRow | undefined) {
  if (!now || now.closedAt || now.erasedAt) throw goneForGood();
}

const tooLate = () =>
  refused("sign_in_expired", "Your account is still closed: this took too long. Sign in again.");

const goneForGood = () =>
  refused(
    "gone_for_good",
    `Your account can't be opened again: its ${DELETED_DAYS} days are over, and it is being erased.`,
  );
