/** Who people sign in through here, for administrators: as it is set, how it is used, and whether it answers now. */
import { schema } from "@guildhall/db";
import { and, count, desc, eq, max } from "drizzle-orm";
import type { Services } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import { asked } from "./health.ts";

const { auditEntries, identities } = schema;

/** A provider is asked for longer than a part of ours. */
const LONGEST_WAIT_MS = 8_000;

export async function listProviders(services: Services) {
  const { db, providers, config } = services;
  const used = await db
    .select({
      provider: identities.provider,
      accounts: count(),
      lastUsedAt: max(identities.lastUsedAt),
    })
    .from(identities)
    .groupBy(identities.provider);
  return Promise.all(
    providers.list.map(async (provider) => {
      const { id, name, issuer, domains, roles, groups, secondFactor, clientSecret } = provider;
      const of = used.find(({ provider }) => provider === id);
      return {
        ...{ id, name, issuer, domains, hasSecret: clientSecret !== undefined },
        /** Where it has to send people back: registered there. */
        callback: `${config.publicUrl}/auth/oidc/${id}/callback`,
        roles: roles.length,
        groups: groups.length,
        /** Whether it answers for a second factor: never, always, or when it says one of these. */
        secondFactor,
        accounts: of?.accounts ?? 0,
        lastUsedAt: of?.lastUsedAt ?? null,
        lastProblem: await readLastProblem(services, name),
      };
    }),
  );
}

/** Why somebody last could not sign in through it, by the name of the problem (oidc/problems.ts). */
async function readLastProblem({ db }: Services, name: string) {
  const [entry] = await db
    .select({ at: auditEntries.at, after: auditEntries.after })
    .from(auditEntries)
    .where(
      and(eq(auditEntries.action, "account.providerRefused"), eq(auditEntries.subjectName, name)),
    )
    .orderBy(desc(auditEntries.at))
    .limit(1);
  return entry ? { at: entry.at, reason: String(entry.after?.reason ?? "") } : null;
}

/** Whether it tells us now where its pages and its keys are. */
export async function checkProvider({ providers }: Services, id: string) {
  if (!providers.list.some((each) => each.id === id)) throw notFound("provider");
  return asked(async () => {
    await providers.discover(id);
    return { says: "It answers, and its settings can be read." };
  }, LONGEST_WAIT_MS);
}
