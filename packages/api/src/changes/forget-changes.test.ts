import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import type { TrackedEnvelope } from "@trpc/server";
import { and, asc, eq, lte, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invariant } from "../core/errors.ts";
import { readCursor } from "../core/feed/read-feed.ts";
import type { FeedEvent } from "../live/protocol.ts";
import { forgetChanges } from "./forget-changes.ts";

const { changes, workspaces } = schema;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const forget = () => forgetChanges(api.services.db, { keepDays: 90 });

async function makeOld({ workspaceId }: Team, upTo: number) {
  await api.services.db
    .update(changes)
    .set({ at: sql`now() - interval '91 days'` })
    .where(and(eq(changes.workspaceId, workspaceId), lte(changes.seq, upTo)));
}

async function keptSeqs({ workspaceId }: Team) {
  const rows = await api.services.db
    .select({ seq: changes.seq, entity: changes.entity })
    .from(changes)
    .where(eq(changes.workspaceId, workspaceId))
    .orderBy(asc(changes.seq));
  return rows;
}

/** As many old changes as make several pages and batches; every seventh, and the first of a page, is of a task that is there. */
async function fillOld(team: Team, count: number) {
  const { id: taskId } = await team.task("Old");
  const start = await team.position();
  await api.services.db.execute(sql`
    insert into changes (workspace_id, seq, entity, entity_id, op, project_id, at)
    select ${team.workspaceId}, ${start} + n, 'task',
      case when n % 7 = 0 or ${start} + n = 501 then ${taskId}::uuid else gen_random_uuid() end,
      'delete', ${team.project.id}, now() - interval '91 days'
    from generate_series(1, ${count}::int) n`);
  await api.services.db
    .update(workspaces)
    .set({ changeSeq: start + count })
    .where(eq(workspaces.id, team.workspaceId));
  await makeOld(team, start);
  return start + count;
}

/** An open subscription, read one event at a time. */
async function reader({ owner }: Team, input: { workspaceId: string; lastEventId: number }) {
  const closing = new AbortController();
  const stream = await api.as(owner.token, { signal: closing.signal }).changes.onChange(input);
  // In process the envelope is not unpacked, whatever the client's type says.
  const envelopes = stream as unknown as AsyncIterable<TrackedEnvelope<FeedEvent>>;
  const iterator = envelopes[Symbol.asyncIterator]();
  return {
    next: async () => invariant((await iterator.next()).value, "an event")[1] as FeedEvent,
    close: () => closing.abort(),
  };
}

test("what is older than the days kept leaves the feed, and clients are told where it begins", async () => {
  const team = await makeTeam(api);
  await team.task("One");
  const old = await team.position();
  await team.task("Two");
  await makeOld(team, old);
  expect(await forget()).toBe(old);
  expect(await forget()).toBe(0);

  const { workspaceId, owner } = team;
  expect(await readCursor(api.services.db, workspaceId)).toMatchObject({ floor: old });
  const since = (seq: number) => owner.call.changes.since({ workspaceId, seq });
  expect(await since(old - 1)).toMatchObject({ reset: true, changes: [] });
  expect(await since(old)).toMatchObject({ reset: false, changes: [{ seq: old + 1 }] });
  const late = await reader(team, { workspaceId, lastEventId: old - 1 });
  expect(await late.next()).toMatchObject({ entity: "reset", seq: await team.position() });
  late.close();
  const inTime = await reader(team, { workspaceId, lastEventId: old });
  expect(await inTime.next()).toMatchObject({ entity: "task", seq: old + 1 });
  inTime.close();
});

test("a workspace where nothing happened since then keeps its cursor", async () => {
  const team = await makeTeam(api);
  const last = await team.position();
  await makeOld(team, last);
  expect(await forget()).toBe(last);
  const kept = (await keptSeqs(team)).map(({ entity }) => entity);
  expect(new Set(kept)).toEqual(new Set(["project", "status"]));
  const { workspaceId, owner } = team;
  expect(await owner.call.changes.since({ workspaceId, seq: last })).toMatchObject({
    reset: false,
    upToDate: true,
  });
  await team.task();
  expect(await owner.call.changes.since({ workspaceId, seq: last })).toMatchObject({
    changes: [{ seq: last + 1 }],
  });
});

