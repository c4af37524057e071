import { schema } from "@guildhall/db";
import { startTestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { after, at, HOUR, MINUTE, say, startMailing } from "../../../testing/mailing.ts";

const { notifications } = schema;

let mailing: Awaited<ReturnType<typeof startMailing>>;
let team: Team;
beforeAll(async () => {
  mailing = await startMailing();
});
beforeEach(async () => {
  team = await mailing.team();
});
afterAll(() => mailing.stop());

const set = (person: TestPerson, change: object) =>
  person.call.notifications.setSettings({ workspaceId: team.workspaceId, settings: [], ...change });

test("a burst is one mail, some minutes after its first, and says the thing", async () => {
  const { isDue, mail, mailsOf } = mailing;
  const { owner, editor } = team;
  const { id, key } = await team.task("Paint the door");
  await owner.call.tasks.update({ id, patch: { assigneeIds: [editor.user.id] } });
  await say(owner, id, `${at(editor)}, see [APP-7](guildhall:task/${id}) & <b>that</b>`);
  expect(await isDue(editor, after(4 * MINUTE))).toBe(false);
  expect(await isDue(editor, after(6 * MINUTE))).toBe(true);
  await Promise.all([mail(editor), mail(editor)]);
  await mail(editor);
  const [sent, ...more] = mailsOf(editor);
  expect(more).toEqual([]);
  expect(sent?.subject).toBe(`${key} Paint the door`);
  expect(sent?.text).toContain("Olga assigned you");
  expect(sent?.text).toContain("Olga mentioned you:\n> @Eli, see APP-7 & <b>that</b>");
  expect(sent?.text).toContain(`http://guildhall.test/w/${team.workspaceId}/task/${key}`);
  expect(String(sent?.html)).toContain("@Eli, see APP-7 &amp; &lt;b&gt;that&lt;/b&gt;");
  expect(String(sent?.html)).not.toContain("<b>");
  expect(sent?.headers.get("auto-submitted")).toBe("auto-generated");
  expect(sent?.headers.get("list")).toMatchObject({
    unsubscribe: { url: expect.stringMatching(/^http:\/\/guildhall\.test\/unsubscribe\?token=/) },
    "unsubscribe-post": { name: "List-Unsubscribe=One-Click" },
  });
});

test("mails about one thing stand in one thread, and one about several says how many", async () => {
  const { mail, mailsOf } = mailing;
  const { owner, editor } = team;
  const one = await team.task("Paint the door");
  const two = await team.task("דלת");
  await say(owner, one.id, at(editor));
  await mail(editor);
  await say(owner, one.id, at(editor));
  await mail(editor);
  const [first, second] = mailsOf(editor);
  expect(first?.references).toBe(`<task.${one.id}@guildhall.test>`);
  expect(second?.references).toBe(first?.references);
  expect(second?.inReplyTo).toBe(first?.inReplyTo);
  expect(second?.messageId).not.toBe(first?.messageId);
  await say(owner, one.id, at(editor));
  await say(owner, two.id, at(editor));
  await mail(editor);
  const third = mailsOf(editor).at(-1);
  expect(third?.subject).toBe(`${one.key} Paint the door and 1 more`);
  expect(third?.references).toBeUndefined();
  // What is written from right to left does not turn what is around it.
  expect(third?.text).toContain(`\u2068${two.key} דלת\u2069\nOlga mentioned you`);
});

test("whoever has read it in the app meanwhile gets none, nor of what they read", async () => {
  const { isDue, mail, mailsOf, textOf } = mailing;
  const { owner, editor, workspaceId } = team;
  const { id } = await team.task();
  await say(owner, id, `${at(editor)} first-said`);
  const list = () => editor.call.notifications.list({ workspaceId });
  const ids = async () => (await list()).items.map((item) => item.id);
  await editor.call.notifications.mark({ ids: await ids(), read: true });
  expect(await isDue(editor, after(6 * MINUTE))).toBe(false);
  // Marked as unread it has been read all the same.
  await editor.call.notifications.mark({ ids: await ids(), read: false });
  await mail(editor);
  expect(mailsOf(editor)).toEqual([]);
  await say(owner, id, `${at(editor)} then-said`);
  await say(owner, id, `${at(editor)} last-said`);
  await editor.call.notifications.mark({ ids: (await ids()).slice(1), done: true });
  await mail(editor);
  expect(textOf(editor)).toContain("last-said");
  expect(textOf(editor)).not.toMatch(/first-said|then-said/);
});

test("what one may no longer see is in no mail, nor counted", async () => {
  const { htmlOf, mail, mailsOf, textOf } = mailing;
  const { owner, editor, viewer, project, workspaceId } = team;
  const seen = await team.task("Seen");
  const other = await owner.call.projects.create({ workspaceId, name: "Secret", key: "SEC" });
  const hidden = await owner.call.tasks.create({ projectId: other.id, title: "Hidden" });
  const binned = await team.task("Binned");
  for (const { id } of [seen, hidden, binned]) await say(owner, id, `${at(editor)} ${at(viewer)}`);
  const said = await say(owner, seen.id, `${at(editor)} unsaid`);
  await owner.call.comments.delete({ id: said.id });
  await owner.call.tasks.delete({ id: binned.id });
  await owner.call.projects.update({ id: other.id, patch: { visibility: "private" } });
  await owner.call.members.remove({ workspaceId, userId: viewer.user.id });
  await Promise.all([mail(editor), mail(viewer)]);
  expect(mailsOf(viewer)).toEqual([]);
  expect(mailsOf(editor).map(({ subject }) => subject)).toEqual([`${seen.key} Seen`]);
  for (const gone of ["Hidden", "Binned", "unsaid", "SEC"]) {
    expect(textOf(editor)).not.toContain(gone);
    expect(htmlOf(editor)).not.toContain(gone);
  }
  // All of it hidden: none at all.
  await say(owner, seen.id, at(editor));
  await owner.call.projects.update({ id: project.id, patch: { visibility: "private" } });
  await mail(editor);
  expect(mailsOf(editor)).toHaveLength(1);
});

test("nothing to who has it switched off, muted it, or has no confirmed address", async () => {
  const { confirm, mail, mailsOf } = mailing;
  const { owner, editor, viewer } = team;
  const { id } = await team.task();
  for (const person of [editor, viewer]) {
    await person.call.follows.set({ entity: "task", id, state: "follow" });
  }
  await set(viewer, { settings: [{ kind: "commented", channel: "mail", isOn: false }] });
  await say(owner, id, "Hello");
  await editor.call.follows.set({ entity: "task", id, state: "mute" });
  await Promise.all([mail(editor), mail(viewer)]);
  expect([...mailsOf(editor), ...mailsOf(viewer)]).toEqual([]);
  // Switched off after it was told: the last word holds.
  await say(owner, id, at(viewer));
  await set(viewer, { settings: [{ kind: "mentioned", channel: "mail", isOn: false }] });
  await mail(viewer);
  await confirm([editor], null);
  await say(owner, id, at(editor));
  await mail(editor);
  expect([...mailsOf(editor), ...mailsOf(viewer)]).toEqual([]);
  expect(await editor.call.notifications.settings({ workspaceId: team.workspaceId })).toMatchObject(
    {
      channels: ["app", "mail", "push"],
      mail: { problem: { reason: "unconfirmed" } },
    },
  );
});

test("quiet hours and snoozing put it off", async () => {
  const { isDue, mail, mailsOf, textOf } = mailing;
  const { owner, editor, workspaceId } = team;
  const { id } = await team.task();
  await say(owner, id, `${at(editor)} now`);
  const clock = (hours: number) =>
    after(hours * HOUR)
      .toISOString()
      .slice(11, 16);
  await set(editor, { quietHours: { from: clock(-1), to: clock(2) } });
  expect(await isDue(editor, after(HOUR))).toBe(false);
  expect(await isDue(editor, after(2 * HOUR + MINUTE))).toBe(true);
  await set(editor, { quietHours: null });
  const { items } = await editor.call.notifications.list({ workspaceId });
  const ids = items.map((item) => item.id);
  await editor.call.notifications.mark({ ids, snoozedUntil: after(3 * HOUR) });
  await mail(editor, after(HOUR));
  expect(mailsOf(editor)).toEqual([]);
  await mail(editor, after(3 * HOUR + 6 * MINUTE));
  expect(textOf(editor)).toContain("now");
});

test("a digest comes at its hour where its person is, daily or on Mondays", async () => {
  const { api, isDue } = mailing;
  const { owner, editor, viewer } = team;
  const { id } = await team.task();
  // Nine in the morning there is one in the morning here, or midnight.
  await set(editor, { mailRhythm: "daily", digestHour: 9 });
  await editor.call.notifications.setTimeZone({ timeZone: "Asia/Singapore" });
  await set(viewer, { mailRhythm: "weekly", digestHour: 8 });
  await say(owner, id, `${at(editor)} ${at(viewer)}`);
  const madeAt = new Date("2031-05-07T12:00:00Z"); // A Wednesday.
  await api.services.db
    .update(notifications)
    .set({ createdAt: madeAt })
    .where(inArray(notifications.userId, [editor.user.id, viewer.user.id]));
  const on = (time: string) => new Date(`2031-05-${time}Z`);
  expect(await isDue(editor, on("08T00:59:00"))).toBe(false);
  expect(await isDue(editor, on("08T01:00:30"))).toBe(true);
  expect(await isDue(viewer, on("12T07:59:00"))).toBe(false);
  expect(await isDue(viewer, on("12T08:00:30"))).toBe(true);
  // A server that stood still on that hour tells it when it is back.
  expect(await isDue(viewer, on("14T18:00:00"))).toBe(true);
});

test("no more than some mails an hour; the rest is gathered, and nothing is left out", async () => {
  const { mail, mailsOf, textOf } = mailing;
  const { owner, editor } = team;
  const { id } = await team.task();
  for (let n = 1; n <= 9; n++) {
    await say(owner, id, `${at(editor)} number ${n}.`);
    await mail(editor, after(6 * MINUTE + n));
  }
  expect(mailsOf(editor)).toHaveLength(6);
  await mail(editor, after(67 * MINUTE));
  expect(mailsOf(editor)).toHaveLength(7);
  for (let n = 1; n <= 9; n++) expect(textOf(editor).split(`number ${n}.`)).toHaveLength(2);
});

test("of very much a mail tells some, and how much more there is", async () => {
  const { mail, mailsOf, textOf } = mailing;
  const { owner, editor } = team;
  const { id } = await team.task();
  for (let n = 1; n <= 53; n++) await say(owner, id, `${at(editor)} ${n}`);
  await mail(editor);
  expect(mailsOf(editor)).toHaveLength(1);
  expect(textOf(editor).match(/mentioned you/g)).toHaveLength(50);
  expect(textOf(editor)).toContain("And 3 more in your inbox");
});

test("a server that sends no mail lets nothing wait for it, and says so", async () => {
  const silent = await startTestApi({ sendsMail: false });
  try {
    const { owner, editor, workspaceId, task } = await makeTeam(silent);
    const { id } = await task();
    await owner.call.comments.create({ taskId: id, body: at(editor) });
    expect(await editor.call.notifications.list({ workspaceId })).toMatchObject({ unread: 1 });
    const waiting = eq(notifications.mailWaits, true);
    expect(await silent.services.db.$count(notifications, waiting)).toBe(0);
    expect(await editor.call.notifications.settings({ workspaceId })).toMatchObject({
      channels: ["app", "push"],
      mail: { problem: { reason: "no_server" } },
    });
  } finally {
    await silent.stop();
  }
});
