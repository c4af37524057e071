import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import {
  startTestPushService,
  type TestBrowser,
  type TestPushService,
} from "@guildhall/testing/push-service";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  AddressInside,
  isInside,
  lookupOutside,
  mayPostTo,
} from "../../core/outgoing/post-outside.ts";
import { peopleToPush, pushPerson } from "./send-pushes.ts";

const { pushDeliveries, pushMessages, pushSubscriptions, sessions } = schema;
const SECOND = 1_000;
const HOUR = 3_600_000;

let api: TestApi;
let service: TestPushService;
let team: Team;
let browser: TestBrowser;

beforeAll(async () => {
  service = await startTestPushService();
  api = await startTestApi({ pushesInside: true });
});
beforeEach(async () => {
  team = await makeTeam(api);
  browser = await subscribed(team.editor);
});
afterAll(() => Promise.all([api.stop(), service.stop()]));

async function subscribed(person: TestPerson): Promise<TestBrowser> {
  const { key } = await person.call.pushes.key();
  const made = service.browser(key);
  await person.call.pushes.subscribe(made.subscription);
  return made;
}

const later = (ms: number) => new Date(Date.now() + ms);
const push = (person: TestPerson, ms = 6 * SECOND) =>
  pushPerson(api.services, person.user.id, later(ms));
const assign = (id: string, person: TestPerson) =>
  team.owner.call.tasks.update({ id, patch: { assigneeIds: [person.user.id] } });
const left = (person: TestPerson) =>
  api.services.db.$count(pushMessages, eq(pushMessages.userId, person.user.id));
const bodies = ({ messages }: TestBrowser) =>
  messages.map(({ payload }) => (payload as { body: string }).body);

test("each browser of a person is told in words what it is and where; only it can read them", async () => {
  const { editor, workspaceId } = team;
  const phone = await subscribed(editor);
  const { id, key } = await team.task("Paint the door");
  await assign(id, editor);
  // In case it is read where it happens.
  await push(editor, 0);
  expect(browser.messages).toEqual([]);
  expect(await peopleToPush(api.services, later(6 * SECOND))).toContain(editor.user.id);
  await push(editor);
  await push(editor);
  const payload = {
    title: `${key} Paint the door`,
    body: "Olga assigned you",
    path: `/w/${workspaceId}/task/${key}`,
    tag: id,
  };
  for (const each of [browser, phone]) {
    expect(each.messages).toMatchObject([{ ttl: 86_400, payload }]);
    expect(each.messages[0]?.topic).toMatch(/^[\w-]{1,32}$/);
  }
  expect(service.complaints).toEqual([]);
  expect(await left(editor)).toBe(0);
});

test("what comes close together is one message", async () => {
  const { owner, editor } = team;
  const one = await team.task("One");
  await assign(one.id, editor);
  const body = `[@Eli](guildhall:user/${editor.user.id})`;
  await owner.call.comments.create({ taskId: one.id, body });
  await push(editor);
  expect(bodies(browser)).toEqual(["Olga assigned you, and 1 more"]);
  for (const title of ["Two", "Three"]) await assign((await team.task(title)).id, editor);
  await push(editor);
  expect(browser.messages[1]?.payload).toMatchObject({
    title: "Mill",
    body: "2 new notifications",
    path: `/w/${team.workspaceId}/inbox`,
  });
});

test("nothing is sent of what was read meanwhile, switched off, muted, or may not be seen any more", async () => {
  const { owner, editor, project, workspaceId } = team;
  const read = await team.task("Read");
  await assign(read.id, editor);
  const { items } = await editor.call.notifications.list({ workspaceId });
  await editor.call.notifications.mark({ ids: items.map(({ id }) => id), read: true });
  await push(editor);
  const off = await team.task("Off");
  await assign(off.id, editor);
  const set = (isOn: boolean | null) =>
    editor.call.notifications.setSettings({
      workspaceId,
      settings: [{ kind: "assigned", channel: "push", isOn }],
    });
  await set(false);
  await push(editor);
  await set(null);
  const hidden = await team.task("Hidden");
  await assign(hidden.id, editor);
  await owner.call.projects.update({ id: project.id, patch: { visibility: "private" } });
  await push(editor);
  expect(browser.messages).toEqual([]);
  expect(await left(editor)).toBe(0);
});

test("in quiet hours it waits", async () => {
  const { editor, workspaceId } = team;
  const clock = (hours: number) =>
    later(hours * HOUR)
      .toISOString()
      .slice(11, 16);
  const set = (quietHours: { from: string; to: string } | null) =>
    editor.call.notifications.setSettings({
      ...{ workspaceId, settings: [], timeZone: "UTC", quietHours },
    });
  await set({ from: clock(-1), to: clock(2) });
  await assign((await team.task("Later")).id, editor);
  await push(editor);
  expect(browser.messages).toEqual([]);
  await push(editor, 2 * HOUR + 60 * SECOND);
  expect(bodies(browser)).toEqual(["Olga assigned you"]);
});

