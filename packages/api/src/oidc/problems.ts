/**
 * Why somebody who came back from a provider was not let in. The page has a sentence for each; the
 * address it is sent to carries the word and the provider's id, and nothing that a stranger could write.
 */
export const providerProblems = [
  "account_deactivated",
  "cancelled",
  "clocks_differ",
  "connected_elsewhere",
  "domain_not_allowed",
  "email_unverified",
  "no_password",
  "not_asked_again",
  "provider_refused",
  "provider_unreachable",
  "registration_closed",
  "server_failed",
  "sign_in_lost",
  "signed_in_otherwise",
  "token_untrusted",
  "too_many_tries",
  "unknown_provider",
] as const;
export type ProviderProblem = (typeof providerProblems)[number];

/** Ends a sign-in; `cause` is for the operator, in the log. */
export class SignInRefused extends Error {
  readonly problem: ProviderProblem;

  constructor(problem: ProviderProblem, cause?: unknown) {
    super(`Sign-in through a provider was refused: ${problem}`, { cause });
    this.problem = problem;
  }
}
