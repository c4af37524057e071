/**
 * By what the browser that began a sign-in is known when it comes back. It is a secret of its own and
 * opens nothing: whoever makes somebody else open the address of their own sign-in (login CSRF) has not
 * got that person's.
 */
import type { Context } from "../core/context.ts";
import { hashSecret, makeSecret } from "../core/secrets.ts";

const NAME = "guildhall_provider";
/** As long as a sign-in may take. */
export const MINUTES = 10;

const nameOf = ({ config }: Context["services"]) =>
  config.secureCookies ? `__Host-${NAME}` : NAME;

/** What is kept of it; null for a browser that has none. */
export function findBrowser({ services, credentials }: Context): string | null {
  const secret = readSecret(credentials.cookie, nameOf(services));
  return secret && hashSecret(secret);
}

/** The same for all tabs of a browser, each of which may be in the middle of a sign-in. */
export function rememberBrowser({ services, credentials, setCookie }: Context): string {
  const name = nameOf(services);
  const secret = readSecret(credentials.cookie, name) ?? makeSecret();
  const isSecure = services.config.secureCookies ? "; Secure" : "";
  // Lax, as it has to come along when the provider sends the person back.
  setCookie?.(
    `${name}=${secret}; HttpOnly; Max-Age=${MINUTES * 60}; Path=/; SameSite=Lax${isSecure}`,
  );
  return hashSecret(secret);
}

function readSecret(cookies: string | null, name: string): string | null {
  for (const each of cookies?.split(";") ?? []) {
    const [key, value] = each.trim().split("=", 2);
    if (key === name && value && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}
