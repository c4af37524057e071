/** For tests of mails: a team with confirmed addresses, and a mail server that what they are told goes to. */
import { type Db, schema } from "@guildhall/db";
import { startTestApi, type TestPerson } from "@guildhall/testing/api";
import { startTestSmtp } from "@guildhall/testing/smtp";
import { makeTeam } from "@guildhall/testing/team";
import { inArray } from "drizzle-orm";
import { createMailer } from "../src/core/outgoing/mailer.ts";
import { peopleToMail } from "../src/notifications/mail/due.ts";
import { mailPerson } from "../src/notifications/mail/send-mails.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** By the server's clock, from now on. */
export const after = (ms: number) => new Date(Date.now() + ms);

/** A mention of them. */
export const at = ({ user }: TestPerson) => `[@${user.name}](guildhall:user/${user.id})`;

export const say = (by: TestPerson, taskId: string, body: string) =>
  by.call.comments.create({ taskId, body });

const silent = { info() {}, warn() {}, error() {} };

/** Through a mail server at this address. */
export const mailerFor = (smtpUrl: string) =>
  createMailer({ smtpUrl, from: "Mill <mill@guildhall.test>", log: silent });

/** As who has opened a link that was mailed there. */
export const confirm = (db: Db, people: TestPerson[], emailVerifiedAt: Date | null = new Date()) =>
  db
    .update(schema.users)
    .set({ emailVerifiedAt })
    .where(
      inArray(
        schema.users.id,
        people.map(({ user }) => user.id),
      ),
    );

export async function startMailing() {
  const smtp = await startTestSmtp();
  const api = await startTestApi({ sendMail: mailerFor(smtp.url) });
  const { db } = api.services;
  const mailsOf = ({ user }: TestPerson) => smtp.to(user.email);
  return {
    smtp,
    api,
    confirm: (people: TestPerson[], when?: null) => confirm(db, people, when),
    async team() {
      smtp.mode = "takes";
      smtp.slowMs = 0;
      const team = await makeTeam(api);
      await confirm(db, [team.owner, team.editor, team.viewer]);
      return team;
    },
    /** What they have got so far. */
    mailsOf,
    textOf: (person: TestPerson) =>
      mailsOf(person)
        .map(({ text }) => text)
        .join("\n"),
    htmlOf: (person: TestPerson) =>
      mailsOf(person)
        .map(({ html }) => html)
        .join("\n"),
    isDue: async ({ user }: TestPerson, when: Date) =>
      (await peopleToMail(api.services, when)).includes(user.id),
    /** What the job does. */
    mail: ({ user }: TestPerson, when = after(6 * MINUTE)) =>
      mailPerson(api.services, user.id, when),
    async stop() {
      await api.stop();
      await smtp.stop();
    },
  };
}
