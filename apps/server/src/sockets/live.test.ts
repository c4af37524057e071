import { on, once } from "node:events";
import type { FeedEvent } from "@guildhall/api/client";
import { PROTOCOL_VERSION } from "@guildhall/api/server";
import type { TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startTestSockets } from "../../testing/sockets.ts";

let server: Awaited<ReturnType<typeof startTestSockets>>;
beforeAll(async () => {
  server = await startTestSockets();
});
afterAll(() => server.stop());

const within = { interval: 5 };

/** The plain way: one event after the other through tRPC's own iterator. */
async function followPlainly(person: TestPerson, workspaceId: string) {
  const closing = new AbortController();
  const events: FeedEvent[] = [];
  const stream = await server.api
    .as(person.token, { signal: closing.signal })
    .changes.onChange({ workspaceId, lastEventId: 0 });
  const ended = (async () => {
    // In process the envelope is not unpacked, whatever the client's type says.
    for await (const [, event] of stream as unknown as AsyncIterable<[string, FeedEvent]>) {
      events.push(event);
    }
  })();
  return {
    events,
    close: async () => {
      closing.abort();
      await ended;
    },
  };
}

test("ready frames bring what the plain way brings, event for event, in JSON and in msgpack", async () => {
  const team = await makeTeam(server.api);
  const { owner, editor, viewer, workspaceId, project } = team;
  await team.task("Before anyone listens");
  const people = [owner, editor, viewer];
  const ways = await Promise.all(
    people.map(async (person) => ({
      json: server.follow(person, { workspaceId, lastEventId: 0 }),
      msgpack: server.follow(person, { workspaceId, lastEventId: 0 }, { encoding: "msgpack" }),
      plain: await followPlainly(person, workspaceId),
    })),
  );
  const all = ways.flatMap(({ json, msgpack, plain }) => [json, msgpack, plain]);
  let n = 0;
  /** One act, then a change that everyone sees, so that all stand at the same place again. */
  const step = async (act: () => Promise<unknown>) => {
    await act();
    const name = `Mill ${++n}`;
    await owner.call.workspaces.update({ workspaceId, patch: { name } });
    const seq = await team.position();
    await expect
      .poll(() => all.map((each) => each.events.at(-1)?.seq), within)
      .toEqual(all.map(() => seq));
  };
  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  let secretId = "";
  const projectId = () => secretId;
  const userId = editor.user.id;
  await step(async () => {
    ({ id: secretId } = await owner.call.projects.create(secret));
  });
  await step(() => owner.call.tasks.create({ projectId: projectId(), title: "Hidden" }));
  await step(() =>
    owner.call.projects.setMember({ projectId: projectId(), userId, role: "viewer" }),
  );
  await step(() => owner.call.tasks.create({ projectId: projectId(), title: "Seen by two" }));
  await step(async () => {
    const { id } = await team.task("Ünïcode 日本 ".repeat(200).slice(0, 400));
    await owner.call.tasks.update({
      id,
      patch: { dueDate: "2027-01-02", description: "x".repeat(70_000) },
    });
    await editor.call.comments.create({ taskId: id, body: "A comment" });
  });
  await step(() => owner.call.projects.removeMember({ projectId: projectId(), userId }));
  await step(() => owner.call.tasks.create({ projectId: projectId(), title: "Hidden again" }));
  await step(() =>
    owner.call.projects.update({ id: project.id, patch: { visibility: "private" } }),
  );
  await step(() => team.task("Only the owner"));

  for (const [i, { json, msgpack, plain }] of ways.entries()) {
    const who = people[i]?.user.name;
    expect(plain.events.length, who).toBeGreaterThan(8);
    // A word "live" comes where each had caught up; that place is a matter of time.
    const told = (events: FeedEvent[]) => events.filter((event) => event.entity !== "live");
    expect(told(json.events), who).toEqual(told(plain.events));
    expect(told(msgpack.events), who).toEqual(told(plain.events));
  }
  expect(JSON.stringify(ways[2]?.json.events)).not.toMatch(/hidden|secret|Seen by two/i);
  await Promise.all(all.map((each) => each.close()));
});

test("a change takes one encoding and the subscribers' requests share it", async () => {
  const { owner, editor, workspaceId, task } = await makeTeam(server.api);
  const followers = [owner, editor, editor].map((each) => server.follow(each, { workspaceId }));
  await expect
    .poll(() => followers.map((f) => f.events[0]?.entity), within)
    .toEqual(["live", "live", "live"]);
  const { id } = await task("One");
  await expect.poll(() => followers.map((f) => f.events.length), within).toEqual([2, 2, 2]);
  for (const { events } of followers) {
    expect(events[1]).toMatchObject({ entity: "task", id, row: { createdAt: expect.any(Date) } });
  }
  await Promise.all(followers.map((f) => f.close()));
});

