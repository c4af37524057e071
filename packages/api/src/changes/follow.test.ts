import { setTimeout as delay } from "node:timers/promises";
import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import type { TrackedEnvelope } from "@trpc/server";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invariant } from "../core/errors.ts";
import { IDLE_MS } from "../live/credential-watch.ts";
import type { FeedEvent } from "../live/protocol.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type Cursor = { workspaceId: string; lastEventId?: number; epoch?: string };

/** A subscription that has begun: what came so far, and how it ended. Without a cursor it begins with what comes next. */
async function subscribe({ token }: TestPerson, input: Cursor) {
  const closing = new AbortController();
  const events: FeedEvent[] = [];
  const begun = Promise.withResolvers<unknown>();
  const stream = await api.as(token, { signal: closing.signal }).changes.onChange(input);
  const ended = (async () => {
    // In process the envelope is not unpacked, whatever the client's type says.
    const envelopes = stream as unknown as AsyncIterable<TrackedEnvelope<FeedEvent>>;
    for await (const [, event] of envelopes) {
      if (event.entity !== "live") events.push(event);
      begun.resolve(null);
    }
    return "closed";
  })().catch((error) => String(error.reason));
  await Promise.race([begun.promise, ended]);
  return { events, ended, close: () => closing.abort() };
}

const within = { interval: 5 };

test("it goes on from the cursor: nothing missing, nothing twice", async () => {
  const { owner, workspaceId, task } = await makeTeam(api);
  const first = await subscribe(owner, { workspaceId, lastEventId: 0 });
  await task("one");
  await expect.poll(() => first.events.at(-1)?.entity, within).toBe("task");
  first.close();
  expect(await first.ended).toBe("closed");
  const missed = await task("two");
  const lastEventId = invariant(first.events.at(-1), "it had events").seq;
  const second = await subscribe(owner, { workspaceId, lastEventId });
  const live = await task("three");
  await expect.poll(() => second.events.length, within).toBe(2);
  expect(second.events.map((e) => "id" in e && e.id)).toEqual([missed.id, live.id]);
  const seqs = [...first.events, ...second.events].map((e) => e.seq);
  expect(seqs).toEqual(seqs.map((_, i) => i + 1));
  second.close();
});

test("a change that is committed while the backlog is read is no reason to start over", async () => {
  const { owner, workspaceId, task, position } = await makeTeam(api);
  const start = await position();
  const opened = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const open = await subscribe(owner, { workspaceId, lastEventId: start });
      await task(`Meanwhile ${i}`);
      return open;
    }),
  );
  const wanted = Array.from({ length: 20 }, (_, i) => start + i + 1);
  for (const { events, close } of opened) {
    await expect.poll(() => events.map((e) => e.seq), within).toEqual(wanted);
    close();
  }
});

test("a cursor of another epoch, below the floor, or from the future is reset", async () => {
  const { owner, workspaceId, task, position } = await makeTeam(api);
  await task();
  const seq = await position();
  const expectReset = async (cursor: Omit<Cursor, "workspaceId">) => {
    const open = await subscribe(owner, { workspaceId, ...cursor });
    await expect.poll(() => open.events, within).toMatchObject([{ entity: "reset", seq }]);
    open.close();
    const { lastEventId = 0, epoch } = cursor;
    const since = await owner.call.changes.since({ workspaceId, seq: lastEventId, epoch });
    expect(since).toMatchObject({ reset: true, changes: [], seq });
  };
  await expectReset({ lastEventId: seq, epoch: uuidv7() });
  await expectReset({ lastEventId: seq + 1 });
  await api.services.db
    .update(schema.workspaces)
    .set({ changeFloor: 3 })
    .where(eq(schema.workspaces.id, workspaceId));
  await expectReset({ lastEventId: 2 });
});

