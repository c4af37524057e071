/** A member who is made a guest, and what becomes of what they have open on another worker. */
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { startTestRedis, type TestRedis } from "@guildhall/testing/redis";
import { makeTeam, type Team } from "@guildhall/testing/team";
import type { TrackedEnvelope } from "@trpc/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startTwoWorkers, type TestWorker } from "../../testing/workers.ts";
import type { FeedEvent } from "../live/protocol.ts";

let api: TestApi;
let redis: TestRedis;
let team: Team;
let one: TestWorker;
let two: TestWorker;
let stop: () => Promise<void>;

beforeAll(async () => {
  [api, redis] = await Promise.all([startTestApi(), startTestRedis()]);
});
afterAll(() => Promise.all([api.stop(), redis.stop()]));

beforeEach(async () => {
  team = await makeTeam(api);
  ({ one, two, stop } = await startTwoWorkers(api, redis));
});
afterEach(async () => {
  redis.thaw();
  await stop();
});

const soon = { interval: 10 };

/** Follows something on the second worker; `ended` is the reason. */
function follow<T>(open: (signal: AbortSignal) => Promise<AsyncIterable<T>>) {
  const closing = new AbortController();
  const events: T[] = [];
  const ended = (async () => {
    for await (const event of await open(closing.signal)) events.push(event);
    return "closed";
  })().catch((error) => String(error.reason ?? error));
  return { events, ended, close: () => closing.abort() };
}

const followFeed = (person: TestPerson) => {
  const input = { workspaceId: team.workspaceId, lastEventId: 0 };
  const feed = follow(async (signal) => {
    const stream = await two.as(person, signal).changes.onChange(input);
    return stream as unknown as AsyncIterable<TrackedEnvelope<FeedEvent>>;
  });
  return { ...feed, text: () => JSON.stringify(feed.events) };
};

/** A member with a role of their own in one project, while another and a document are open to all. */
async function openEverything() {
  const { owner, editor, project, workspaceId } = team;
  const userId = editor.user.id;
  const { call } = owner;
  const shared = await call.projects.create({ workspaceId, name: "Shared", key: "SHA" });
  await call.projects.setMember({ projectId: shared.id, userId, role: "editor" });
  const { id: documentId } = await call.documents.create({ workspaceId, title: "Plan" });
  const feed = followFeed(editor);
  const text = follow((signal) => two.as(editor, signal).documents.onUpdate({ documentId }));
  const page = await two.look(editor, workspaceId);
  const others = await one.open(owner, workspaceId, { projectId: project.id });
  await expect.poll(() => feed.text().includes('"live"'), soon).toBe(true);
  await expect.poll(() => page.people.get(owner.user.id), soon).toEqual([project.id]);
  await expect.poll(() => text.events.length > 0, soon).toBe(true);
  const close = () => [feed, page, others].forEach((each) => void each.close());
  return { feed, text, page, sharedId: shared.id, documentId, close };
}

async function makeGuest() {
  const { owner, editor, workspaceId, viewer, project } = team;
  const open = await openEverything();
  return {
    ...open,
    demote: () =>
      one.as(owner).members.setRole({ workspaceId, userId: editor.user.id, role: "guest" }),
    /** What members are told from here on, then something that the guest is told too. */
    goOn: async () => {
      const as = one.as(owner);
      await as.tasks.create({ projectId: project.id, title: "Of members alone" });
      await as.documents.update({ id: open.documentId, patch: { title: "Of members too" } });
      await one.as(viewer).auth.updateProfile({ name: "Veronica of the members" });
      await as.tasks.create({ projectId: open.sharedId, title: "For the guest" });
    },
  };
}

test("a member who is made a guest is told at once, and of nothing else but what they were let into", async () => {
  const { feed, text, page, demote, goOn, close, sharedId, documentId } = await makeGuest();
  const { owner, editor, project, workspaceId } = team;
  await demote();
  expect(await text.ended).toBe("not_found");
  await goOn();
  await expect.poll(feed.text, soon).toContain("For the guest");
  for (const secret of ["Of members alone", "Of members too", "Veronica"]) {
    expect(feed.text()).not.toContain(secret);
  }
  // They are told what they lost, and that they are a guest.
  expect(feed.text()).toContain('"role":"guest"');
  const lost = feed.events.map(([, event]) => event as FeedEvent);
  expect(lost.filter(({ entity }) => entity === "access")).toContainEqual(
    expect.objectContaining({ id: project.id, op: "delete" }),
  );
  expect(lost.filter(({ entity }) => entity === "documentAccess")).toEqual([]);
  // Nobody is shown to them at places that they do not see.
  await expect.poll(() => page.people.has(owner.user.id), soon).toBe(false);
  const as = two.as(editor);
  await expect(as.documents.get({ id: documentId })).rejects.toMatchObject({ reason: "not_found" });
  const { projects, members, role } = await as.workspaces.open({ workspaceId });
  expect([projects.map(({ id }) => id), role]).toEqual([[sharedId], "guest"]);
  expect(members.map(({ name }) => name).sort()).toEqual(["Eli", "Olga"]);
  close();
});

test("so they are while Redis is frozen", async () => {
  const { feed, text, demote, goOn, close } = await makeGuest();
  redis.freeze();
  await demote();
  expect(await text.ended).toBe("not_found");
  await goOn();
  await expect.poll(feed.text, { ...soon, timeout: 5_000 }).toContain("For the guest");
  expect(feed.text()).not.toContain("Of members alone");
  redis.thaw();
  close();
});

test("a guest who is made a member sees what is open, live", async () => {
  const { owner, stranger, join, workspaceId, project } = team;
  const userId = stranger.user.id;
  await join(userId, "guest");
  const feed = followFeed(stranger);
  await expect.poll(() => feed.text().includes('"live"'), soon).toBe(true);
  expect(feed.text()).not.toContain(project.id);
  await one.as(owner).members.setRole({ workspaceId, userId, role: "viewer" });
  await one.as(owner).tasks.create({ projectId: project.id, title: "For everybody" });
  await expect.poll(feed.text, soon).toContain("For everybody");
  feed.close();
});

test("a guest lets in nobody whom they do not see, and imports, invites and creates nothing of their own", async () => {
  const { owner, editor, viewer, stranger, join, workspaceId, project } = team;
  const userId = stranger.user.id;
  await join(userId, "guest");
  const projectId = project.id;
  await owner.call.projects.setMember({ projectId, userId, role: "owner" });
  const { call } = stranger;
  const letIn = (userId: string) => call.projects.setMember({ projectId, userId, role: "viewer" });
  const reasons = [];
  for (const each of [viewer.user.id, crypto.randomUUID()]) {
    reasons.push(await letIn(each).catch((error) => error.message));
  }
  expect(new Set(reasons).size).toBe(1);
  await owner.call.projects.setMember({ projectId, userId: editor.user.id, role: "viewer" });
  expect(await letIn(editor.user.id)).toMatchObject({ role: "viewer" });
  const refused = { reason: "role_too_low" };
  const invited = { workspaceId, email: "another@example.com", role: "guest" } as const;
  await expect(call.invitations.create(invited)).rejects.toMatchObject(refused);
  await expect(call.documents.create({ workspaceId })).rejects.toMatchObject(refused);
  const named = { workspaceId, name: "Mine", key: "MINE" };
  await expect(call.projects.create(named)).rejects.toMatchObject(refused);
});
