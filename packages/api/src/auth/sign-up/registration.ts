/** Who may make an account here. Decided by the address alone: it tells nobody who has one. */
import type { Services } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import type { InstanceSettings } from "../../core/settings/settings.ts";
import { hasAccounts } from "./create-account.ts";

type Wanted = { email: string; invitation?: string | undefined };

/** The first account of a server can always be made. */
export async function refuseStrangers(
  { settings, db }: Pick<Services, "settings" | "db">,
  wanted: Wanted,
): Promise<void> {
  const refusal = refusalOf(await settings.read(), wanted);
  if (refusal && (await hasAccounts(db))) throw refusal;
}

/** Why this stranger may not make an account here; null when they may. */
export function refusalOf(
  { registration, registrationDomains: domains }: InstanceSettings,
  { email, invitation }: Wanted,
) {
  if (registration === "closed") return registrationClosed();
  if (invitation) return null;
  if (registration === "invite") return invitationNeeded();
  const isAllowed = domains.length === 0 || domains.includes(email.split("@", 2)[1] ?? "");
  return isAllowed ? null : domainNotAllowed(domains);
}

const invitationNeeded = () =>
  refused(
    "invitation_needed",
    "You need an invitation to create an account here. Ask a workspace owner for one.",
  );

const registrationClosed = () =>
  refused(
    "registration_closed",
    "No account was created: this server doesn't take new accounts. Ask its administrator for one.",
  );

const domainNotAllowed = (domains: readonly string[]) =>
  refused(
    "invitation_needed",
    `No account was created: without an invitation, only addresses at ${domains.join(", ")} can sign up here. Use such an address, or ask a workspace owner for an invitation.`,
  );
