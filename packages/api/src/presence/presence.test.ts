import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { startTestRedis, type TestRedis } from "@guildhall/testing/redis";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorker, type TestWorker } from "../../testing/workers.ts";
import { createRedisBus, type RedisBus } from "../core/bus/redis-bus.ts";

let api: TestApi;
let redis: TestRedis;
let team: Team;
let ids: Record<"owner" | "editor" | "viewer", string>;
let one: TestWorker;
let two: TestWorker;
let buses: RedisBus[];

beforeAll(async () => {
  [api, redis] = await Promise.all([startTestApi(), startTestRedis()]);
});
afterAll(() => Promise.all([api.stop(), redis.stop()]));

beforeEach(async () => {
  team = await makeTeam(api);
  const { owner, editor, viewer } = team;
  ids = { owner: owner.user.id, editor: editor.user.id, viewer: viewer.user.id };
  buses = await Promise.all([openBus(), openBus()]);
  [one, two] = buses.map((bus) => startWorker(api, bus)) as [TestWorker, TestWorker];
});
afterEach(async () => {
  for (const worker of [one, two]) await worker.stop();
  await Promise.all(buses.map((bus) => bus.stop()));
});

async function openBus() {
  const bus = createRedisBus({
    urls: [redis.url],
    prefix: "test",
    maxConnections: 2,
    socketTimeoutSeconds: 1,
    retryOnTimeout: true,
    log: { info() {}, warn() {} },
  });
  expect(await bus.within(120_000)).toBe(true);
  return bus;
}

const soon = { interval: 10 };
const see = (page: { people: Map<string, string[]> }) =>
  expect.poll(() => Object.fromEntries(page.people), soon);

test("somebody on another worker appears, moves and leaves", async () => {
  const { owner, editor, workspaceId, project } = team;
  const task = await team.task();
  const page = await one.look(owner, workspaceId);
  await see(page).toEqual({});
  const first = await two.open(editor, workspaceId, { projectId: project.id });
  await see(page).toEqual({ [ids.editor]: [project.id] });
  first.close();
  const second = await two.open(editor, workspaceId, { projectId: project.id, taskId: task.id });
  await see(page).toEqual({ [ids.editor]: [task.id] });
  // Whoever moves, or comes back in a moment, has never been gone.
  expect(page.events.flatMap(({ gone }) => gone)).toEqual([]);
  second.close();
  await see(page).toEqual({});
  page.close();
  expect(await page.ended).toBe("closed");
  expect(await second.ended).toBe("closed");
});

test("who comes later is told of everyone, with all their tabs, wherever they are", async () => {
  const { owner, editor, viewer, workspaceId, project } = team;
  const [a, b] = [await team.task("a"), await team.task("b")];
  await one.open(editor, workspaceId, { projectId: project.id, taskId: a.id });
  await two.open(editor, workspaceId, { taskId: b.id });
  await two.open(editor, workspaceId, { taskId: b.id });
  await two.open(owner, workspaceId);
  const page = await one.look(viewer, workspaceId);
  await see(page).toEqual({ [ids.owner]: [], [ids.editor]: [a.id, b.id].sort() });
  expect(page.events[0]?.isWhole).toBe(true);
});

test("a hundred who come at once are a few messages", async () => {
  const { owner, editor, workspaceId, project } = team;
  const page = await one.look(owner, workspaceId);
  await see(page).toEqual({});
  const tasks = await Promise.all(Array.from({ length: 9 }, (_, i) => team.task(`${i}`)));
  const places = Array.from({ length: 100 }, (_, i) => tasks[i % tasks.length]?.id);
  await Promise.all(
    places.map((taskId) => two.open(editor, workspaceId, { projectId: project.id, taskId })),
  );
  await see(page).toEqual({ [ids.editor]: tasks.map(({ id }) => id).sort() });
  expect(page.events.length).toBeLessThan(20);
});

