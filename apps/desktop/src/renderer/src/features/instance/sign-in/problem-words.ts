import type { ProviderProblem } from "@guildhall/api/client";

/** For whoever can do something about it. */
const words: Record<ProviderProblem, string> = {
  account_deactivated: "the account is deactivated here.",
  cancelled: "the person cancelled it.",
  clocks_differ: "its clock and this server's differ too much. Check the time on both.",
  connected_elsewhere: "that person is connected to another account here.",
  domain_not_allowed: "accounts aren't created for addresses like theirs (OIDC_…_DOMAINS).",
  email_unverified:
    "the provider doesn't say that the address is verified (OIDC_…_CLAIM_VERIFIED).",
  no_password: "the address has an account without a password to connect it with.",
  not_asked_again:
    "it was to ask anew who the person is, and let them through. It has to support prompt=login and say auth_time.",
  provider_refused: "the provider refused this server. Check the client ID and secret.",
  provider_unreachable: "the provider didn't answer.",
  registration_closed: "registration is closed.",
  server_failed: "something failed here; the log has more.",
  sign_in_lost: "it took too long, or was finished before.",
  signed_in_otherwise: "the person had signed in as someone else meanwhile.",
  token_untrusted: "the provider's answer couldn't be trusted. Check the issuer and its keys.",
  too_many_tries: "too many attempts from one network.",
  unknown_provider: "it isn't in the settings.",
};

export const problemWords = (reason: string): string =>
  (words as Record<string, string | undefined>)[reason] ?? reason;
