/**
 * Tells people by mail what they have not read in the app.
 *
 * Problem: a mail that is sent where its cause is written holds up the writer, comes in dozens, tells what
 * its reader may no longer see, and is lost or doubled when the server dies in between.
 * Choice: what waits is a mark in the notification's row, made in the transaction of its cause. A job makes
 * a mail of what waits for one person, in one transaction: a row with an id, and the notifications that are
 * told in it. What is in it is read when it is sent, as its person may see it then. So each notification
 * is in one mail, and a mail that was cut off is sent again with the id it had (its Message-ID): a second
 * one comes only where the mail server took the first and nobody heard of it.
 */
import { schema } from "@guildhall/db";
import { eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Services } from "../../core/context.ts";
import type { JobKind } from "../../core/jobs.ts";
import { MailRefused } from "../../core/outgoing/mailer.ts";
import { retryDelay } from "../../core/retry-delay.ts";
import { shownName } from "../../core/visibility/shown-name.ts";
import { type NotificationRow, readTold } from "../queries.ts";
import { instant } from "../quiet-hours.ts";
import { storePreferences } from "../settings.ts";
import { peopleToMail, waits, workspaceToMail } from "./due.ts";
import { renderMail } from "./render-mail.ts";
import { unsubscribeAddress } from "./unsubscribe.ts";

const { notificationMails, notificationPreferences, notifications, users, workspaces } = schema;

/** While the mail server is away; each mail by itself. */
const WAITS = { firstMs: 30_000, lastMs: 60 * 60_000 };

type Mail = typeof notificationMails.$inferSelect;

/** Everything that there is to mail to one person now. */
export async function mailPerson(services: Services, userId: string, at = new Date()) {
  for (;;) {
    const mail =
      (await findWaiting(services, userId, at)) ?? (await makeMail(services, userId, at));
    if (!mail || !(await send(services, mail, at))) return;
  }
}

async function findWaiting({ db }: Services, userId: string, at: Date): Promise<Mail | undefined> {
  const [mail] = await db
    .select()
    .from(notificationMails)
    .where(sql`user_id = ${userId} and state = 'waiting' and next_try_at <= ${instant(at)}`)
    .limit(1);
  return mail;
}

/** Of all that waits for them in one workspace; null: nothing is due. */
function makeMail(services: Services, userId: string, at: Date): Promise<Mail | null> {
  return services.db.transaction(async (tx) => {
    // Held, so that nobody makes another one meanwhile.
    await tx.execute(sql`select from ${users} where id = ${userId} for no key update`);
    const workspaceId = await workspaceToMail(tx, { services, at, userId });
    if (!workspaceId) return null;
    const values = { id: uuidv7(), userId, workspaceId, createdAt: at, nextTryAt: at };
    const [mail = null] = await tx.insert(notificationMails).values(values).returning();
    await tx
      .update(notifications)
      .set({ mailWaits: false, mailId: values.id })
      .where(sql`user_id = ${userId} and workspace_id = ${workspaceId} and ${waits(at)}`);
    return mail;
  });
}

/** Returns whether there may be more to do for its person. */
async function send(services: Services, mail: Mail, at: Date): Promise<boolean> {
  const { config } = services;
  const told = await readMail(services, mail, at);
  try {
    if (told) await config.sendMail(told);
  } catch (error) {
    if (!(error instanceof MailRefused)) {
      await putOff(services, mail, at);
      config.log.warn({ err: error, to: told?.to }, "A mail was not sent; it is tried again.");
      return false;
    }
    config.log.warn({ err: error, to: told?.to }, "The mail server refuses a mail for good.");
    if (error.of === "address") await noteRefusal(services, mail.userId, error.message);
    await settle(services, mail, "refused");
    return true;
  }
  await settle(services, mail, told ? "sent" : "empty");
  return true;
}

const settle = ({ db }: Services, { id }: Mail, state: Mail["state"]) =>
  db.update(notificationMails).set({ state }).where(eq(notificationMails.id, id));

function putOff({ db }: Services, { id, failures }: Mail, at: Date) {
  const nextTryAt = new Date(at.getTime() + retryDelay(failures, WAITS));
  return db
    .update(notificationMails)
    .set({ failures: failures + 1, nextTryAt })
    .where(eq(notificationMails.id, id));
}

/** Nothing is sent there any more until its person says that it should be tried again. */
async function noteRefusal({ db, signals }: Services, userId: string, said: string) {
  await storePreferences(db, userId, { mailRefusal: said.slice(0, 200) });
  signals.notifyUser(userId);
}

/** Null: there is nothing that they may be told, or no address of theirs to send it to. */
async function readMail(services: Services, { id, userId, workspaceId }: Mail, at: Date) {
  const { db, config } = services;
  const [person] = await db
    .select({ email: users.email, workspaceName: workspaces.name })
    .from(users)
    .innerJoin(workspaces, eq(workspaces.id, workspaceId))
    .leftJoin(notificationPreferences, eq(notificationPreferences.userId, users.id))
    .where(
      sql`${users.id} = ${userId} and ${users.emailVerifiedAt} is not null
        and ${users.deactivatedAt} is null and ${users.closedAt} is null
        and ${notificationPreferences.mailRefusal} is null`,
    );
  if (!person) return null;
  const rows = await readTold(db, { mailId: id }, at);
  if (rows.length === 0) return null;
  const names = await namesOf(services, rows);
  const items = rows.map((row) => ({ ...row, actorName: names.get(row.actorId ?? "") ?? null }));
  const unsubscribe = unsubscribeAddress(config, { userId, workspaceId });
  const place = { id: workspaceId, name: person.workspaceName };
  const rendered = renderMail(items, {
    publicUrl: config.publicUrl,
    workspace: place,
    unsubscribe,
  });
  const host = new URL(config.publicUrl).hostname;
  const thread = rendered.about && `<${rendered.about}@${host}>`;
  return {
    to: person.email,
    ...rendered.mail,
    messageId: `<${id}@${host}>`,
    ...(thread && { inReplyTo: thread, references: thread }),
    unsubscribe,
  };
}

async function namesOf({ db }: Services, rows: readonly NotificationRow[]) {
  const ids = rows.flatMap(({ actorId }) => (actorId ? [actorId] : []));
  const people = await db
    .select({ id: users.id, name: shownName })
    .from(users)
    .where(inArray(users.id, ids));
  return new Map(people.map(({ id, name }) => [id, name]));
}

export const mailJobs = (services: Services): JobKind => ({
  queue: "notification-mails",
  pollSeconds: 2,
  batch: 4,
  expireInSeconds: 600,
  // What the mail server failed at is noted with its mail, and found again when it is time.
  retryLimit: 5,
  run: (userId) => mailPerson(services, userId),
  async runTogether(userIds) {
    await Promise.all(userIds.map((userId) => mailPerson(services, userId)));
  },
  unfinished: () => peopleToMail(services),
});