test("a place in a project is shown to those who may see the project, also when that changes", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  const { id: projectId } = await one.as(owner).projects.create(secret);
  await one.as(owner).projects.setMember({ projectId, userId: ids.editor, role: "viewer" });
  await two.open(editor, workspaceId, { projectId });
  const [insider, outsider] = await Promise.all([
    one.look(owner, workspaceId),
    one.look(viewer, workspaceId),
  ]);
  await see(insider).toEqual({ [ids.editor]: [projectId] });
  await see(outsider).toEqual({ [ids.editor]: [] });
  expect(JSON.stringify(outsider.events)).not.toContain(projectId);

  await one.as(owner).projects.update({ id: projectId, patch: { visibility: "open" } });
  await see(outsider).toEqual({ [ids.editor]: [projectId] });
  await one.as(owner).projects.update({ id: projectId, patch: { visibility: "private" } });
  await see(outsider).toEqual({ [ids.editor]: [] });
  // Nor is somebody shown at a place that they may not see any more themselves.
  await one.as(owner).projects.removeMember({ projectId, userId: ids.editor });
  await see(insider).toEqual({ [ids.editor]: [] });
});

test("who is removed has their tabs ended, and is gone for the others at once", async () => {
  const { owner, viewer, workspaceId } = team;
  const page = await one.look(owner, workspaceId);
  const [tab, theirs] = [await two.open(viewer, workspaceId), await two.look(viewer, workspaceId)];
  await see(page).toEqual({ [ids.viewer]: [] });
  await see(theirs).toEqual({ [ids.viewer]: [] });
  await one.as(owner).members.remove({ workspaceId, userId: ids.viewer });
  expect(await tab.ended).toBe("not_found");
  expect(await theirs.ended).toBe("not_found");
  await see(page).toEqual({});
  await one.open(owner, workspaceId);
  await see(page).toEqual({ [ids.owner]: [] });
  expect(theirs.people.has(ids.owner)).toBe(false);
});

test("a session that ends takes its tabs with it", async () => {
  const { owner, viewer, workspaceId } = team;
  const page = await one.look(owner, workspaceId);
  const tab = await two.open(viewer, workspaceId);
  await see(page).toEqual({ [ids.viewer]: [] });
  await one.as(viewer).auth.logout();
  expect(await tab.ended).toBe("signed_out");
  await see(page).toEqual({});
});

test("a worker that is killed is forgotten, and the others go on", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const page = await one.look(owner, workspaceId);
  await one.open(viewer, workspaceId);
  await two.open(editor, workspaceId);
  await see(page).toEqual({ [ids.viewer]: [], [ids.editor]: [] });
  await buses[1]?.stop();
  await see(page).toEqual({ [ids.viewer]: [] });
});

test("while Redis is away each worker shows its own, and then all again", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const page = await one.look(owner, workspaceId);
  await one.open(viewer, workspaceId);
  await two.open(editor, workspaceId);
  await see(page).toEqual({ [ids.viewer]: [], [ids.editor]: [] });
  await redis.kill();
  await see(page).toEqual({ [ids.viewer]: [] });
  const mine = await one.open(owner, workspaceId);
  await see(page).toEqual({ [ids.viewer]: [], [ids.owner]: [] });
  // No hint arrives, and still nobody stays who was removed.
  await two.as(owner).members.remove({ workspaceId, userId: ids.editor });
  mine.close();
  await redis.start();
  await two.open(viewer, workspaceId);
  await see(page).toEqual({ [ids.viewer]: [] });
});

test("a worker hears of a workspace only while somebody of it is there", async () => {
  const { owner, workspaceId } = team;
  const channel = `test:2:presence:${workspaceId}`;
  const listeners = async () => (await redis.cli("pubsub", "numsub", channel)).split("\n")[1];
  expect(await listeners()).toBe("0");
  const [tab, page] = [await one.open(owner, workspaceId), await one.look(owner, workspaceId)];
  await expect.poll(listeners, soon).toBe("1");
  tab.close();
  page.close();
  await expect.poll(listeners, soon).toBe("0");
});

