/** For tests: several workers on one database and one Redis, and people who look who is here. */

import type { TestApi, TestPerson } from "@guildhall/testing/api";
import { goneCredentials } from "../src/auth/live-credentials.ts";
import type { Bus } from "../src/core/bus.ts";
import type { Services } from "../src/core/context.ts";
import { CredentialWatch } from "../src/core/credential-watch.ts";
import { Feed } from "../src/core/feed.ts";
import type { HereEvent } from "../src/core/here.ts";
import { Signals } from "../src/core/signals.ts";
import { DocumentRooms } from "../src/documents/log/rooms.ts";
import { WorkerPresence } from "../src/presence/presence.ts";
import { appRouter } from "../src/router.ts";

const onError = (error: unknown) => console.error(error);

export type TestWorker = ReturnType<typeof startWorker>;

export function startWorker(api: TestApi, bus: Bus) {
  const { db } = api.services;
  const feed = new Feed({ db, bus, onError, silenceMs: 200 });
  const signals = new Signals(bus);
  const credentials = new CredentialWatch(
    { gone: (ids) => goneCredentials(db, ids), renew: async () => {} },
    onError,
  );
  signals.onAnyone(() => credentials.doubt());
  const times = { renewMs: 200, expireMs: 800, lingerMs: 400 };
  const presence = new WorkerPresence({ db, bus, feed, signals, credentials, onError, ...times });
  const documentLog = new DocumentRooms({
    db,
    bus,
    feed,
    signals,
    credentials,
    onError,
    onWritten: () => {},
    times: { silenceMs: 400, renewMs: 200, expireMs: 800 },
  });
  const services: Services = { ...api.services, bus, feed, signals, presence, documentLog };

  function as({ token }: TestPerson, signal?: AbortSignal) {
    const presented = { token, cookie: null };
    const context = {
      services,
      credentials: presented,
      client: { address: "127.0.0.1", userAgent: "test" },
      setCookie: null,
      wire: null,
      findActor: () => services.authenticate(presented),
    };
    return appRouter.createCaller(context, { signal });
  }
  return {
    presence,
    as,
    async stop() {
      presence.stop();
      credentials.stop();
      await documentLog.stop();
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
      const events: HereEvent[] = [];
      const ended = read(stream, (event) => {
        events.push(event);
        if (event.isWhole) people.clear();
        for (const { userId, places } of event.people) {
          people.set(userId, places.map((p) => p.taskId ?? p.projectId ?? "?").sort());
        }
        for (const userId of event.gone) people.delete(userId);
      });
      return { people, events, ended, close: () => tab.abort() };
    },
  };
}

type Where = { projectId?: string; taskId?: string } | null;

/** How the subscription ended: "closed", or the reason. */
async function read<T>(stream: AsyncIterable<T>, take: (event: T) => void): Promise<string> {
  try {
    for await (const event of stream) take(event);
    return "closed";
  } catch (error) {
    return String((error as { reason?: string }).reason ?? error);
  }
}
