import { type Queryable, schema, sqlState } from "@guildhall/db";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Context, Services } from "../core/context.ts";
import { refused } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { acceptInvitation } from "../workspaces/accept-invitation.ts";
import { previewInvitation } from "../workspaces/invitations.ts";
import { mailConfirmation } from "./confirm-email.ts";
import { checkPassword, hashPassword } from "./passwords.ts";

const { users } = schema;

type Registration = { email: string; password: string; name?: string; invitation?: string };

/** Makes the account; with an invitation, also a member of its workspace, in one transaction. */
export async function register(ctx: Context, input: Registration) {
  const { services, client } = ctx;
  await services.limits.strangers.take(client.address);
  if (input.invitation) {
    const preview = previewInvitation(services.db, input.invitation);
    const refusal = await preview.then(
      () => null,
      (error: unknown) => error,
    );
    // The first answer may have been lost: then it was this very call that used it up.
    const known = refusal ? await findSame(ctx, input) : null;
    if (known) return known;
    if (refusal) throw refusal;
  }
  const byInvitation = services.config.registration === "invite" && !input.invitation;
  if (byInvitation && !(await isRegistrationOpen(services))) throw invitationNeeded();
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
        // Again, one at a time: of two who come first at once, one is the first.
        if (byInvitation) {
          await tx.execute(sql`lock table ${users} in share row exclusive mode`);
          if (!(await isRegistrationOpen(services, tx))) throw invitationNeeded();
        }
        await tx.insert(users).values({ ...user, passwordHash });
        if (input.invitation)
          await acceptInvitation(tx, record, user, { secret: input.invitation });
      },
    );
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    const known = await findSame(ctx, input);
    if (!known) throw emailTaken();
    return known;
  }
  // Nobody waits for a mail server.
  void mailConfirmation(services, user);
  return user;
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
  return known && fits ? { id: known.id, email: known.email, name: known.name } : null;
}

const emailTaken = () =>
  refused("email_taken", "An account with this email address already exists. Sign in instead.");

/** Whether somebody without an invitation may sign up: the first one always may. */
export async function isRegistrationOpen({ config, db }: Services, q: Queryable = db) {
  return config.registration === "open" || !(await hasAccounts(q));
}

export async function hasAccounts(q: Queryable): Promise<boolean> {
  const [anyone] = await q.select({ id: users.id }).from(users).limit(1);
  return anyone !== undefined;
}

const invitationNeeded = () =>
  refused(
    "invitation_needed",
    "You need an invitation to create an account here. Ask a workspace owner for one.",
  );
