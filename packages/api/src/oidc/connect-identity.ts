/** Providers by which somebody signs in to their account: connected from its settings, and disconnected. */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, inArray, ne } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../audit/record-audit.ts";
import { arePasswordsOff } from "../auth/password-off.ts";
import type { Context, MutationContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import { write } from "../core/write.ts";
import type { Vouched } from "./ask-provider.ts";
import { applyRoles } from "./claimed-roles.ts";
import { type Account, findByIdentity } from "./find-account.ts";
import { applyProof } from "./open-session.ts";
import { SignInRefused } from "./problems.ts";

const { identities, providerSessions, sessions, users } = schema;

/** The connection itself, for whoever has shown that both are theirs. Refused when it is somebody else's. */
export async function addIdentity(
  { services, client }: Context,
  user: Account,
  vouched: Pick<Vouched, "provider" | "issuer" | "subject" | "email">,
): Promise<string> {
  const { provider, issuer, subject, email } = vouched;
  const row = { userId: user.id, provider: provider.id, issuer, subject, email };
  await services.db.transaction(async (tx) => {
    const [isNew] = await tx
      .insert(identities)
      .values({ id: uuidv7(), ...row })
      .onConflictDoNothing()
      .returning();
    if (!isNew) return;
    await recordAudit(
      tx,
      { actor: { user, credential: null }, client },
      {
        ...{ action: "account.providerConnected", subject: { name: provider.name } },
        after: { address: email },
      },
    );
  });
  const [now] = await services.db
    .select({ id: identities.id, userId: identities.userId })
    .from(identities)
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
  if (now?.userId !== user.id) throw new SignInRefused("connected_elsewhere");
  return now.id;
}

/** For who began it in their settings, and is signed in as the same person when they come back. */
export async function connectIdentity(ctx: Context, userId: string, vouched: Vouched) {
  const actor = await ctx.findActor();
  if (actor?.user.id !== userId) throw new SignInRefused("signed_in_otherwise");
  const other = await findByIdentity(ctx.services, vouched);
  if (other && other.user.id !== userId) throw new SignInRefused("connected_elsewhere");
  const identityId = await addIdentity(ctx, actor.user, vouched);
  await applyProof(ctx, { user: actor.user, identityId }, vouched);
  ctx.services.signals.notifyUser(userId);
}

/** Ends the sessions that came by it, but for the one that asks, and takes away what its claims gave. */
export async function disconnectIdentity(ctx: MutationContext, { id }: { id: string }) {
  const { services, actor } = ctx;
  const userId = actor.user.id;
  const answer = await write(ctx, null, async (tx) => {
    // Held, so that of two that are disconnected at once one stays.
    const [user] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
    const [identity] = await tx
      .select()
      .from(identities)
      .where(and(eq(identities.id, id), eq(identities.userId, userId)));
    if (!user || !identity) throw notFound("identity");
    const hasPassword =
      user.passwordHash !== null && !(await arePasswordsOff(services, user.email));
    if (!hasPassword && !(await hasOtherIdentity(ctx, tx, id))) throw lastWayIn();
    return { id, provider: identity.provider, email: identity.email };
  });
  await applyRoles(ctx, { user: actor.user, identityId: id }, new Map());
  await services.db.transaction(async (tx) => {
    const theirs = tx
      .select({ id: providerSessions.sessionId })
      .from(providerSessions)
      .where(eq(providerSessions.identityId, id));
    await tx
      .delete(sessions)
      .where(and(inArray(sessions.id, theirs), ne(sessions.id, actor.credential.id)));
    await tx.delete(identities).where(eq(identities.id, id));
    await recordAudit(tx, ctx, {
      ...{ action: "account.providerDisconnected", subject: { name: answer.provider } },
      before: { address: answer.email },
    });
  });
  services.signals.notifyUser(userId);
  return { id };
}

/** By a provider that the settings still name. */
async function hasOtherIdentity({ services, actor }: MutationContext, tx: Tx, id: string) {
  const others = await tx
    .select({ provider: identities.provider })
    .from(identities)
    .where(and(eq(identities.userId, actor.user.id), ne(identities.id, id)));
  return others.some(({ provider }) =>
    services.providers.list.some((each) => each.id === provider),
  );
}

const lastWayIn = () =>
  refused(
    "last_way_in",
    "Nothing was changed: without it you couldn't sign in any more. Set a password first, or connect another provider.",
  );
