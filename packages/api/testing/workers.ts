/** For tests: several workers on one database and one Redis, and people who look who is here. */

import type { TestApi, TestPerson } from "@guildhall/testing/api";
import type { TestRedis } from "@guildhall/testing/redis";
import { goneCredentials } from "../src/auth/live-credentials.ts";
import { WorkspaceFeed } from "../src/changes/workspace-feed.ts";
import type { Bus } from "../src/core/bus/bus.ts";
import { createRedisBus } from "../src/core/bus/redis-bus.ts";
import type { Services } from "../src/core/context.ts";
import { SettingsCache } from "../src/core/settings/settings-cache.ts";
import { Signals } from "../src/core/signals.ts";
import { DocumentLog } from "../src/documents/log/document-log.ts";
import { CredentialWatch } from "../src/live/credential-watch.ts";
import { type Place, PROTOCOL_VERSION, type PresenceEvent } from "../src/live/protocol.ts";
import type { PlaceInput } from "../src/presence/find-spot.ts";
import { createPresence } from "../src/presence/workspace-presence.ts";
import { appRouter } from "../src/router.ts";

const onError = (error: unknown) => console.error(error);

export type TestWorker = ReturnType<typeof startWorker>;

/** Two workers on one database, which hear each other through this Redis. */
export async function startTwoWorkers(api: TestApi, redis: TestRedis) {
  const open = async () => {
    const bus = createRedisBus({
      ...{ urls: [redis.url], prefix: "test", maxConnections: 2, socketTimeoutSeconds: 1 },
      ...{ retryOnTimeout: true, log: { info() {}, warn() {} } },
    });
    if (!(await bus.within(120_000))) throw new Error("Redis does not answer.");
    return { bus, worker: startWorker(api, bus) };
  };
  const [one, two] = await Promise.all([open(), open()]);
  return {
    one: one.worker,
    two: two.worker,
    async stop() {
      for (const { worker } of [one, two]) await worker.stop();
      await Promise.all([one.bus.stop(), two.bus.stop()]);
    },
  };
}

export function startWorker(api: TestApi, bus: Bus) {
  const { db } = api.services;
  const signals = new Signals(bus);
  const credentials = new CredentialWatch(
    { gone: (ids) => goneCredentials(db, ids), renew: async () => {} },
    onError,
  );
  signals.onUser(() => credentials.invalidate());
  const needs = { db, bus, signals, credentials, onError };
  const times = { silenceMs: 200, renewMs: 200, expireMs: 800 };
  const feed = new WorkspaceFeed({ ...needs, times: { ...times, lingerMs: 400 } });
  const presence = createPresence(feed);
  const documentLog = new DocumentLog({ ...needs, feed, onWritten: () => {}, times });
  const settings = new SettingsCache(db, bus, api.services.settings.fixed);
  const services: Services = {
    ...{ ...api.services, bus, feed, signals, presence, documentLog, settings },
  };

  function as({ token }: TestPerson, signal?: AbortSignal) {
    const presented = { token, cookie: null };
    const context = {
      services,
      credentials: presented,
      client: { address: "127.0.0.1", userAgent: "test" },
      setCookie: null,
      socket: null,
      protocolVersion: PROTOCOL_VERSION,
      findActor: () => services.authenticate(presented),
    };
    return appRouter.createCaller(context, { signal });
  }
  return {
    presence,
    as,
    async stop() {
      await documentLog.stop();
      await feed.stop();
      await credentials.stop();
    },
    /** A tab of this person; `place` as the pages say it. */
    async open(person: TestPerson, workspaceId: string, place?: Where) {
      const tab = new AbortController();
      const stream = await as(person, tab.signal).presence.here({ workspaceId, place });
      const accepted = Promise.withResolvers<unknown>();
      const ended = read(stream, accepted.resolve);
      await Promise.race([accepted.promise, ended]);
      return { ended, close: () => tab.abort() };
    },
    /** What this person's page knows of the others. */
    async look(person: TestPerson, workspaceId: string) {
      const tab = new AbortController();
      const stream = await as(person, tab.signal).presence.onChange({ workspaceId });
      const people = new Map<string, string[]>();
      const events: PresenceEvent[] = [];
      const ended = read(stream, (event) => {
        events.push(event);
        if (event.isWhole) people.clear();
        for (const { userId, places } of event.people) {
          people.set(userId, places.map(named).sort());
        }
        for (const userId of event.gone) people.delete(userId);
      });
      return { people, events, ended, close: () => tab.abort() };
    },
  };
}

/** Its narrowest part, and what is done there. */
const named = ({ projectId, taskId, documentId, threadId, doing }: Place) =>
  [threadId ?? documentId ?? taskId ?? projectId ?? "?", ...(doing ? [doing] : [])].join(" ");

type Where = PlaceInput | null;

/** How the subscription ended: "closed", or the reason. */
async function read<T>(stream: AsyncIterable<T>, take: (event: T) => void): Promise<string> {
  try {
    for await (const event of stream) take(event);
    return "closed";
  } catch (error) {
    return String((error as { reason?: string }).reason ?? error);
  }
}
