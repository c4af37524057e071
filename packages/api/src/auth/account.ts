import { schema } from "@guildhall/db";
import { and, eq, ne } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { MutationContext } from "../core/context.ts";
import { write } from "../core/write.ts";
import { recordPerson } from "../workspaces/record-person.ts";
import { holdSession } from "./confirmation.ts";
import { requirePasswords } from "./passwords/password-off.ts";
import { hashPassword, setPassword } from "./passwords/passwords.ts";
import { closeLinks, revokeTokens } from "./passwords/reset-password.ts";

const { users, sessions } = schema;

/** A new name shows at once wherever the person is a member. */
export function updateProfile(ctx: MutationContext, input: { name: string }) {
  const { user } = ctx.actor;
  return write(ctx, null, async (tx, record) => {
    await tx.update(users).set({ name: input.name }).where(eq(users.id, user.id));
    await recordPerson(tx, record, user.id);
    return { ...user, name: input.name };
  });
}

/** Every other session of the person ends, and their tokens if asked. */
export async function changePassword(
  ctx: MutationContext,
  input: { newPassword: string; revokeTokens: boolean },
) {
  const { user, credential } = ctx.actor;
  const { config, signals } = ctx.services;
  await requirePasswords(ctx.services, user.email);
  // A quarter of a second of counting, during which a transaction would hold its connection for nothing.
  const passwordHash = await hashPassword(input.newPassword, config);
  const answer = await write(ctx, null, async (tx) => {
    await setPassword(tx, user.id, { passwordHash });
    await holdSession(tx, ctx);
    await closeLinks(tx, user.id);
    await tx
      .delete(sessions)
      .where(and(eq(sessions.userId, user.id), ne(sessions.id, credential.id)));
    if (input.revokeTokens) await revokeTokens(tx, user.id);
    await recordAudit(tx, ctx, {
      action: "account.passwordChanged",
      subject: user,
      after: { tokensRevoked: input.revokeTokens },
    });
    return { changed: true as const };
  });
  signals.notifyUser(user.id);
  return answer;
}
