/** Who sends slowly, or never all of it, against the real program: what it costs, and whom it hinders. */
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTestDatabase } from "@guildhall/db/testing";
import { call, type Program, startProgram } from "@guildhall/testing/program";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";

const MB = 1024 * 1024;
const person = { email: "ada@example.org", password: "correct horse battery", name: "Ada" };
const hostile = { email: "mallory@example.org", password: "correct horse battery", name: "Mal" };
const dataFolder = mkdtempSync(path.join(tmpdir(), "guildhall-arrivals-"));
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let program: Program;
let url: string;
let token: string;
let hostileToken: string;
/** Megabytes of a server that has done honest work, before the attack: each is judged by what it adds. */
let atRest: number;
const sockets: Socket[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  program = startProgram({
    GUILDHALL_DATA: dataFolder,
    DATABASE_URL: database.url,
    LOG_LEVEL: "warn",
  });
  url = await program.ready();
  token = String((await call(url, "auth.register", person)).data.token);
  hostileToken = String((await call(url, "auth.register", hostile)).data.token);
  for (let i = 0; i < 10; i++) await honestWork();
  for (let i = 0; i < 3; i++) await honestPush();
});

beforeEach(() => {
  atRest = memory();
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

afterAll(async () => {
  program.child.kill("SIGKILL");
  await program.exited;
  await database.drop();
  rmSync(dataFolder, { recursive: true });
});

/** What people do meanwhile, over the same address: a page, a read, a sign-in, a write. */
async function honestWork() {
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect((await call(url, "auth.me", {}, token, null)).reason).toBe("method_not_supported");
  const made = await call(url, "workspaces.create", { name: "Mill" }, token, null);
  expect(made.status).toBe(200);
}

/** A text of a megabyte and more, which is a call like any other. */
async function honestPush() {
  const update = "A".repeat(2 * MB);
  const pushed = await call(
    url,
    "documents.push",
    { documentId: crypto.randomUUID(), id: crypto.randomUUID(), update },
    token,
    null,
  );
  expect(pushed.status).toBeLessThan(500);
  expect(pushed.reason).not.toBe("payload_too_large");
}

const memory = () => {
  const status = readFileSync(`/proc/${program.child.pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
};

/** Opens `n` connections that each begin with `head` and send `body` and no more. */
async function attack(n: number, head: string, body: Buffer) {
  const { hostname, port } = new URL(url);
  const all = Array.from({ length: n }, async () => {
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.on("error", () => {});
    const over = new Promise((resolve) => {
      socket.once("close", resolve);
      socket.on("data", resolve);
    });
    await Promise.race([once(socket, "connect"), over]);
    socket.write(head.replaceAll("\n", "\r\n"));
    // All of it is with the server, or the server has said that it does not want it.
    await Promise.race([new Promise((sent) => socket.write(body, sent)), over]);
  });
  await Promise.all(all);
}

const almost4Mb = Buffer.alloc(4 * MB - 1, "A");
const headOf = (procedure: string, length: number, more = "") =>
  `POST /trpc/${procedure} HTTP/1.1\nhost: x\n${more}content-type: application/json\ncontent-length: ${length}\n\n`;

test.skipIf(process.platform !== "linux").each([
  ["4 MB without an account", () => [headOf("documents.push", 4 * MB), almost4Mb]],
  [
    "4 MB in pieces, without an account",
    () => [
      "POST /trpc/documents.push HTTP/1.1\nhost: x\ntransfer-encoding: chunked\n\n400000\n",
      almost4Mb,
    ],
  ],
  ["1 MB of a sign-in", () => [headOf("auth.login", MB), almost4Mb.subarray(0, MB - 1)]],
  [
    "64 MB of a file, without an account",
    () => [
      `PUT /files/${crypto.randomUUID()} HTTP/1.1\nhost: x\ncontent-length: ${64 * MB}\n\n`,
      almost4Mb,
    ],
  ],
  [
    "4 MB with an account",
    () => [headOf("documents.push", 4 * MB, `authorization: Bearer ${hostileToken}\n`), almost4Mb],
  ],
  [
    "heads that never end",
    () => ["GET / HTTP/1.1\nhost: x\n", Buffer.from(`x: ${"y".repeat(15_000)}`)],
  ],
] as [string, () => [string, Buffer]][])(
  "250 connections that hold back the last byte of %s cost little and hinder nobody",
  async (_what, made) => {
    const [head, body] = made();
    const attacked = attack(250, head, body);
    await honestWork();
    await attacked;
    await honestWork();
    await honestPush();
    expect(memory() - atRest).toBeLessThan(64);
  },
);

test.skipIf(process.platform !== "linux")(
  "250 sockets that never say who they are hold no frames of a megabyte",
  async () => {
    const head =
      "GET /trpc HTTP/1.1\nhost: x\nconnection: Upgrade\nupgrade: websocket\nsec-websocket-version: 13\n" +
      "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\n\n";
    // A masked text frame of 1,000,000 bytes of which the last is missing.
    const frame = Buffer.alloc(14 + 1_000_000 - 1, "A");
    frame.set([0x81, 0xff, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40, 0, 0, 0, 0]);
    const attacked = attack(250, head, frame);
    await honestWork();
    await attacked;
    const honest = new WebSocket(`${url.replace("http", "ws")}/trpc`);
    await once(honest, "open");
    honest.terminate();
    await honestWork();
    expect(memory() - atRest).toBeLessThan(64);
  },
);
