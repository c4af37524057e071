import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startTestServer } from "../../testing/server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
afterEach(() => server.stop());

async function open(options: { origin?: string; params?: object } = {}): Promise<WebSocket> {
  const url = options.params ? `${server.ws}?connectionParams=1` : server.ws;
  const socket = new WebSocket(url, { origin: options.origin });
  await once(socket, "open");
  if (options.params) {
    socket.send(JSON.stringify({ method: "connectionParams", data: options.params }));
  }
  return socket;
}

const call = (path: string, id = 1) =>
  JSON.stringify({ id, method: "query", params: { path, input: null } });

async function answerTo(socket: WebSocket, message: string) {
  socket.send(message);
  const [data] = await once(socket, "message");
  return JSON.parse(String(data));
}

test("takes our page, listed sites and tools, and refuses other pages before the upgrade", async () => {
  server = await startTestServer();
  for (const origin of [undefined, server.url, "https://tools.example.org"]) {
    const socket = await open({ origin });
    expect(await answerTo(socket, call("ping"))).toMatchObject({ result: { data: "pong" } });
    socket.close();
  }
  for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
    const [error] = await once(new WebSocket(server.ws, { origin }), "error");
    expect(String(error)).toContain("403");
  }
  const [lost] = await once(new WebSocket(server.ws.replace("/trpc", "/other")), "error");
  expect(String(lost)).toContain("404");
});

test("refuses a frame over 1 MB and offers no compression", async () => {
  server = await startTestServer();
  const socket = await open({ params: { token: "good" } });
  expect(socket.extensions).toBe("");
  await answerTo(socket, call("ping"));
  socket.send("x".repeat(1024 * 1024 + 1));
  const [code] = await once(socket, "close");
  expect(code).toBe(1009);
});

test("whoever has not signed in has 16 KB to say in a message", async () => {
  server = await startTestServer();
  const [stranger, known] = [await open(), await open({ params: { token: "good" } })];
  await answerTo(known, call("ping"));
  const long = JSON.stringify({
    id: 1,
    method: "query",
    params: { path: "ping", input: "x".repeat(50_000) },
  });
  const closed = once(stranger, "close");
  stranger.send(long);
  expect([1006, 1008]).toContain((await closed)[0]);
  expect(await answerTo(known, long)).toMatchObject({ id: 1 });
});

test("closes who has not said who they are by the deadline, and only them", async () => {
  server = await startTestServer({ signInDeadlineMs: 150 });
  const known = await open({ params: { token: "good" } });
  expect(await answerTo(known, call("ping"))).toMatchObject({ result: { data: "pong" } });
  // Silent, silent after announcing a sign-in, and with a wrong token.
  const strangers = await Promise.all([
    open(),
    new Promise<WebSocket>((resolve) => {
      const socket = new WebSocket(`${server.ws}?connectionParams=1`);
      socket.once("open", () => resolve(socket));
    }),
    open({ params: { token: "bad" } }),
  ]);
  const codes = await Promise.all(strangers.map(async (each) => (await once(each, "close"))[0]));
  expect(codes).toEqual([1008, 1008, 1008]);
  expect(await answerTo(known, call("ping"))).toMatchObject({ result: { data: "pong" } });
});

test("lets go of a reader that does not read, and gives a quick one a large answer", async () => {
  server = await startTestServer({ maxUnsentBytes: 100_000 });
  const quick = await open();
  expect((await answerTo(quick, call("big"))).result.data).toHaveLength(300_000);
  const stuck = await open();
  stuck.pause();
  const closed = once(stuck, "close");
  for (let id = 1; id <= 100; id++) stuck.send(call("big", id));
  // Only a reader that reads again can see that it was let go; in time, it also learns why.
  await expect
    .poll(() => answerTo(quick, call("ping")))
    .toMatchObject({ result: { data: "pong" } });
  stuck.resume();
  expect([1006, 1013]).toContain((await closed)[0]);
});

test("tells everyone to come back when it stops, and takes nobody new", async () => {
  server = await startTestServer();
  const socket = await open();
  const closed = once(socket, "close");
  await server.sockets.stop(1_000);
  expect((await closed)[0]).toBe(1012);
  const [error] = await once(new WebSocket(server.ws), "error");
  expect(String(error)).toContain("503");
});

test("one more connection than it takes is told to come back later", async () => {
  server = await startTestServer({ limits: { maxConnections: 2 } });
  const first = await open();
  await open();
  const [error] = await once(new WebSocket(server.ws), "error");
  expect(String(error)).toContain("503");
  first.close();
  await once(first, "close");
  await expect.poll(() => server.sockets.stats().sockets).toBe(1);
  await open();
});

test("one person's connections are bounded, and the one too many is told so", async () => {
  server = await startTestServer({ bounds: { connectionsPerPerson: 2 } });
  const params = { token: "good" };
  const kept = [await open({ params }), await open({ params })];
  for (const socket of kept) await answerTo(socket, call("ping"));
  const third = await open({ params });
  const said = once(third, "message");
  const [code, why] = await once(third, "close");
  expect([code, String(why)]).toEqual([1013, "You have too many connections. Close some windows."]);
  expect(JSON.parse(String((await said)[0]))).toMatchObject({ id: null, error: { json: {} } });
  expect(await answerTo(await open(), call("ping"))).toMatchObject({ result: { data: "pong" } });
});

test("who sends more than its share of messages is let go, others are not", async () => {
  server = await startTestServer({ bounds: { messagesPerSecond: 5 } });
  const busy = await open();
  const closed = once(busy, "close");
  for (let id = 1; id <= 40; id++) busy.send(call("ping", id));
  expect((await closed)[0]).toBe(1008);
  expect(await answerTo(await open(), call("ping"))).toMatchObject({ result: { data: "pong" } });
});

test("bounds that are changed hold for what is open", async () => {
  const bounds = { messagesPerSecond: 1_000, connectionsPerPerson: 100 };
  server = await startTestServer({ bounds });
  const busy = await open({ params: { token: "good" } });
  for (let id = 1; id <= 40; id++) busy.send(call("ping", id));
  expect(await answerTo(busy, call("ping", 41))).toMatchObject({ result: { data: "pong" } });
  Object.assign(bounds, { messagesPerSecond: 5, connectionsPerPerson: 1 });
  const second = await open({ params: { token: "good" } });
  expect((await once(second, "close"))[0]).toBe(1013);
  const closed = once(busy, "close");
  for (let id = 50; id <= 90; id++) busy.send(call("ping", id));
  expect((await closed)[0]).toBe(1008);
});

test("a peer that does not answer the heartbeat is noticed", async () => {
  server = await startTestServer({ limits: { heartbeatSeconds: 1 } });
  const dead = await open();
  dead.pause();
  await expect.poll(() => server.sockets.stats().sockets).toBe(1);
  await expect.poll(() => server.sockets.stats().sockets).toBe(0);
});
