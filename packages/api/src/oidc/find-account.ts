/**
 * Whose account a provider vouches for. By the identity that they came by before; else by their address,
 * if the provider has verified it: a new account where the settings allow one for its domain, and never
 * an account that is there already, which is connected by its own password alone (`link-account.ts`).
 */
import { schema, sqlState } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../audit/record-audit.ts";
import { createAccount, hasAccounts } from "../auth/sign-up/create-account.ts";
import type { Context, IdentityProvider } from "../core/context.ts";
import type { Vouched } from "./ask-provider.ts";
import { SignInRefused } from "./problems.ts";

const { identities, users } = schema;

export type Account = { id: string; email: string; name: string };
export type Found =
  | { kind: "known"; user: Account; identityId: string }
  /** Has an account with that address, which is not connected yet. */
  | { kind: "unconnected"; user: Account; hasPassword: boolean };

const accountColumns = { id: users.id, email: users.email, name: users.name };

export async function findAccount(ctx: Context, vouched: Vouched): Promise<Found> {
  const { services } = ctx;
  const known = await findByIdentity(services, vouched);
  if (known) return known;
  const { email, isVerified, provider } = vouched;
  // The same whether anybody has an account with it: nobody learns that from an address that they only claim.
  if (!email || !isVerified) throw new SignInRefused("email_unverified");
  const [user] = await services.db
    .select({
      account: accountColumns,
      passwordHash: users.passwordHash,
      deactivatedAt: users.deactivatedAt,
    })
    .from(users)
    .where(eq(users.email, email));
  if (user) {
    // The address is theirs by their provider's word: they may hear it.
    if (user.deactivatedAt) throw new SignInRefused("account_deactivated");
    return { kind: "unconnected", user: user.account, hasPassword: user.passwordHash !== null };
  }
  if (!isDomainAllowed(provider, email)) throw new SignInRefused("domain_not_allowed");
  return makeAccount(ctx, { ...vouched, email });
}

export async function findByIdentity({ db }: Context["services"], { issuer, subject }: Vouched) {
  const [found] = await db
    .select({
      identityId: identities.id,
      user: accountColumns,
      deactivatedAt: users.deactivatedAt,
    })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
  if (found?.deactivatedAt) throw new SignInRefused("account_deactivated");
  return found && { kind: "known" as const, user: found.user, identityId: found.identityId };
}

export function isDomainAllowed({ domains }: IdentityProvider, email: string): boolean {
  const domain = email.slice(email.lastIndexOf("@") + 1);
  return domains.includes("*") || domains.includes(domain);
}

async function makeAccount(ctx: Context, vouched: Vouched & { email: string }): Promise<Found> {
  const { services, client } = ctx;
  const { email, name, provider, issuer, subject, hasShownFactor: satisfiesFactor } = vouched;
  const user = { id: uuidv7(), email, name: name ?? email.split("@", 1).join() };
  const identityId = uuidv7();
  const { registration } = await services.settings.read();
  if (registration === "closed" && (await hasAccounts(services.db))) {
    throw new SignInRefused("registration_closed");
  }
  try {
    await services.db.transaction(async (tx) => {
      await createAccount(tx, { ...user, emailVerifiedAt: new Date() });
      await tx.insert(identities).values({
        ...{ id: identityId, userId: user.id, provider: provider.id, issuer, subject, email },
        satisfiesFactor,
      });
      await recordAudit(
        tx,
        { actor: { user, credential: null }, client },
        {
          action: "account.created",
          subject: user,
          after: { method: "provider", provider: provider.name },
        },
      );
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    // Of two tabs the other was first, or somebody registered in this moment: asked again it is known.
    return findAccount(ctx, vouched);
  }
  return { kind: "known", user, identityId };
}
