/** Reads what is set of each provider, with a sentence for whatever is wrong with it. */
import type { IdentityProvider } from "@guildhall/api/server";
import type { z } from "zod";
import type { Rule } from "./kinds.ts";
import { providerRules } from "./provider-rules.ts";

type Source = Record<string, string | undefined>;
type Read = {
  [Name in keyof typeof providerRules]: z.output<(typeof providerRules)[Name]["schema"]>;
};

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

export const providerVariable = (id: string, name: string) => `OIDC_${id.toUpperCase()}_${name}`;

export function readProviders(
  ids: readonly string[],
  source: Source,
  sentence: (name: string, rule: Rule, given: string | undefined) => string,
): { providers: IdentityProvider[]; wrong: string[] } {
  const wrong: string[] = [];
  const providers = ids.flatMap((id): IdentityProvider[] => {
    const values: Record<string, unknown> = {};
    const before = wrong.length;
    for (const [name, rule] of Object.entries<Rule>(providerRules)) {
      const variable = providerVariable(id, name);
      const given = source[variable]?.trim() || undefined;
      const result = rule.schema.safeParse(given);
      if (result.success) values[name] = result.data;
      else wrong.push(sentence(variable, rule, given));
    }
    if (wrong.length > before) return [];
    const read = values as Read;
    wrong.push(...problemsOf(id, read));
    return [toProvider(id, read)];
  });
  return { providers, wrong };
}

function problemsOf(id: string, { ISSUER, INSECURE }: Read): string[] {
  const { protocol, hostname, search, hash } = new URL(ISSUER);
  const [issuer, insecure] = [providerVariable(id, "ISSUER"), providerVariable(id, "INSECURE")];
  if (search || hash) return [`${issuer} is an address without ? and #. Take away what follows.`];
  const isHere = protocol === "http:" && LOOPBACK.test(hostname);
  if (INSECURE && !isHere) {
    return [
      `${insecure} is for a provider on this machine alone. Take it away, and give ${issuer} with https://.`,
    ];
  }
  if (protocol === "http:" && !INSECURE) {
    return [
      `${issuer} must begin with https://: whoever reads along could sign in as anybody. For a trial with a provider on this machine set ${insecure}=true.`,
    ];
  }
  return [];
}

const toProvider = (id: string, read: Read): IdentityProvider => ({
  id,
  name: read.NAME ?? `${id.slice(0, 1).toUpperCase()}${id.slice(1)}`,
  issuer: read.ISSUER,
  clientId: read.CLIENT_ID,
  clientSecret: read.CLIENT_SECRET,
  scopes: read.SCOPES,
  domains: read.DOMAINS,
  claims: { verified: read.CLAIM_VERIFIED, groups: read.CLAIM_GROUPS },
  roles: read.ROLES,
  groups: read.GROUPS,
  secondFactor: read.SECOND_FACTOR,
  clockTolerance: read.CLOCK_TOLERANCE,
  isInsecure: read.INSECURE,
});
