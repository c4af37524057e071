/**
 * Where this server sends mail, an account is made by whoever opens a link that was mailed to its address.
 *
 * Problem: who signs up has to be told that an address has an account already, and so anybody learns who
 * has one. Choice: that is said by mail, to whoever reads it. Asking for the link is answered alike for every
 * address and before anybody is looked up; the account is made when the link is opened, with a name and a
 * password that are asked for then. What is in the link is sealed: nothing is stored for strangers.
 *
 * A mailed invitation is such a link itself. One that was only copied is not: its maker has it too.
 */
import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { ApiConfig, Context, Services } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import { domainOf, otherDomain } from "../../workspaces/accept-invitation.ts";
import { previewInvitation } from "../../workspaces/invitations.ts";
import { requirePasswords } from "../passwords/password-off.ts";
import { makeTicket, readTicket } from "../tickets.ts";
import { refuseStrangers } from "./registration.ts";

const { users } = schema;

const HOURS = 24;
const signUp = {
  name: "sign up",
  minutes: HOURS * 60,
  holds: z.object({ email: z.string() }),
};

type Wanted = { email: string; invitation?: string | undefined };

/** Mails the link. A failure to send is logged for the operator; the person asks again. */
export async function requestSignUp(ctx: Context, wanted: Wanted) {
  const { services, client } = ctx;
  const { email, invitation } = wanted;
  await services.limits.strangers.take(client.address);
  await requirePasswords(services, email);
  if (invitation) {
    const { domain } = await previewInvitation(services, invitation);
    if (domain && domainOf(email) !== domain) throw otherDomain({ email }, domain);
  }
  await refuseStrangers(services, wanted);
  await services.limits.signUps.take(email);
  // Answered before anybody is looked up: how long it takes tells nothing.
  setImmediate(() => {
    mailSignUp(services, wanted).catch((error) =>
      services.config.log.error({ err: error }, "a link to sign up was not mailed"),
    );
  });
  return { sentTo: email };
}

export const makeSignUpToken = ({ jwtSecret }: Pick<ApiConfig, "jwtSecret">, email: string) =>
  makeTicket(jwtSecret, signUp, { email });

async function mailSignUp({ config, db }: Services, { email, invitation }: Wanted) {
  const isTaken = (await db.$count(users, eq(users.email, email))) > 0;
  const link = new URL(`${config.publicUrl}/${isTaken ? "sign-in" : "sign-up"}`);
  if (!isTaken) link.searchParams.set("token", makeSignUpToken(config, email));
  if (invitation) link.searchParams.set("invitation", invitation);
  const reset = `${config.publicUrl}/forgot-password`;
  await config.sendMail({
    to: email,
    subject: isTaken ? "You already have a Guildhall account" : "Create your Guildhall account",
    text: isTaken
      ? `Somebody asked to create an account with this address. It has one already, and nothing was changed. Sign in:\n\n${link}\n\nIf you don't know your password any more, choose a new one:\n${reset}\n\nIf that wasn't you, ignore this email.`
      : `Open this link within ${HOURS} hours to create your account:\n\n${link}\n\nIf you didn't ask for this, ignore this email. No account is created.`,
  });
}

/** Whose address it was that the link was mailed to. */
export function readSignUp({ config }: Pick<Services, "config">, token: string): string {
  const ticket = readTicket(config.jwtSecret, signUp, token);
  if (!ticket) {
    throw refused(
      "link_expired",
      `No account was created: this link is older than ${HOURS} hours, or isn't whole. Ask for a new one.`,
    );
  }
  return ticket.value.email;
}

/** For the page that the link opens; whoever has it reads what is mailed to that address. */
export async function readPendingSignUp({ services }: Context, token: string) {
  const email = readSignUp(services, token);
  return { email, hasAccount: (await services.db.$count(users, eq(users.email, email))) > 0 };
}