test("removal, a revoked token and a lost session end an open socket's subscription at once", async () => {
  const { owner, editor, viewer, workspaceId, task } = await makeTeam(server.api);
  const { token, id } = await viewer.call.tokens.create({ name: "Tool", scope: "read", days: 1 });
  const removed = server.follow(editor, { workspaceId });
  const revoked = server.follow({ ...viewer, token }, { workspaceId });
  const signedOut = server.follow(viewer, { workspaceId });
  const kept = server.follow(owner, { workspaceId });
  const all = [removed, revoked, signedOut, kept];
  await expect.poll(() => all.map((f) => f.events.length), within).toEqual([1, 1, 1, 1]);
  await owner.call.members.remove({ workspaceId, userId: editor.user.id });
  expect(await removed.ended).toBe("not_found");
  await viewer.call.tokens.revoke({ id });
  expect(await revoked.ended).toBe("signed_out");
  await viewer.call.auth.logout();
  expect(await signedOut.ended).toBe("signed_out");
  const { id: taskId } = await task("Only for who is left");
  await expect.poll(() => kept.events.at(-1), within).toMatchObject({ id: taskId });
  expect(JSON.stringify([removed.events, revoked.events, signedOut.events])).not.toContain(taskId);
  await Promise.all(all.map((each) => each.close()));
});

test("a lost session is found within a second of a delivery, also when the message of it was lost", async () => {
  const { viewer, workspaceId, task } = await makeTeam(server.api);
  const open = server.follow(viewer, { workspaceId });
  await expect.poll(() => open.events.length, within).toBe(1);
  // As another worker would, whose message did not arrive.
  await server.api.services.sessions.close(await sessionOf(viewer));
  const told = open.ended;
  let over = false;
  told.then(() => {
    over = true;
  });
  for (let i = 0; !over && i < 100; i++) await task(`Nudge ${i}`);
  expect(await told).toBe("signed_out");
  await open.close();
});

async function sessionOf({ token }: TestPerson): Promise<string> {
  const actor = await server.api.services.authenticate({ token, cookie: null });
  if (!actor) throw new Error("They are signed in.");
  return actor.credential.id;
}

test("a client that comes back gets what it missed, from memory and from Postgres alike", async () => {
  const { owner, editor, workspaceId, task, position } = await makeTeam(server.api);
  const start = await position();
  for (let i = 0; i < 30; i++) await task(`Earlier ${i}`);
  // Nobody listened: Postgres tells. Then somebody does: memory tells.
  const first = server.follow(owner, { workspaceId, lastEventId: start });
  await expect.poll(first.last, within).toBe(start + 30);
  for (let i = 0; i < 30; i++) await task(`Later ${i}`);
  const second = server.follow(editor, { workspaceId, lastEventId: start + 25 });
  const third = server.follow(editor, { workspaceId, lastEventId: start + 40 });
  await task("Live");
  const all = [first, second, third];
  await expect.poll(() => all.map((f) => f.last()), within).toEqual(all.map(() => start + 61));
  const seqs = (events: FeedEvent[]) =>
    events.filter((e) => e.entity !== "live").map((e) => e.seq - start);
  const from = (n: number) => Array.from({ length: 61 - n }, (_, i) => n + i + 1);
  expect(seqs(first.events)).toEqual(from(0));
  expect(seqs(second.events)).toEqual(from(25));
  expect(seqs(third.events)).toEqual(from(40));
  await Promise.all(all.map((each) => each.close()));
});

test("one socket holds so many subscriptions and no more; ending one makes room", async () => {
  const small = await startTestSockets({ maxSubscriptions: 2 });
  const { owner, workspaceId } = await makeTeam(small.api);
  const first = small.follow(owner, { workspaceId });
  const more = (n: number) =>
    Array.from({ length: n }, () => {
      const { promise, resolve } = Promise.withResolvers<string>();
      const subscription = first.client.changes.onChange.subscribe(
        { workspaceId },
        { onData: () => resolve("live"), onError: (error) => resolve(String(error.data?.reason)) },
      );
      return { promise, stop: () => subscription.unsubscribe() };
    });
  await expect.poll(() => first.events.length, within).toBe(1);
  const [second] = more(1);
  expect(await second?.promise).toBe("live");
  const [third] = more(1);
  expect(await third?.promise).toBe("too_many_subscriptions");
  second?.stop();
  await expect.poll(() => small.sockets.stats().subscriptions, within).toBe(1);
  const [fourth] = more(1);
  expect(await fourth?.promise).toBe("live");
  await first.close();
  await small.stop();
});

test("a client of another version of the live events is told so by every subscription", async () => {
  const { owner, workspaceId } = await makeTeam(server.api);
  const answerTo = async (protocolVersion: string | undefined) => {
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/trpc?connectionParams=1`);
    await once(socket, "open");
    const data = { token: owner.token, protocolVersion };
    socket.send(JSON.stringify({ method: "connectionParams", data }));
    const said = await Promise.all(
      ["changes.onChange", "presence.onChange"].map(async (path, id) => {
        const params = { path, input: { json: { workspaceId } } };
        socket.send(JSON.stringify({ id, method: "subscription", params }));
        for await (const [message] of on(socket, "message")) {
          const answer = JSON.parse(String(message));
          if (answer.id !== id || answer.result?.type === "started") continue;
          return answer.error?.json.data.reason ?? answer.result?.type;
        }
      }),
    );
    socket.close();
    return said;
  };
  expect(await answerTo(String(PROTOCOL_VERSION + 1))).toEqual(Array(2).fill("outdated_client"));
  expect(await answerTo(String(PROTOCOL_VERSION - 1))).toEqual(Array(2).fill("outdated_client"));
  expect(await answerTo(String(PROTOCOL_VERSION))).toEqual(["data", "data"]);
  // Whoever says none was written for the first version.
  expect(await answerTo(undefined)).toEqual(["data", "data"]);
});