test("what a member may not see never arrives, live or later", async () => {
  const { owner, viewer, workspaceId, task } = await makeTeam(api);
  const open = await subscribe(viewer, { workspaceId });
  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  const { id: projectId } = await owner.call.projects.create(secret);
  const hidden = await owner.call.tasks.create({ projectId, title: "Hidden" });
  await owner.call.comments.create({ taskId: hidden.id, body: "Hidden too" });
  const shown = await task("Shown");
  await expect.poll(() => open.events.length, within).toBeGreaterThan(0);
  expect(open.events).toMatchObject([{ entity: "task", id: shown.id }]);
  const { changes } = await viewer.call.changes.since({ workspaceId, seq: 0 });
  expect(JSON.stringify([changes, open.events])).not.toMatch(/hidden|secret/i);
  open.close();
});

test("removal from the workspace ends an open subscription", async () => {
  const { owner, viewer, workspaceId, task } = await makeTeam(api);
  const open = await subscribe(viewer, { workspaceId, lastEventId: 0 });
  await expect.poll(() => open.events.length, within).toBeGreaterThan(0);
  await owner.call.members.remove({ workspaceId, userId: viewer.user.id });
  expect(await open.ended).toBe("not_found");
  await task();
  expect(open.events.at(-1)).not.toMatchObject({ entity: "task" });
});

test("a revoked session or token ends an open subscription, before the poll that would find it", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  const { token, id } = await owner.call.tokens.create({
    name: "Follower",
    scope: "read",
    days: 1,
  });
  const byToken = await subscribe({ ...owner, token }, { workspaceId, lastEventId: 0 });
  await expect.poll(() => byToken.events.length, within).toBeGreaterThan(0);
  await owner.call.tokens.revoke({ id });
  const beforePoll = (ended: Promise<string>) =>
    Promise.race([ended, delay(IDLE_MS, "only the poll", { ref: false })]);
  expect(await beforePoll(byToken.ended)).toBe("signed_out");
  const bySession = await subscribe(owner, { workspaceId, lastEventId: 0 });
  await expect.poll(() => bySession.events.length, within).toBeGreaterThan(0);
  await owner.call.auth.logout();
  expect(await beforePoll(bySession.ended)).toBe("signed_out");
});

test("who loses a project is told so, and hears nothing of it any more; who gets it back hears again", async () => {
  const { owner, editor, workspaceId, project, task } = await makeTeam(api);
  const open = await subscribe(editor, { workspaceId });
  const owners = await subscribe(owner, { workspaceId });
  const userId = editor.user.id;
  const shown = () => open.events.map((e) => `${e.entity} ${e.op}`);
  await owner.call.projects.update({ id: project.id, patch: { visibility: "private" } });
  await expect.poll(shown, within).toEqual(["access delete"]);
  await task("Unseen");
  // It goes by the rights of the moment in which it is given out: the same one for all.
  await expect.poll(() => JSON.stringify(owners.events), within).toContain("Unseen");
  owners.close();
  await owner.call.projects.setMember({ projectId: project.id, userId, role: "viewer" });
  await expect
    .poll(shown, within)
    .toEqual(["access delete", "projectMember insert", "access update", "notification insert"]);
  await task("Seen");
  await expect.poll(shown, within).toContain("task insert");
  await owner.call.projects.removeMember({ projectId: project.id, userId });
  await expect.poll(() => shown().at(-1), within).toBe("access delete");
  expect(JSON.stringify(open.events)).not.toContain("Unseen");
  open.close();
});

test("a lower role in the workspace takes effect, and names the projects it takes away", async () => {
  const { owner, stranger, workspaceId, join } = await makeTeam(api);
  const userId = stranger.user.id;
  await join(userId, "owner");
  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  const { id: projectId } = await owner.call.projects.create(secret);
  const open = await subscribe(stranger, { workspaceId });
  await owner.call.members.setRole({ workspaceId, userId, role: "viewer" });
  const lost = () =>
    open.events.some((e) => e.entity === "access" && e.id === projectId && e.op === "delete");
  await expect.poll(lost, within).toBe(true);
  await owner.call.tasks.create({ projectId, title: "Unseen" });
  await owner.call.workspaces.update({ workspaceId, patch: { name: "Mill 2" } });
  await expect.poll(() => open.events.at(-1)?.entity, within).toBe("workspace");
  expect(JSON.stringify(open.events)).not.toContain("Unseen");
  open.close();
});
