/** For tests: every way in which one person reads a workspace's feed, each to the end. */

import type { TestApi, TestPerson } from "@guildhall/testing/api";
import type { TrackedEnvelope } from "@trpc/server";
import superjson from "superjson";
import { type SocketSink, SocketTakeover } from "../src/core/socket.ts";
import type { FeedEvent } from "../src/live/protocol.ts";

export type Reader = (
  api: TestApi,
  who: TestPerson,
  from: { workspaceId: string; seq: number; until: number },
) => Promise<FeedEvent[]>;

const REQUEST = 1;

/** In process the envelope is not unpacked, whatever the client's type says. */
async function subscribe(
  api: TestApi,
  { token }: TestPerson,
  { workspaceId, seq, socket }: { workspaceId: string; seq: number; socket: SocketSink | null },
) {
  const closing = new AbortController();
  const caller = api.as(token, { signal: closing.signal, socket });
  const stream = await caller.changes.onChange({ workspaceId, lastEventId: seq });
  const events = stream as unknown as AsyncIterable<TrackedEnvelope<FeedEvent> | SocketTakeover>;
  return { events, close: () => closing.abort() };
}

/** Its frames as its client would read them. */
function createTestingSocket() {
  const events: FeedEvent[] = [];
  let wake = () => {};
  const take = (text: string) => {
    const { result } = JSON.parse(text);
    events.push(superjson.deserialize<{ data: FeedEvent }>(result.data).data);
    wake();
  };
  const socket: SocketSink = {
    encoding: "json",
    write: (frames) => textsOf(frames).forEach(take),
    unsent: () => 0,
    terminate: () => {},
    subscriptions: new Set(),
    maxSubscriptions: 10,
  };
  const next = () => new Promise<void>((resolve) => (wake = resolve));
  return { socket, events, next };
}

function textsOf(frames: Uint8Array): string[] {
  const all = Buffer.from(frames);
  const texts: string[] = [];
  for (let at = 0; at < all.length; ) {
    const short = all.readUInt8(at + 1);
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    const long = head === 4 ? all.readUInt16BE(at + 2) : Number(all.readBigUInt64BE(at + 2));
    const end = at + head + (head === 2 ? short : long);
    texts.push(all.subarray(at + head, end).toString());
    at = end;
  }
  return texts;
}

/** Follows through a socket until told to close; `events` grows. */
export async function followBySocket(
  api: TestApi,
  who: TestPerson,
  from: { workspaceId: string; seq: number },
) {
  const { socket, events, next } = createTestingSocket();
  const stream = await subscribe(api, who, { ...from, socket });
  const ended = (async () => {
    for await (const event of stream.events) {
      if (event instanceof SocketTakeover) event.start(REQUEST);
    }
  })().catch(() => {});
  const until = async (seq: number) => {
    while ((events.at(-1)?.seq ?? 0) < seq) await next();
  };
  return { events, until, ended, close: stream.close };
}

export const readers: Record<string, Reader> = {
  "changes.since": async (_api, { call }, { workspaceId, seq }) => {
    const { changes } = await call.changes.since({ workspaceId, seq });
    return changes;
  },
  "a plain subscription": async (api, who, { workspaceId, seq, until }) => {
    const read: FeedEvent[] = [];
    const { events, close } = await subscribe(api, who, { workspaceId, seq, socket: null });
    for await (const each of events) {
      if (each instanceof SocketTakeover) continue;
      const [, event] = each;
      read.push(event);
      if (event.seq >= until) break;
    }
    close();
    return read;
  },
  "a socket": async (api, who, { workspaceId, seq, until }) => {
    const socket = await followBySocket(api, who, { workspaceId, seq });
    await socket.until(until);
    socket.close();
    await socket.ended;
    return socket.events;
  },
};
