import { ExpectedError } from "../bridge/expected-error.ts";

/**
 * What a person may type as their server's address ("team.example.org", "http://10.0.0.5:8001/"),
 * as the origin the app will call. Throws with a sentence for the person.
 */
export function readServerUrl(typed: string): string {
  const text = typed.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text
    : `${guessScheme(text)}://${text}`;
  const url = URL.parse(withScheme);
  if (!url?.hostname || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new ExpectedError("That isn't a web address. Use one like https://guildhall.example.org");
  }
  if (url.username || url.password) {
    throw new ExpectedError(
      "Leave your name and password out of the address. You'll sign in on the next page.",
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** A server on the person's own machine or network rarely has a certificate; all others must. */
function guessScheme(address: string): "http" | "https" {
  const host = address.split(/[/:]/, 1)[0] ?? "";
  const isLocal = host === "localhost" || host.endsWith(".local") || /^[\d.]+$/.test(host);
  return isLocal ? "http" : "https";
}
