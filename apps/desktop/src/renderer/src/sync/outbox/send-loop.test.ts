/** The loop against a real server over HTTP, in windows that have real locks between them. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connect } from "@/sync/server/connection.ts";
import { openAccountChannel } from "./account-channel.ts";
import { createSendLoop } from "./send-loop.ts";

type Item = { id: string };
type Answer = (res: ServerResponse) => void;

const saved: Answer = (res) => res.end(JSON.stringify([{ result: { data: { json: null } } }]));
const unclear: Answer = (res) => res.destroy();
const refused =
  (reason: string, httpStatus: number): Answer =>
  (res) => {
    const data = { code: "BAD_REQUEST", httpStatus, reason };
    const error = { json: { message: reason, code: -32600, data } };
    res.writeHead(httpStatus).end(JSON.stringify([{ error }]));
  };

/** Those of each item, one after the other; whatever comes behind them is saved. */
let answers: Record<string, Answer[]>;
let seen: string[];
const undo: (() => unknown)[] = [];

const server = createServer(async (req, res) => {
  const id = await idIn(req);
  seen.push(id);
  (answers[id]?.shift() ?? saved)(res);
});

async function idIn(req: IncomingMessage): Promise<string> {
  let body = "";
  for await (const piece of req) body += piece;
  return JSON.parse(body)["0"].json.id;
}

const bodyOf = (id: string) => JSON.stringify({ 0: { json: { id } } });

beforeEach(async () => {
  // Node has locks and channels of its own, and no window that goes online.
  const location = { origin: "http://127.0.0.1" };
  vi.stubGlobal("window", Object.assign(new EventTarget(), { location }));
  answers = {};
  seen = [];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  vi.unstubAllGlobals();
});

/** A window of the account, in which these wait. */
function open(ids: string[], more: { atOnce?: number } = {}) {
  const { port } = server.address() as AddressInfo;
  const connection = connect(`http://127.0.0.1:${port}`, "token");
  const channel = openAccountChannel({ server: connection.server, userId: "ann" });
  const window = { waiting: ids.map((id): Item => ({ id })), refusals: [] as string[], ends: 0 };
  const remove = (id: string) => {
    window.waiting = window.waiting.filter((item) => item.id !== id);
  };
  const loop = createSendLoop<Item>({
    connection,
    channel,
    topic: "test",
    prepare: async () => {},
    due: () => window.waiting,
    untilStored: async () => {},
    async send({ id }, signal) {
      // Files go by themselves; calls that begin together would share a request.
      if (!more.atOnce) await connection.mutate("tasks.update", { id });
      else await fetch(connection.server, { method: "POST", body: bodyOf(id), signal });
      remove(id);
    },
    async refuse({ id }, { reason }) {
      window.refusals.push(`${id} ${reason}`);
      remove(id);
    },
    onSignedOut: () => window.ends++,
    ...more,
  });
  const close = () => {
    loop.stop();
    channel.close();
    return connection.close();
  };
  undo.push(close);
  return { ...loop, window, close };
}

test("it sends in order, and nothing overtakes what has no clear answer", async () => {
  answers = { a: [unclear, refused("database_unavailable", 503)] };
  const { window, reachable } = open(["a", "b"]);
  const states: boolean[] = [];
  reachable.watch(() => states.push(reachable.get()));
  await expect.poll(() => window.waiting).toEqual([]);
  expect(seen).toEqual(["a", "a", "a", "b"]);
  expect(states).toEqual([false, true]);
});

test("a refusal is an answer, and holds up nothing behind it", async () => {
  answers = { a: [refused("key_taken", 409)] };
  const { window } = open(["a", "b"]);
  await expect.poll(() => window.waiting).toEqual([]);
  expect(window.refusals).toEqual(["a key_taken"]);
  expect(seen).toEqual(["a", "b"]);
});

test.each(["signed_out", "account_deactivated"])(
  "%s: nothing more is sent, and nothing of it is refused",
  async (reason) => {
    answers = { a: [refused(reason, 401)] };
    const { window } = open(["a", "b"]);
    await expect.poll(() => window.ends).toBe(1);
    expect({ seen, ...window }).toMatchObject({ seen: ["a"], refusals: [] });
    expect(window.waiting).toHaveLength(2);
  },
);

test("several at once wait for none of each other, and one can be ended", async () => {
  const held = new Map<string, ServerResponse>();
  const hold =
    (id: string): Answer =>
    (res) =>
      void held.set(id, res);
  answers = { a: [hold("a")], b: [hold("b")] };
  const { window, interrupt } = open(["a", "b", "c"], { atOnce: 2 });
  await expect.poll(() => seen.toSorted()).toEqual(["a", "b"]);
  window.waiting = window.waiting.filter(({ id }) => id !== "a");
  interrupt("a");
  const b = held.get("b");
  if (b) saved(b);
  await expect.poll(() => window.waiting).toEqual([]);
  expect(seen.toSorted()).toEqual(["a", "b", "c"]);
});

test("one window sends; when it ends the next one does", async () => {
  answers = { a: [unclear] };
  const first = open(["a"]);
  await expect.poll(() => first.reachable.get()).toBe(false);
  const second = open(["a", "b"]);
  // It hears from the one that sends that the server is away.
  await expect.poll(() => second.reachable.get()).toBe(false);
  expect(seen).toEqual(["a"]);
  await first.close();
  await expect.poll(() => second.window.waiting).toEqual([]);
  expect(seen).toEqual(["a", "a", "b"]);
});
