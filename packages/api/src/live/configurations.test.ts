/** What holds of every log that the engine serves, whichever it is. */
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { base64, typed } from "@guildhall/testing/editor";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { goneCredentials } from "../auth/live-credentials.ts";
import { WorkspaceFeed } from "../changes/workspace-feed.ts";
import { createLocalBus } from "../core/bus/bus.ts";
import type { Actor } from "../core/context.ts";
import { invariant } from "../core/errors.ts";
import { Signals } from "../core/signals.ts";
import { DocumentLog } from "../documents/log/document-log.ts";
import { CredentialWatch } from "./credential-watch.ts";
import type { EncodedBatch } from "./encoded-batch.ts";
import type { Cursor } from "./log-channel.ts";
import type { Subscription } from "./membership.ts";
import type { DocumentEvent, FeedEvent } from "./protocol.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
const workers: { stop(): unknown }[] = [];
afterAll(async () => {
  for (const worker of workers) await worker.stop();
  await api.stop();
});

/** A worker of its own, which hears only what the test says. */
function deafWorker(silenceMs: number) {
  const { db } = api.services;
  const bus = createLocalBus();
  const signals = new Signals(bus);
  const onError = (error: unknown) => expect.unreachable(String(error));
  const credentials = new CredentialWatch(
    { gone: (ids) => goneCredentials(db, ids), renew: async () => {} },
    onError,
  );
  const needs = { db, bus, signals, credentials, onError };
  const feed = new WorkspaceFeed({ ...needs, times: { silenceMs } });
  const log = new DocumentLog({ ...needs, feed, onWritten: () => {}, times: { silenceMs } });
  workers.push(feed, log, credentials);
  return { bus, feed, log };
}

/** One log: how something is committed to it, told to the worker, and read by its subscriber. */
type Log = {
  commit: (person: TestPerson) => Promise<void>;
  /** Tells the worker of the commits with these numbers, the first being 1. */
  tell: (...numbers: number[]) => void;
  subscribe: (actor: Actor, from: number) => Promise<Subscription>;
  /** As every worker is told when something changed for a person. */
  tellOfRights: (userId: string) => void;
  /** The numbers of the commits that are in these. */
  numbersIn: (batch: EncodedBatch) => number[];
};

async function workspaceLog(team: Team, silenceMs: number): Promise<Log> {
  const { bus, feed } = deafWorker(silenceMs);
  const { workspaceId } = team;
  const start = await team.position();
  const committed: unknown[] = [];
  // What the api's own worker is told, the test tells on.
  api.services.bus.listen(`feed:${workspaceId}`, (message) =>
    committed.push(...(message as { entries: unknown[] }).entries),
  );
  await api.services.feed.listen(workspaceId, () => {});
  return {
    commit: async ({ call }) =>
      void (await call.tasks.create({ projectId: team.project.id, title: "One more" })),
    tell: (...numbers) =>
      bus.publish(`feed:${workspaceId}`, { entries: numbers.map((n) => committed[n - 1]) }),
    tellOfRights: (userId) => bus.publish("people", userId),
    subscribe: (actor, from) => feed.subscribe(workspaceId, actor, { lastEventId: start + from }),
    numbersIn: ({ events }) =>
      events.flatMap(({ event }) => {
        const { entity, seq } = event as FeedEvent;
        return entity === "live" ? [] : [seq - start];
      }),
  };
}

async function documentLog(team: Team, silenceMs: number): Promise<Log> {
  const { bus, log } = deafWorker(silenceMs);
  const { workspaceId } = team;
  const { id } = await team.owner.call.documents.create({ workspaceId });
  const ids: string[] = [];
  const update = base64(typed(new Y.Doc(), "One more"));
  return {
    commit: async ({ call }) => {
      const pushed = uuidv7();
      ids.push(pushed);
      await call.documents.push({ documentId: id, id: pushed, update });
    },
    tell: (...numbers) =>
      bus.publish(`document:${id}`, { entries: numbers.map((n) => [n, ids[n - 1], update]) }),
    tellOfRights: (userId) => bus.publish("people", userId),
    subscribe: (actor, from) => {
      const cursor: Cursor = { lastEventId: from };
      return log.subscribe({ id, workspaceId }, actor, cursor);
    },
    numbersIn: ({ events }) =>
      events.flatMap(({ event }) => {
        const said = event as DocumentEvent;
        if (said.kind !== "updates") return [];
        return said.updates.map(({ id }) => ids.indexOf(id ?? "") + 1);
      }),
  };
}

