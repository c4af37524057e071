/** Providers by which somebody signs in to their account: connected from its settings, and disconnected. */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, inArray, ne } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../audit/record-audit.ts";
import { tellFactors } from "../auth/factors/tell.ts";
import { arePasswordsOff } from "../auth/passwords/password-off.ts";
import type { Context, MutationContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import { deriveAwaitsFactor, holdMembers } from "../core/rights/second-factor.ts";
import { write } from "../core/write.ts";
import type { Vouched } from "./ask-provider.ts";
import { applyGroups } from "./claimed-groups.ts";
import { applyRoles } from "./claimed-roles.ts";
import { type Account, findByIdentity } from "./find-account.ts";
import { applyProof } from "./open-session.ts";
import { SignInRefused } from "./problems.ts";

const { identities, members, providerSessions, sessions, users } = schema;

/** The connection itself, for whoever has shown that both are theirs. Refused when it is somebody else's. */
export async function addIdentity(
  { services, client }: Context,
  user: Account,
  vouched: Pick<Vouched, "provider" | "issuer" | "subject" | "email" | "hasShownFactor">,
): Promise<string> {
  const { provider, issuer, subject, email, hasShownFactor: satisfiesFactor } = vouched;
  const row = { userId: user.id, provider: provider.id, issuer, subject, email, satisfiesFactor };
  const isConnected = await services.db.transaction(async (tx) => {
    await holdMembers(tx);
    const [isNew] = await tx
      .insert(identities)
      .values({ id: uuidv7(), ...row })
      .onConflictDoNothing()
      .returning();
    if (!isNew) return false;
    await deriveAwaitsFactor(tx, eq(members.userId, user.id));
    await recordAudit(
      tx,
      { actor: { user, credential: null }, client },
      {
        ...{ action: "account.providerConnected", subject: { name: provider.name } },
        after: { address: email },
      },
    );
    return true;
  });
  if (isConnected) {
    void tellFactors(services, user, "providerConnected", which(provider.name, email));
  }
  const [now] = await services.db
    .select({ id: identities.id, userId: identities.userId })
    .from(identities)
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
  if (now?.userId !== user.id) throw new SignInRefused("connected_elsewhere");
  return now.id;
}

const which = (name: string, email: string | null) =>
  `It is ${name}${email ? `, with the account ${email}` : ""}.`;

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
  const name = services.providers.list.find((each) => each.id === answer.provider)?.name;
  await applyRoles(ctx, { user: actor.user, identityId: id }, new Map());
  await applyGroups(ctx, actor.user, answer.provider, new Map());
  await services.db.transaction(async (tx) => {
    await holdMembers(tx);
    const theirs = tx
      .select({ id: providerSessions.sessionId })
      .from(providerSessions)
      .where(eq(providerSessions.identityId, id));
    await tx
      .delete(sessions)
      .where(and(inArray(sessions.id, theirs), ne(sessions.id, actor.credential.id)));
    await tx.delete(identities).where(eq(identities.id, id));
    await deriveAwaitsFactor(tx, eq(members.userId, userId));
    await recordAudit(tx, ctx, {
      ...{ action: "account.providerDisconnected", subject: { name: answer.provider } },
      before: { address: answer.email },
    });
  });
  services.signals.notifyUser(userId);
  const gone = which(name ?? answer.provider, answer.email);
  void tellFactors(services, actor.user, "providerDisconnected", gone);
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
