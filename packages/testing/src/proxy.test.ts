import { once } from "node:events";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestingProxy, type TestingProxy } from "./proxy.ts";

let server: Server;
let proxy: TestingProxy;
let accepted: Socket[];
let sockets: Socket[];

beforeEach(async () => {
  accepted = [];
  sockets = [];
  server = createServer((socket) => {
    accepted.push(socket.on("error", () => {}));
    socket.pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("It does not listen on a port.");
  proxy = await startTestingProxy(address.port);
});
afterEach(async () => {
  for (const socket of [...sockets, ...accepted]) socket.destroy();
  await proxy.stop();
  server.close();
});

/** A connection that keeps what it gets. */
async function connect() {
  const socket = createConnection({ port: Number(new URL(proxy.url).port), host: "127.0.0.1" });
  sockets.push(socket);
  let got = "";
  socket.on("error", () => {});
  socket.setEncoding("utf8").on("data", (text: string) => {
    got += text;
  });
  await once(socket, "connect");
  return { socket, got: () => got };
}

const isClosed = (socket: Socket) =>
  new Promise<void>((resolve) => void socket.once("close", () => resolve()));

test("passes bytes both ways, in order, and the end", async () => {
  const { socket, got } = await connect();
  const text = Array.from({ length: 50_000 }, (_, i) => `${i},`).join("");
  socket.end(text);
  await once(socket, "close");
  expect(got()).toBe(text);
  await expect.poll(() => proxy.links()).toEqual([]);
});

test("a cut ends both sides", async () => {
  const { socket } = await connect();
  await expect.poll(() => accepted.length).toBe(1);
  const both = [socket, ...accepted].map(isClosed);
  proxy.cut();
  await Promise.all(both);
});

test("delay and jitter change the time of arrival, never the order", async () => {
  const { socket, got } = await connect();
  proxy.misbehave({ delay: 20, jitter: 30 });
  const from = performance.now();
  const pieces = Array.from({ length: 20 }, (_, i) => `piece ${i};`);
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(got).toBe(pieces.join(""));
  // There and back.
  expect(performance.now() - from).toBeGreaterThanOrEqual(39);
});

test("a frozen link swallows nothing: all of it arrives after the thaw", async () => {
  const { socket, got } = await connect();
  socket.write("before;");
  await expect.poll(got).toBe("before;");
  proxy.misbehave({ frozen: true });
  socket.write("during;");
  // A connection that was not there before is frozen as well.
  const other = await connect();
  other.socket.write("other;");
  await expect.poll(() => accepted.length).toBe(2);
  expect([got(), other.got()]).toEqual(["before;", ""]);
  proxy.misbehave({});
  await expect.poll(() => [got(), other.got()]).toEqual(["before;during;", "other;"]);
});

test("one link may misbehave alone", async () => {
  const [one, other] = [await connect(), await connect()];
  await expect.poll(() => proxy.links().length).toBe(2);
  proxy.links()[0]?.misbehave({ frozen: true });
  one.socket.write("one;");
  other.socket.write("other;");
  await expect.poll(other.got).toBe("other;");
  expect(one.got()).toBe("");
  proxy.links()[0]?.misbehave(null);
  await expect.poll(one.got).toBe("one;");
});

test("shows when the server lets go of a frozen client", async () => {
  const { socket } = await connect();
  await expect.poll(() => proxy.links().length).toBe(1);
  await expect.poll(() => accepted.length).toBe(1);
  proxy.misbehave({ frozen: true });
  for (const each of accepted) each.destroy();
  await proxy.links()[0]?.closedByServer;
  expect(socket.destroyed).toBe(false);
  proxy.misbehave({});
  await once(socket, "close");
});

test("a throttled link fills the sender's buffers", async () => {
  const { got } = await connect();
  await expect.poll(() => accepted.length).toBe(1);
  proxy.misbehave({ throttle: 0 });
  const sender = accepted[0];
  const bytes = 16 * 1024 * 1024;
  sender?.write("x".repeat(bytes));
  await expect.poll(() => proxy.links().length).toBe(1);
  // What the kernel takes by itself is a few megabytes.
  expect(sender?.writableLength).toBeGreaterThan(bytes / 4);
  proxy.misbehave({});
  await expect.poll(() => got().length).toBe(bytes);
});

test("a slow link lets through what it was told to", async () => {
  const { socket, got } = await connect();
  proxy.misbehave({ throttle: 400_000 });
  const from = performance.now();
  socket.write("x".repeat(200_000));
  await expect.poll(() => got().length).toBe(200_000);
  expect(performance.now() - from).toBeGreaterThan(300);
});

test("refuses who comes while it refuses", async () => {
  proxy.refuse(true);
  const refused = createConnection({ port: Number(new URL(proxy.url).port), host: "127.0.0.1" });
  sockets.push(refused);
  refused.on("error", () => {});
  await isClosed(refused);
  expect(accepted).toEqual([]);
  proxy.refuse(false);
  const { socket, got } = await connect();
  socket.write("hello");
  await expect.poll(got).toBe("hello");
});
