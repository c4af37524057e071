import type { ProviderProblem as Problem } from "@guildhall/api/client";

type Sentence = (name: string) => { title: string; detail: string };

const otherWays = "You can still sign in another way.";

/** What happened at a provider, and what to do. */
const sentences: Record<Problem, Sentence> = {
  account_deactivated: () => ({
    title: "This account is deactivated",
    detail: "Your work is kept. Ask the administrator of this server to reactivate it.",
  }),
  cancelled: (name) => ({
    title: `Sign-in with ${name} was cancelled`,
    detail: `Nothing was changed. Try again when you're ready. ${otherWays}`,
  }),
  clocks_differ: (name) => ({
    title: `Couldn't check the answer of ${name}`,
    detail: `Its clock and this server's differ by too much. Tell your administrator. ${otherWays}`,
  }),
  connected_elsewhere: (name) => ({
    title: `Couldn't connect ${name}`,
    detail: `That account at ${name} is connected to another account here. Disconnect it there first, or use another one.`,
  }),
  domain_not_allowed: (name) => ({
    title: "There's no account for you here yet",
    detail: `${name} doesn't create accounts for addresses like yours. Ask a workspace owner for an invitation, or sign in another way and connect ${name} in your settings.`,
  }),
  email_unverified: (name) => ({
    title: `${name} hasn't verified your email address`,
    detail: `Verify it there and try again. If it's verified already, tell your administrator that ${name} doesn't say so. ${otherWays}`,
  }),
  no_password: (name) => ({
    title: "Your address already has an account here",
    detail: `It has no password to connect ${name} with. Sign in as you did before, then connect ${name} in your settings.`,
  }),
  not_asked_again: (name) => ({
    title: `${name} didn't ask who you are`,
    detail: `It let you through as someone it knew already, so nothing was confirmed. Sign out at ${name} and try again, or confirm with a passkey or a password.`,
  }),
  provider_refused: (name) => ({
    title: `${name} refused the sign-in`,
    detail: `It's set up differently than this server expects. Tell your administrator, who finds more in the server's log. ${otherWays}`,
  }),
  provider_unreachable: (name) => ({
    title: `Can't reach ${name}`,
    detail: `It didn't respond. Try again in a moment. ${otherWays}`,
  }),
  registration_closed: () => ({
    title: "There's no account for you here yet",
    detail: "This server doesn't take new accounts. Ask its administrator for one.",
  }),
  server_failed: () => ({
    title: "Couldn't sign you in",
    detail: "Something went wrong on the server. Try again in a moment.",
  }),
  sign_in_lost: (name) => ({
    title: "This sign-in can't be continued",
    detail: `It was finished already, took more than 10 minutes, or was started in another browser. Choose ${name} again.`,
  }),
  signed_in_otherwise: (name) => ({
    title: `Couldn't connect ${name}`,
    detail:
      "You signed out, or signed in as someone else, while you were away. Try again from here.",
  }),
  token_untrusted: (name) => ({
    title: `Couldn't trust the answer of ${name}`,
    detail: `It wasn't made for this sign-in. Try again; if it keeps happening, tell your administrator. ${otherWays}`,
  }),
  too_many_tries: () => ({
    title: "Too many attempts from your network",
    detail: "Wait 15 minutes and try again.",
  }),
  unknown_provider: () => ({
    title: "That way to sign in is gone",
    detail:
      "It was removed from this server's settings. Your account is kept: sign in another way.",
  }),
};

const isProblem = (word: string | null): word is Problem =>
  word !== null && Object.hasOwn(sentences, word);

/** Of the address to which one was sent back; `place`: it, with what follows the ?. Null: nothing happened. */
export function problemAt(place: string, providers: readonly { id: string; name: string }[]) {
  const said = new URLSearchParams(place.split("?", 2)[1]);
  const problem = said.get("problem");
  if (!isProblem(problem)) return null;
  const name = providers.find(({ id }) => id === said.get("provider"))?.name ?? "the provider";
  return sentences[problem](name);
}
