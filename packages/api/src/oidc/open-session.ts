/**
 * Lets in whom a provider vouches for, as any other sign-in does: with a session of their own, which
 * lives on whatever becomes of the provider's settings.
 */
import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../core/context.ts";
import { hashSecret } from "../core/secrets.ts";
import type { Vouched } from "./ask-provider.ts";
import { applyRoles, wantedRoles } from "./claimed-roles.ts";
import type { Account } from "./find-account.ts";

const { identities, providerSessions } = schema;

type Known = { user: Account; identityId: string };
export type Proof = Pick<Vouched, "provider" | "email" | "groups" | "sid" | "idToken">;

export async function openProviderSession(ctx: Context, known: Known, proof: Proof): Promise<void> {
  await applyProof(ctx, known, proof);
  const { services, client } = ctx;
  const { user, identityId } = known;
  const { provider, sid, idToken } = proof;
  // No second factor is asked for: the provider answers for who comes by it, and asks for its own.
  const how = { by: "provider", hasPassedFactor: true } as const;
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
  const { provider, email, groups } = proof;
  await services.db
    .update(identities)
    .set({ provider: provider.id, email, lastUsedAt: new Date() })
    .where(eq(identities.id, known.identityId));
  if (groups) return applyRoles(ctx, known, wantedRoles(provider, groups));
  services.config.log.warn(
    { provider: provider.id, userId: known.user.id },
    "The provider left the groups out of its token, as there are too many: roles stay as they are.",
  );
}
