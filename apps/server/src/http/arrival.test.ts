import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestServer } from "../../testing/server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
const sockets: Socket[] = [];

beforeEach(async () => {
  const call = { everyMs: 100, withinMs: 1_000 };
  server = await startTestServer({ paces: { call, file: { everyMs: 100 } } });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.stop();
});

async function send(head: string, more = "") {
  const socket = connect(server.port, "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(`${head.replaceAll("\n", "\r\n")}host: x\r\n\r\n${more}`);
  return socket;
}
const closed = (socket: Socket) => new Promise<void>((r) => socket.once("close", () => r()));
const post = (length: number) =>
  `POST /trpc/write HTTP/1.1\ncontent-type: application/json\ncontent-length: ${length}\n`;

test("who falls silent in the middle of a body is not waited for", async () => {
  const socket = await send(post(1_000), "{");
  await closed(socket);
  expect((await fetch(`${server.url}/trpc/ping`)).status).toBe(200);
});

test("who sends drop by drop is not waited for", async () => {
  const drops = await send(post(10_000), "{");
  const dripping = setInterval(() => drops.write(" "), 10);
  await closed(drops);
  clearInterval(dripping);
});

test("what is longer than a stranger's is refused before it is sent, and somebody's is taken", async () => {
  const body = JSON.stringify({ json: "x".repeat(100_000) });
  const headers = { "content-type": "application/json" };
  const write = (more: object) =>
    fetch(`${server.url}/trpc/write`, { method: "POST", headers: { ...headers, ...more }, body });
  const stranger = await write({});
  expect(stranger.status).toBe(401);
  expect(await stranger.json()).toMatchObject({
    error: { json: { data: { reason: "signed_out" } } },
  });
  expect((await write({ authorization: "Bearer good" })).status).toBe(200);
});
