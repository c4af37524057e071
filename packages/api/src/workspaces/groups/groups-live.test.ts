/** What somebody has through a group, open on another worker, ends with it: in either state of Redis. */
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { attend, openDocument } from "@guildhall/testing/editor";
import { startTestRedis, type TestRedis } from "@guildhall/testing/redis";
import { makeTeam } from "@guildhall/testing/team";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startTwoWorkers, type TestWorker } from "../../../testing/workers.ts";

let api: TestApi;
let redis: TestRedis;
let one: TestWorker;
let two: TestWorker;
let stop: () => Promise<void>;
beforeAll(async () => {
  [api, redis] = await Promise.all([startTestApi(), startTestRedis()]);
});
afterAll(() => Promise.all([api.stop(), redis.stop()]));
beforeEach(async () => {
  ({ one, two, stop } = await startTwoWorkers(api, redis));
});
afterEach(async () => {
  redis.thaw();
  await stop();
});

const soon = { interval: 10 };

/** Follows the workspace on the second worker. */
async function followFeed(person: TestPerson, workspaceId: string) {
  const closing = new AbortController();
  const stream = await two.as(person, closing.signal).changes.onChange({ workspaceId });
  const events: unknown[] = [];
  const ended = (async () => {
    for await (const event of stream) events.push(event);
    return "closed";
  })().catch((error) => String(error.reason ?? error));
  const text = () => JSON.stringify(events);
  await expect.poll(() => text().includes('"live"'), soon).toBe(true);
  return { text, ended, close: () => closing.abort() };
}

/** A viewer who is let into a private project and a private document by their group alone, with both open. */
async function openThroughGroup() {
  const team = await makeTeam(api);
  const { owner, viewer, workspaceId } = team;
  const { call } = owner;
  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  const { id: projectId } = await call.projects.create(secret);
  const { id: documentId } = await call.documents.create({ workspaceId, title: "Salaries" });
  await call.documents.setVisibility({ id: documentId, visibility: "private" });
  const memberIds = [viewer.user.id];
  const { id: groupId } = await call.groups.create({ workspaceId, name: "Design", memberIds });
  await call.projects.setGroup({ projectId, groupId, role: "editor" });
  await call.documents.setGroup({ id: documentId, groupId, role: "editor" });
  const feed = await followFeed(viewer, workspaceId);
  const text = await openDocument(two, viewer, documentId);
  await expect.poll(text.isLive, soon).toBe(true);
  const inDocument = await attend(two, viewer, documentId, 1);
  const onBoard = await two.open(viewer, workspaceId, { projectId });
  const seen = await one.look(owner, workspaceId);
  await expect.poll(() => seen.people.get(viewer.user.id), soon).toContain(projectId);
  const close = () => {
    for (const each of [feed, text, inDocument, onBoard, seen]) each.close();
  };
  return {
    ...{ ...team, projectId, documentId, groupId, close },
    ...{ feed, text, inDocument, seen },
  };
}
type Opened = Awaited<ReturnType<typeof openThroughGroup>>;

async function expectGone(opened: Opened) {
  const { owner, viewer, projectId, documentId, project, feed, text, inDocument, seen } = opened;
  expect(await text.ended).toBe("not_found");
  expect(await inDocument.ended).toBe("not_found");
  const as = one.as(owner);
  await as.tasks.create({ projectId, title: "Of the secret project" });
  await as.documents.update({ id: documentId, patch: { title: "Of the secret document" } });
  await as.tasks.create({ projectId: project.id, title: "For everybody" });
  await expect.poll(feed.text, { ...soon, timeout: 10_000 }).toContain("For everybody");
  expect(feed.text()).not.toContain("Of the secret");
  await expect
    .poll(() => seen.people.get(viewer.user.id) ?? [], { ...soon, timeout: 10_000 })
    .not.toContain(projectId);
  const missing = { reason: "not_found" };
  await expect(two.as(viewer).projects.get({ id: projectId })).rejects.toMatchObject(missing);
  await expect(two.as(viewer).documents.get({ id: documentId })).rejects.toMatchObject(missing);
  opened.close();
}

type Way = (opened: Opened) => Promise<unknown>;
const leave: Way = ({ owner, groupId: id, viewer }) =>
  one.as(owner).groups.removeMembers({ id, userIds: [viewer.user.id] });

const ways: [string, Way][] = [
  ["they leave the group", leave],
  ["the group is deleted", ({ owner, groupId: id }) => one.as(owner).groups.delete({ id })],
  [
    "the group loses its roles there",
    async ({ owner, groupId, projectId, documentId: id }) => {
      await one.as(owner).projects.removeGroup({ projectId, groupId });
      await one.as(owner).documents.removeGroup({ id, groupId });
    },
  ],
];

test.each(ways)("feed, text and presence on another worker end when %s", async (_, act) => {
  const opened = await openThroughGroup();
  await act(opened);
  await expectGone(opened);
});

test.each(ways)("so they do while Redis is frozen, when %s", async (_, act) => {
  const opened = await openThroughGroup();
  redis.freeze();
  await act(opened);
  await expectGone(opened);
});

test("whose group has a lower role there goes on reading, and writes nothing more", async () => {
  const opened = await openThroughGroup();
  const { owner, viewer, projectId, documentId, groupId, feed, text } = opened;
  await text.type("While they may");
  redis.freeze();
  await one.as(owner).projects.setGroup({ projectId, groupId, role: "viewer" });
  await one.as(owner).documents.setGroup({ id: documentId, groupId, role: "viewer" });
  const refused = { reason: "role_too_low" };
  await expect(text.type("And no longer")).rejects.toMatchObject(refused);
  const task = { projectId, title: "Theirs" };
  await expect(two.as(viewer).tasks.create(task)).rejects.toMatchObject(refused);
  await one.as(owner).tasks.create({ projectId, title: "Still told of" });
  await expect.poll(feed.text, { ...soon, timeout: 10_000 }).toContain("Still told of");
  opened.close();
});

test("a guest whose group made them a member is one again, on every worker", async () => {
  const { owner, stranger, join, workspaceId, project } = await makeTeam(api);
  await join(stranger.user.id, "guest");
  const memberIds = [stranger.user.id];
  const made = { workspaceId, name: "Design", memberIds, role: "viewer" } as const;
  const { id } = await owner.call.groups.create(made);
  const { id: documentId } = await owner.call.documents.create({ workspaceId, title: "Plan" });
  const feed = await followFeed(stranger, workspaceId);
  const text = await openDocument(two, stranger, documentId);
  await expect.poll(text.isLive, soon).toBe(true);
  await one.as(owner).groups.update({ id, patch: { role: null } });
  expect(await text.ended).toBe("not_found");
  await one.as(owner).tasks.create({ projectId: project.id, title: "Of members alone" });
  await one.as(owner).workspaces.update({ workspaceId, patch: { name: "For guests too" } });
  await expect.poll(feed.text, { ...soon, timeout: 10_000 }).toContain("For guests too");
  expect(feed.text()).not.toContain("Of members alone");
  feed.close();
  text.close();
});