test("a task keeps its history", async () => {
  const team = await makeTeam(api);
  const { owner } = team;
  const task = await team.task("Before");
  await owner.call.comments.create({ taskId: task.id, body: "Gone from the feed" });
  await owner.call.tasks.update({ id: task.id, patch: { title: "After" } });
  await makeOld(team, await team.position());
  const before = await owner.call.changes.history({ entityId: task.id });
  await forget();
  expect(await owner.call.changes.history({ entityId: task.id })).toEqual(before);
  const entities = new Set((await keptSeqs(team)).map(({ entity }) => entity));
  expect(entities).toEqual(new Set(["task", "comment", "project", "status"]));
});

test("what was made before the days kept can be changed and undone; what it was before that is not kept", async () => {
  const team = await makeTeam(api);
  const { owner, workspaceId } = team;
  const { documents } = owner.call;
  const { id } = await documents.create({ workspaceId, title: "First" });
  const { id: goneId } = await documents.create({ workspaceId, title: "Gone" });
  const told = () => team.position();
  await makeOld(team, await told());
  await forget();
  await documents.delete({ id: goneId });
  for (const title of ["Second", "Third"]) {
    const mutationId = uuidv7();
    await documents.update({ id, patch: { title }, mutationId });
    expect(await documents.undo({ id, of: mutationId })).toMatchObject({
      documents: [{ title: "First" }],
      deletedIds: [],
      left: [],
    });
    await makeOld(team, await told());
    await forget();
  }
  const rows = await api.services.db
    .select({ id: changes.entityId })
    .from(changes)
    .where(and(eq(changes.workspaceId, workspaceId), eq(changes.entity, "document")));
  expect(rows).toEqual([{ id }]);
});

test("of what the feed has lost nothing is undone, and it is told", async () => {
  const team = await makeTeam(api);
  const { owner, workspaceId } = team;
  const { documents } = owner.call;
  const { id } = await documents.create({ workspaceId, title: "First" });
  await api.services.db.delete(changes).where(eq(changes.entityId, id));
  const mutationId = uuidv7();
  await documents.update({ id, patch: { title: "Second" }, mutationId });
  expect(await documents.undo({ id, of: mutationId })).toMatchObject({
    documents: [{ title: "Second" }],
    deletedIds: [],
    left: [id],
  });
});

test("several workers and writers at once: above the floor the feed has no gap", async () => {
  const team = await makeTeam(api);
  const old = await fillOld(team, 2_500);
  const writes = Promise.all(Array.from({ length: 30 }, (_, n) => team.task(`New ${n}`)));
  const counts = await Promise.all([forget(), forget(), forget()]);
  await writes;
  expect(counts.reduce((sum, n) => sum + n)).toBe(old);
  const { floor, seq } = await readCursor(api.services.db, team.workspaceId);
  expect(floor).toBe(old);
  const above = (await keptSeqs(team)).map((row) => row.seq).filter((n) => n > floor);
  expect(above).toEqual(Array.from({ length: seq - floor }, (_, n) => floor + n + 1));
});

test("a subscriber whose backlog is cleared away while it reads is reset, and then hears all", async () => {
  const team = await makeTeam(api);
  const { workspaceId } = team;
  const last = await fillOld(team, 1_300);
  const open = await reader(team, { workspaceId, lastEventId: 0 });
  const first = await open.next();
  expect(first.seq).toBe(1);
  await forget();
  let event = first;
  for (let before = 0; event.entity !== "reset"; before = event.seq, event = await open.next()) {
    // What is given out is whole up to the reset.
    expect(event.seq).toBe(before + 1);
  }
  expect(event.seq).toBe(last);
  const { id } = await team.task("Live");
  for (event = await open.next(); event.entity !== "task"; ) event = await open.next();
  expect(event).toMatchObject({ seq: last + 1, id });
  open.close();
});
