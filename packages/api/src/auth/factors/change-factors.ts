import { schema, type Tx } from "@guildhall/db";
import { and, eq, ne, sql } from "drizzle-orm";
import { recordAudit } from "../../audit/record-audit.ts";
import type { MutationContext } from "../../core/context.ts";
import { notFound, refused } from "../../core/errors.ts";
import { write } from "../../core/write.ts";
import { holdSession } from "../confirmation.ts";
import { putApp } from "./authenticator-app.ts";
import { dropPasskey, type NewPasskey, putPasskey } from "./passkeys.ts";
import { putRecoveryCodes } from "./recovery-codes.ts";
import { deriveFactorState, listRequiring } from "./state.ts";
import { type FactorNews, tellFactors } from "./tell.ts";

const { authenticatorApps, passkeys, recoveryCodes, sessions, users } = schema;

const audited = {
  appAdded: { action: "account.factorAdded", after: { factor: "authenticator app" } },
  appRemoved: { action: "account.factorRemoved", before: { factor: "authenticator app" } },
  passkeyAdded: { action: "account.factorAdded", after: { factor: "passkey" } },
  passkeyRemoved: { action: "account.factorRemoved", before: { factor: "passkey" } },
} as const satisfies Partial<Record<FactorNews, object>>;

/** `recoveryCodes`: new ones, which came with the first factor; to be shown now and never again. */
async function changeFactors(
  ctx: MutationContext,
  news: keyof typeof audited,
  change: (tx: Tx) => Promise<void>,
) {
  const { user } = ctx.actor;
  // Answers of mutations are kept, and codes must not be: asked again, it makes others.
  const recoveryCodes = await write({ ...ctx, mutationId: undefined }, null, async (tx) => {
    await change(tx);
    await recordAudit(tx, ctx, { ...audited[news], subject: user });
    const { isChanged, has } = await deriveFactorState(tx, user.id);
    await holdSession(tx, ctx);
    if (!isChanged) return null;
    return has ? await begin(tx, ctx) : await end(tx, ctx);
  });
  ctx.services.signals.notifyUser(user.id);
  void tellFactors(ctx.services, user, news);
  return { recoveryCodes };
}

/** Every other session ends: it has passed no factor. This one has just shown its first. */
async function begin(tx: Tx, { actor }: MutationContext) {
  const { user, credential } = actor;
  await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, user.id), ne(sessions.id, credential.id)));
  await tx.update(sessions).set({ factorAt: sql`now()` }).where(eq(sessions.id, credential.id));
  return putRecoveryCodes(tx, user.id);
}

async function end(tx: Tx, { actor }: MutationContext) {
  const [requiring] = await listRequiring(tx, actor.user.id);
  if (requiring) {
    throw refused(
      "last_factor",
      `Nothing was removed: ${requiring.name} requires a second factor, and this is your last one. Add another one first.`,
    );
  }
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, actor.user.id));
  return null;
}

export const confirmApp = (ctx: MutationContext, input: { ticket: string; code: string }) =>
  changeFactors(ctx, "appAdded", (tx) => putApp(tx, ctx, input));

export const removeApp = (ctx: MutationContext) =>
  changeFactors(ctx, "appRemoved", async (tx) => {
    const gone = await tx
      .delete(authenticatorApps)
      .where(eq(authenticatorApps.userId, ctx.actor.user.id))
      .returning({ userId: authenticatorApps.userId });
    if (gone.length === 0) throw notFound("authenticator app");
  });

export const addPasskey = (ctx: MutationContext, input: NewPasskey) =>
  changeFactors(ctx, "passkeyAdded", (tx) => putPasskey(tx, ctx, input));

export const removePasskey = (ctx: MutationContext, id: string) =>
  changeFactors(ctx, "passkeyRemoved", (tx) => dropPasskey(tx, ctx.actor.user.id, id));

/** In place of the old ones, of which none works any more. */
export async function renewRecoveryCodes(ctx: MutationContext) {
  const { user } = ctx.actor;
  const codes = await write({ ...ctx, mutationId: undefined }, null, async (tx) => {
    const [has] = await tx
      .select({ at: users.secondFactorAt })
      .from(users)
      .where(eq(users.id, user.id))
      .for("update");
    if (!has?.at) {
      throw refused(
        "second_factor_needed",
        "No codes were made: set up a passkey or an authenticator app first.",
      );
    }
    await recordAudit(tx, ctx, { action: "account.recoveryCodesMade", subject: user });
    return putRecoveryCodes(tx, user.id);
  });
  void tellFactors(ctx.services, user, "codesMade");
  return { recoveryCodes: codes };
}

/** For who has lost all of them: an administrator's verb, which authorises and notes it, calls this. */
export async function resetFactors(tx: Tx, userId: string) {
  for (const table of [authenticatorApps, passkeys, recoveryCodes]) {
    await tx.delete(table).where(eq(table.userId, userId));
  }
  await deriveFactorState(tx, userId);
}