test("a service that is away is asked again, ever more rarely; one that says gone ends it", async () => {
  const { editor } = team;
  const { db } = api.services;
  const other = await subscribed(editor);
  browser.answers(503);
  await assign((await team.task("Again")).id, editor);
  await push(editor);
  expect(other.messages).toHaveLength(1);
  const before = service.asked();
  // Not yet.
  await push(editor);
  expect(service.asked()).toBe(before);
  const [waiting] = await db
    .select()
    .from(pushDeliveries)
    .innerJoin(pushMessages, eq(pushMessages.id, pushDeliveries.messageId))
    .where(eq(pushMessages.userId, editor.user.id));
  expect(waiting?.push_deliveries).toMatchObject({ failures: 1 });
  browser.answers(null);
  await push(editor, HOUR);
  expect(bodies(browser)).toEqual(["Olga assigned you"]);
  expect(other.messages).toHaveLength(1);

  for (const status of [404, 410]) {
    const gone = await subscribed(editor);
    gone.answers(status);
    await assign((await team.task("Gone")).id, editor);
    await push(editor);
    const { endpoint } = gone.subscription;
    expect(await db.$count(pushSubscriptions, eq(pushSubscriptions.endpoint, endpoint))).toBe(0);
  }
  expect(await left(editor)).toBe(0);
});

test("what a service has not taken for a day is no news any more", async () => {
  const { editor } = team;
  browser.answers(500);
  await assign((await team.task("Old")).id, editor);
  await push(editor);
  browser.answers(null);
  await push(editor, 25 * HOUR);
  expect(browser.messages).toEqual([]);
  expect(await left(editor)).toBe(0);
});

test("it ends with the session, or when its person says so; somebody else can't end it", async () => {
  const { editor, viewer } = team;
  const { endpoint } = browser.subscription;
  const mine = () =>
    api.services.db.$count(pushSubscriptions, eq(pushSubscriptions.endpoint, endpoint));
  await viewer.call.pushes.unsubscribe({ endpoint });
  expect(await mine()).toBe(1);
  await editor.call.pushes.unsubscribe({ endpoint });
  expect(await mine()).toBe(0);
  await editor.call.pushes.subscribe(browser.subscription);
  await editor.call.auth.logout();
  expect(await mine()).toBe(0);
  // Nothing waits for who has no browser.
  await assign((await team.task("None")).id, editor);
  expect(await peopleToPush(api.services, later(HOUR))).not.toContain(editor.user.id);
});

test("nothing is sent to where its person's session has run out", async () => {
  const { editor } = team;
  const { id } = await team.task("Paint the door");
  await assign(id, editor);
  await api.services.db
    .update(sessions)
    .set({ expiresAt: later(-SECOND) })
    .where(eq(sessions.userId, editor.user.id));
  await push(editor);
  expect(browser.messages).toEqual([]);
});

test("a browser that another account is signed in to is that account's; of many the oldest end", async () => {
  const { editor, viewer } = team;
  const { db } = api.services;
  await viewer.call.pushes.subscribe(browser.subscription);
  await assign((await team.task("Whose")).id, editor);
  await push(editor);
  await push(viewer);
  expect(browser.messages).toEqual([]);
  for (let n = 0; n < 22; n++) await subscribed(editor);
  const count = await db.$count(pushSubscriptions, eq(pushSubscriptions.userId, editor.user.id));
  expect(count).toBe(20);
});

test("what waits for one person is not sent to who has their browser now", async () => {
  const { editor, viewer } = team;
  browser.answers(503);
  await assign((await team.task("Secret")).id, editor);
  await push(editor);
  await viewer.call.pushes.subscribe(browser.subscription);
  browser.answers(null);
  await push(editor, HOUR);
  await push(viewer, HOUR);
  expect(browser.messages).toEqual([]);
  expect(await left(editor)).toBe(0);
});

test("a key that nothing can be encrypted for is refused", async () => {
  const { subscription } = browser;
  const p256dh = Buffer.alloc(65, 4).toString("base64url");
  await expect(
    team.editor.call.pushes.subscribe({ ...subscription, p256dh }),
  ).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("names that turn the words around them are seen to", async () => {
  const { editor } = team;
  await assign((await team.task("Pay \u202egpj")).id, editor);
  await push(editor);
  expect(browser.messages[0]?.payload).toMatchObject({
    title: expect.stringContaining("Pay \ufffdgpj"),
  });
});

test("nothing is sent to an address within the server's own network", async () => {
  for (const address of [
    ...["http://push.example.com/1", "https://127.0.0.1/", "https://[::1]/", "https://localhost/"],
    ...[
      "https://10.1.2.3/",
      "https://[::ffff:10.1.2.3]/",
      "https://169.254.169.254/",
      "ftp://a.b/",
    ],
    ...["https://user@push.example.com/", "https://0x7f000001/", "https://[fd00::1]/", "nowhere"],
  ]) {
    expect(mayPostTo(address), address).toBe(false);
  }
  expect(mayPostTo("https://fcm.googleapis.com/fcm/send/1")).toBe(true);
  expect(["8.8.8.8", "2606:4700::1111"].map(isInside)).toEqual([false, false]);
  // A name that leads inside, which nothing but the look-up tells.
  for (const all of [true, false]) {
    const error = await new Promise((done) => lookupOutside("localhost", { all }, done));
    expect(error).toBeInstanceOf(AddressInside);
  }
  const strict = await startTestApi();
  try {
    const person = await strict.person("Ada");
    const { endpoint: _, ...keys } = browser.subscription;
    const subscribe = (endpoint: string) => person.call.pushes.subscribe({ endpoint, ...keys });
    await expect(subscribe(browser.subscription.endpoint)).rejects.toMatchObject({
      reason: "bad_address",
    });
  } finally {
    await strict.stop();
  }
});
