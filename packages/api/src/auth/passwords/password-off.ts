/**
 * Domains whose people sign in through their provider alone. What is refused is decided by the address
 * alone, before anybody is looked up: so nobody learns from it who has an account.
 */
import type { Services } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";

type Needs = Pick<Services, "settings" | "providers">;

const domainOf = (email: string) => email.slice(email.lastIndexOf("@") + 1).toLowerCase();

/** Never where there is no provider: nobody could get in to mend it. */
export async function arePasswordsOff({ settings, providers }: Needs, email: string) {
  const { passwordsOffDomains } = await settings.read();
  return providers.list.length > 0 && passwordsOffDomains.includes(domainOf(email));
}

export async function requirePasswords(services: Needs, email: string): Promise<void> {
  if (!(await arePasswordsOff(services, email))) return;
  const domain = domainOf(email);
  const providers = services.providers.list;
  const named = providers.filter(({ domains }) => domains.includes(domain));
  const names = (named.length > 0 ? named : providers).map(({ name }) => name);
  throw refused(
    "password_off",
    `People of ${domain} sign in with ${new Intl.ListFormat("en", { type: "disjunction" }).format(names)}, without a password here. Choose it on the sign-in page.`,
  );
}