const NEVER = 2 ** 31 - 1;

async function actorOf({ token }: TestPerson): Promise<Actor> {
  return invariant(await api.services.authenticate({ token, cookie: null }), "signed in");
}

describe.each([
  ["a workspace's feed", workspaceLog],
  ["a document's log", documentLog],
])("%s", (_name, open) => {
  /** Somebody who follows it, and takes what they are given only while `isReading`. */
  async function follow(log: Log, person: TestPerson) {
    const reader = { isReading: true, isTerminated: false, heard: [] as number[] };
    const subscription = await log.subscribe(await actorOf(person), 0);
    subscription.start({
      put: (batch) => void reader.heard.push(...log.numbersIn(batch)),
      unsent: () => (reader.isReading ? 0 : Number.POSITIVE_INFINITY),
      terminate: () => {
        reader.isTerminated = true;
      },
    });
    return Object.assign(reader, { leave: subscription.leave });
  }

  async function start({ silenceMs = NEVER } = {}) {
    const team = await makeTeam(api);
    const log = await open(team, silenceMs);
    const reader = await follow(log, team.editor);
    for (let n = 0; n < 5; n++) await log.commit(team.owner);
    return { team, log, reader };
  }

  test("messages out of order and repeated arrive in order, each once", async () => {
    const { log, reader } = await start();
    log.tell(3);
    log.tell(2);
    log.tell(1);
    log.tell(2, 3);
    await expect.poll(() => reader.heard).toEqual([1, 2, 3]);
    log.tell(5, 4);
    await expect.poll(() => reader.heard).toEqual([1, 2, 3, 4, 5]);
    reader.leave();
  });

  test("a lost message that a later one reveals is read from the database", async () => {
    const { log, reader } = await start();
    log.tell(1);
    log.tell(5);
    await expect.poll(() => reader.heard).toEqual([1, 2, 3, 4, 5]);
    reader.leave();
  });

  test("a lost message that nothing follows is found too", async () => {
    const { reader } = await start({ silenceMs: 20 });
    await expect.poll(() => reader.heard).toEqual([1, 2, 3, 4, 5]);
    reader.leave();
  });

  test("who comes while others write gets the backlog and what is live, each once", async () => {
    const { team, log, reader } = await start();
    log.tell(1, 2, 3, 4, 5);
    const readers = [reader];
    for (let n = 6; n <= 15; n++) {
      const [late] = await Promise.all([follow(log, team.viewer), log.commit(team.owner)]);
      log.tell(n);
      readers.push(late);
    }
    const all = Array.from({ length: 15 }, (_, i) => i + 1);
    for (const each of readers) {
      await expect.poll(() => each.heard).toEqual(all);
      each.leave();
    }
  });

  test("who does not read is left out, and gets what was missed once they read again", async () => {
    const { team, log, reader } = await start();
    log.tell(1);
    await expect.poll(() => reader.heard).toEqual([1]);
    reader.isReading = false;
    log.tell(2, 3);
    const other = await follow(log, team.viewer);
    await expect.poll(() => other.heard).toEqual([1, 2, 3, 4, 5]);
    expect(reader.heard).toEqual([1]);
    reader.isReading = true;
    await expect.poll(() => reader.heard).toEqual([1, 2, 3, 4, 5]);
    expect(reader.isTerminated).toBe(false);
    reader.leave();
    other.leave();
  });

  test("whose right ends gets nothing that is committed after that, and is told why", async () => {
    const { team, log } = await start();
    const leaving = await log.subscribe(await actorOf(team.viewer), 0);
    const heard: number[] = [];
    leaving.start({
      put: (batch) => void heard.push(...log.numbersIn(batch)),
      unsent: () => 0,
      terminate: () => {},
    });
    // Nobody had told this worker of them.
    await expect.poll(() => heard).toEqual([1, 2, 3, 4, 5]);
    const { workspaceId, owner, viewer } = team;
    await owner.call.members.remove({ workspaceId, userId: viewer.user.id });
    log.tellOfRights(viewer.user.id);
    await expect(leaving.ended).rejects.toMatchObject({ reason: "not_found" });
    await log.commit(owner);
    expect(heard).toEqual([1, 2, 3, 4, 5]);
    leaving.leave();
  });
});
