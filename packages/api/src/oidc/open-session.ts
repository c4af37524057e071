/**
 * Lets in whom a provider vouches for, as any other sign-in does: with a session of their own, which
 * lives on whatever becomes of the provider's settings.
 */
import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../core/context.ts";
import { deriveAwaitsFactor, holdMembers } from "../core/rights/second-factor.ts";
import { hashSecret } from "../core/secrets.ts";
import type { Vouched } from "./ask-provider.ts";
import { applyGroups, wantedGroups } from "./claimed-groups.ts";
import { applyRoles, wantedRoles } from "./claimed-roles.ts";
import type { Account } from "./find-account.ts";

const { identities, members, providerSessions, sessions } = schema;

type Known = { user: Account; identityId: string };
export type Proof = Pick<
  Vouched,
  "provider" | "email" | "groups" | "sid" | "idToken" | "hasShownFactor" | "authenticatedAt"
>;

export async function openProviderSession(ctx: Context, known: Known, proof: Proof): Promise<void> {
  await applyProof(ctx, known, proof);
  const { services, client } = ctx;
  const { user, identityId } = known;
  const { provider, sid, idToken } = proof;
  // No second factor is asked for: the provider answers for who comes by it, and asks for its own.
  // Whom it knew already, it may have let through without a question: then nothing is confirmed anew.
  const { authenticatedAt } = proof;
  const how = { by: "provider", hasPassedFactor: true, authenticatedAt } as const;
  const { secret, cookie } = await services.sessions.open(user.id, client, how);
  const sessionId = hashSecret(secret);
  await services.db.transaction(async (tx) => {
    await tx
      .insert(providerSessions)
      .values({ sessionId, identityId, provider: provider.id, sid, idToken });
    await recordAudit(
      tx,
      { actor: { user, credential: { kind: "session", id: sessionId } }, client },
      {
        action: "account.signedIn",
        subject: user,
        after: { method: "provider", provider: provider.name },
      },
    );
  });
  ctx.setCookie?.(cookie);
}

/** What the provider says of them now: also of who only connects it to their account. */
export async function applyProof(ctx: Context, known: Known, proof: Proof): Promise<void> {
  const { services } = ctx;
  const { provider, groups } = proof;
  await noteIdentity(ctx, known, proof);
  if (groups) {
    await applyRoles(ctx, known, wantedRoles(provider, groups));
    return applyGroups(ctx, known.user, provider.id, wantedGroups(provider, groups));
  }
  services.config.log.warn(
    { provider: provider.id, userId: known.user.id },
    "The provider left the groups out of its token, as there are too many: roles and groups stay as they are.",
  );
}

/** What it says now; whether it answers for a second factor changes what they may see. */
async function noteIdentity({ services }: Context, { user, identityId }: Known, proof: Proof) {
  const { provider, email, hasShownFactor: satisfiesFactor } = proof;
  const isThis = eq(identities.id, identityId);
  const [before] = await services.db
    .update(identities)
    .set({ provider: provider.id, email, lastUsedAt: new Date() })
    .where(isThis)
    .returning({ satisfiesFactor: identities.satisfiesFactor });
  if (!before || before.satisfiesFactor === satisfiesFactor) return;
  await services.db.transaction(async (tx) => {
    await holdMembers(tx);
    await tx.update(identities).set({ satisfiesFactor }).where(isThis);
    // Each session of somebody who has a factor has passed it: these were opened without.
    const isAsked = satisfiesFactor && typeof provider.secondFactor !== "boolean";
    if (isAsked) await tx.delete(sessions).where(eq(sessions.userId, user.id));
    await deriveAwaitsFactor(tx, eq(members.userId, user.id));
  });
  services.signals.notifyUser(user.id);
}
