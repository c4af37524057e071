const HERE = "http://guildhall.invalid";

/** Where somebody goes on after a sign-in: a path of our own, whatever the address that they opened says. */
export function ownPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/") || wanted.length > 1_000 || !URL.canParse(wanted, HERE)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, HERE);
  // `/..//elsewhere.example` has become `//elsewhere.example`, which a browser reads as another host.
  if (origin !== HERE || pathname.startsWith("//")) return "/";
  return pathname + search + hash;
}

/** With the word of what went wrong, for the page there. */
export function withProblem(path: string, problem: string, provider: string): string {
  const url = new URL(path, HERE);
  url.searchParams.set("problem", problem);
  url.searchParams.set("provider", provider);
  return url.pathname + url.search + url.hash;
}
