import { schema, sqlState } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Context } from "../../core/context.ts";
import { GuildhallError, refused } from "../../core/errors.ts";
import { write } from "../../core/write.ts";
import { acceptInvitation } from "../../workspaces/accept-invitation.ts";
import { previewInvitation } from "../../workspaces/invitations.ts";
import { mailConfirmation } from "../email/confirm-email.ts";
import { requirePasswords } from "../passwords/password-off.ts";
import { checkPassword, hashPassword } from "../passwords/passwords.ts";
import { createAccount, hasAccounts } from "./create-account.ts";
import { refusalOf } from "./registration.ts";
import { readSignUp } from "./sign-up-by-mail.ts";

const { users } = schema;

type Registration = {
  email: string;
  password: string;
  name?: string;
  invitation?: string;
  /** Out of the link that was mailed to that address. */
  token?: string;
};

/**
 * Makes the account; with an invitation, also a member of its workspace, in one transaction. The first
 * one of a server always may, and at once. Afterwards, where the server sends mail, whoever makes one has
 * shown that its address is theirs (sign-up-by-mail.ts).
 */
export async function register(ctx: Context, input: Registration) {
  const { services, client } = ctx;
  await services.limits.strangers.take(client.address);
  await requirePasswords(services, input.email);
  let isProven = input.token !== undefined && readSignUp(services, input.token) === input.email;
  if (input.invitation) {
    const preview = await previewInvitation(services, input.invitation).catch(
      // The first answer may have been lost: then it was this very call that used it up.
      async (gone: unknown) => (await findSame(ctx, input)) ?? Promise.reject(gone),
    );
    if ("id" in preview) return preview;
    isProven ||= preview.mailedTo === input.email;
  }
  const isByMail = services.config.sendsMail && !isProven;
  const settings = await services.settings.read();
  const refusal = refusalOf(settings, input) ?? (isByMail ? byMailOnly() : null);
  if (refusal && (await hasAccounts(services.db))) throw refusal;
  const user = {
    id: uuidv7(),
    email: input.email,
    name: input.name ?? input.email.split("@", 1).join(),
  };
  const passwordHash = await hashPassword(input.password, services.config);
  try {
    await write(
      {
        services,
        actor: { user, scope: "write", credential: { kind: "session", id: "" } },
        path: "auth.register",
      },
      null,
      async (tx, record) => {
        const emailVerifiedAt = isProven ? new Date() : null;
        const { isFirst } = await createAccount(tx, { ...user, passwordHash, emailVerifiedAt });
        // Of two who come first at once, one is the first.
        if (refusal && !isFirst) throw refusal;
        const by = { actor: { user, credential: null }, client };
        await recordAudit(tx, by, {
          action: "account.created",
          subject: user,
          after: { method: input.invitation ? "invitation" : "password" },
        });
        if (input.invitation)
          await acceptInvitation(tx, record, by, { secret: input.invitation }).catch(
            unlessToConfirm,
          );
      },
    );
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    const known = await findSame(ctx, input);
    if (!known) throw emailTaken();
    return known;
  }
  // Nobody waits for a mail server.
  if (!isProven) void mailConfirmation(services, user);
  return user;
}

/** Of a link for a domain: there is an account, and it lets them in when their address is confirmed. */
function unlessToConfirm(error: unknown) {
  if (!(error instanceof GuildhallError && error.reason === "address_unconfirmed")) throw error;
}

/** A retry whose first answer was lost comes with the right password: it gets its account. */
async function findSame(ctx: Context, input: Registration) {
  const { config, db, limits } = ctx.services;
  await limits.login.take({
    email: input.email,
    address: ctx.client.address,
    isKnownDevice: false,
  });
  const [known] = await db.select().from(users).where(eq(users.email, input.email));
  // Also when there is none: how long it takes must not tell who has an account.
  const fits = await checkPassword(input.password, known?.passwordHash ?? null, config);
  // With a second factor one signs in: a password alone opens no session. So does who closed their account.
  return known && fits && !known.secondFactorAt && !known.closedAt ? known : null;
}

const byMailOnly = () =>
  refused(
    "sign_up_by_mail",
    "No account was created: it's created by a link that is mailed to its address. Ask for one on the page to sign up.",
  );

const emailTaken = () =>
  refused("email_taken", "An account with this email address already exists. Sign in instead.");
