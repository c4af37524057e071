import { isIP } from "node:net";

/** Whose pages may call this server with the cookies of the person looking at them. */
export type Origins = {
  /** ALLOWED_ORIGINS: other sites, which need CORS headers. */
  isListed(origin: string): boolean;
  /** Our own page, or a listed one. */
  isAllowed(origin: string, host: string | undefined): boolean;
};

export function createOrigins(options: {
  publicUrl: string | undefined;
  listed: string[];
}): Origins {
  const own = options.publicUrl ? new URL(options.publicUrl).origin : null;
  const listed = new Set(options.listed);
  return {
    isListed: (origin) => listed.has(origin),
    isAllowed: (origin, host) => origin === own || listed.has(origin) || isOwnAddress(origin, host),
  };
}

/**
 * The page of this very server, reached by an address that nobody can point elsewhere. A host name
 * is not enough: any site may let its name lead to 127.0.0.1 for a moment (DNS rebinding), so a
 * server with a name says so in PUBLIC_URL.
 */
function isOwnAddress(origin: string, host: string | undefined): boolean {
  if (!host || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (!/^https?:$/.test(url.protocol) || url.host !== host.toLowerCase()) return false;
  return url.hostname === "localhost" || isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
}
