import { startTestSmtp } from "@guildhall/testing/smtp";
import type { Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { after, at, HOUR, MINUTE, mailerFor, say, startMailing } from "../../../testing/mailing.ts";
import { mailPerson } from "./send-mails.ts";

let mailing: Awaited<ReturnType<typeof startMailing>>;
let team: Team;
beforeAll(async () => {
  mailing = await startMailing();
});
beforeEach(async () => {
  team = await mailing.team();
});
afterAll(() => mailing.stop());

test.each(["busy", "greylists", "no_relay"] as const)(
  "a mail server that is not well (%s) is tried again, later and later, and nothing is lost",
  async (mode) => {
    const { mail, mailsOf, smtp, textOf } = mailing;
    const { owner, editor } = team;
    const { id } = await team.task();
    smtp.mode = mode;
    await say(owner, id, `${at(editor)} one`);
    await mail(editor);
    const tries = smtp.connections();
    // Not at once, nor by another mail.
    await say(owner, id, `${at(editor)} two`);
    await mail(editor);
    expect(smtp.connections()).toBe(tries);
    await mail(editor, after(8 * MINUTE));
    expect(smtp.connections()).toBe(tries + 1);
    smtp.mode = "takes";
    await mail(editor, after(90 * MINUTE));
    expect(mailsOf(editor)).toHaveLength(2);
    expect(textOf(editor)).toMatch(/one[\s\S]*two/);
  },
);

test("no mail server at all, and one that thinks for long", async () => {
  const { api, isDue, mail, mailsOf, smtp } = mailing;
  const { owner, editor } = team;
  const { id } = await team.task();
  await say(owner, id, at(editor));
  smtp.slowMs = 300;
  await mail(editor);
  expect(mailsOf(editor)).toHaveLength(1);
  const gone = await startTestSmtp();
  await gone.stop();
  const sendMail = mailerFor(gone.url);
  const services = { ...api.services, config: { ...api.services.config, sendMail } };
  await say(owner, id, at(editor));
  await mailPerson(services, editor.user.id, after(6 * MINUTE));
  expect(await isDue(editor, after(8 * MINUTE))).toBe(true);
  await mail(editor, after(8 * MINUTE));
  expect(mailsOf(editor)).toHaveLength(2);
});

test("a connection cut after the mail was given over: sent again, as the same mail", async () => {
  const { mail, mailsOf, smtp } = mailing;
  const { owner, editor } = team;
  const { id } = await team.task();
  smtp.mode = "cut_after_data";
  await say(owner, id, at(editor));
  await mail(editor);
  smtp.mode = "takes";
  await mail(editor, after(8 * MINUTE));
  await mail(editor, after(20 * MINUTE));
  const [first, second, ...more] = mailsOf(editor);
  expect(more).toEqual([]);
  expect(second?.messageId).toBe(first?.messageId);
});

test("what was read before it is tried again is told no more", async () => {
  const { isDue, mail, mailsOf, smtp } = mailing;
  const { owner, editor, workspaceId } = team;
  const { id } = await team.task();
  smtp.mode = "busy";
  await say(owner, id, at(editor));
  await mail(editor);
  const { items } = await editor.call.notifications.list({ workspaceId });
  await editor.call.notifications.mark({ ids: items.map((item) => item.id), read: true });
  smtp.mode = "takes";
  await mail(editor, after(90 * MINUTE));
  expect(mailsOf(editor)).toEqual([]);
  expect(await isDue(editor, after(24 * HOUR))).toBe(false);
});

test("an address that is refused for good is left alone, and its person is told", async () => {
  const { mail, mailsOf, smtp } = mailing;
  const { owner, editor, workspaceId } = team;
  const { id } = await team.task();
  smtp.mode = "unknown_address";
  await say(owner, id, at(editor));
  await mail(editor);
  const tries = smtp.connections();
  await say(owner, id, at(editor));
  await mail(editor, after(24 * HOUR));
  expect(smtp.connections()).toBe(tries);
  const { mail: state } = await editor.call.notifications.settings({ workspaceId });
  expect(state.problem).toEqual({
    reason: "refused",
    said: expect.stringContaining("No such user here"),
  });
  smtp.mode = "takes";
  const { mail: now } = await editor.call.notifications.setSettings({
    workspaceId,
    settings: [],
    retryMail: true,
  });
  expect(now.problem).toBeNull();
  await say(owner, id, at(editor));
  await mail(editor, after(25 * HOUR));
  expect(mailsOf(editor)).toHaveLength(1);
});

test("a mail that is not wanted is not sent for ever, and the next one is", async () => {
  const { mail, mailsOf, smtp } = mailing;
  const { owner, editor, workspaceId } = team;
  const { id } = await team.task();
  smtp.mode = "spam";
  await say(owner, id, at(editor));
  await mail(editor);
  smtp.mode = "takes";
  await say(owner, id, `${at(editor)} next`);
  await mail(editor, after(24 * HOUR));
  expect(mailsOf(editor)).toHaveLength(1);
  expect((await editor.call.notifications.settings({ workspaceId })).mail.problem).toBeNull();
});