test("a place that one may not see, or that does not fit together, is no place", async () => {
  const { owner, viewer, stranger, workspaceId, project } = team;
  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  const { id: hidden } = await owner.call.projects.create(secret);
  const { id: hiddenTask } = await owner.call.tasks.create({ projectId: hidden, title: "Hidden" });
  const foreign = await stranger.call.workspaces.create({ name: "Forge" });
  const open = async (...args: Parameters<TestWorker["open"]>) => (await one.open(...args)).ended;
  const places = [
    { projectId: hidden },
    { taskId: hiddenTask },
    { projectId: project.id, taskId: hiddenTask },
  ];
  for (const place of places) expect(await open(viewer, workspaceId, place)).toBe("not_found");
  // The owner may see both, and yet the one does not lie in the other.
  const apart = { projectId: project.id, taskId: hiddenTask };
  expect(await open(owner, workspaceId, apart)).toBe("not_found");
  expect(await open(stranger, workspaceId)).toBe("not_found");
  expect(await open(stranger, foreign.id, { projectId: project.id })).toBe("not_found");
});

test("others see who writes a comment, who holds a card, and who reads a document", async () => {
  const { owner, editor, workspaceId, project } = team;
  const { id: taskId } = await team.task();
  const { id: documentId } = await owner.call.documents.create({ workspaceId, title: "Plan" });
  const begun = { documentId, anchor: { from: "AQAA", to: "AQAB" }, quote: "words" };
  const { thread } = await owner.call.threads.begin({ ...begun, comment: { body: "Hm" } });
  const page = await one.look(owner, workspaceId);
  const places = [
    [{ projectId: project.id, taskId, doing: "typing" }, `${taskId} typing`],
    [{ taskId, doing: "holding" }, `${taskId} holding`],
    // Nobody holds a whole project.
    [{ projectId: project.id, doing: "holding" }, project.id],
    [{ documentId }, documentId],
    [{ documentId, threadId: thread.id, doing: "typing" }, `${thread.id} typing`],
  ] as const;
  for (const [place, shown] of places) {
    const tab = await two.open(editor, workspaceId, place);
    await see(page).toEqual({ [ids.editor]: [shown] });
    tab.close();
  }
});

test("who reads a document is told to those alone who may see it, wherever it goes", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const { id: documentId } = await owner.call.documents.create({ workspaceId, title: "Plan" });
  const tab = await two.open(editor, workspaceId, { documentId });
  const [insider, outsider] = [
    await one.look(owner, workspaceId),
    await one.look(viewer, workspaceId),
  ];
  await see(outsider).toEqual({ [ids.editor]: [documentId] });
  await two.as(owner).documents.setMember({ id: documentId, userId: ids.editor, role: "viewer" });
  await two.as(owner).documents.setVisibility({ id: documentId, visibility: "private" });
  await see(outsider).toEqual({ [ids.editor]: [] });
  await see(insider).toEqual({ [ids.editor]: [documentId] });
  const told = outsider.events.length;
  await two.as(owner).documents.setMember({ id: documentId, userId: ids.viewer, role: "viewer" });
  await see(outsider).toEqual({ [ids.editor]: [documentId] });
  expect(JSON.stringify(outsider.events.slice(told))).toContain(documentId);
  tab.close();

  const open = async (...args: Parameters<TestWorker["open"]>) => (await one.open(...args)).ended;
  const secret = await owner.call.documents.create({ workspaceId, title: "Salaries" });
  await owner.call.documents.setVisibility({ id: secret.id, visibility: "private" });
  expect(await open(viewer, workspaceId, { documentId: secret.id })).toBe("not_found");
  const other = await owner.call.documents.create({ workspaceId, title: "Other" });
  const begun = { documentId, anchor: { from: "AQAA", to: "AQAB" }, quote: "words" };
  const { thread } = await owner.call.threads.begin({ ...begun, comment: { body: "Hm" } });
  const apart = { documentId: other.id, threadId: thread.id };
  expect(await open(owner, workspaceId, apart)).toBe("not_found");
});
