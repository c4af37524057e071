/** What strangers send to a real server: each is refused with a reason, and the server goes on. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTestDatabase } from "@guildhall/db/testing";
import { call, type Program, startProgram } from "@guildhall/testing/program";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";

let program: Program;
let url: string;
let token: string;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
const dataFolder = mkdtempSync(path.join(tmpdir(), "guildhall-server-"));

beforeAll(async () => {
  database = await createTestDatabase();
  program = startProgram({ DATABASE_URL: database.url, GUILDHALL_DATA: dataFolder });
  url = await program.ready();
  const ada = { email: "ada@example.org", password: "correct horse" };
  token = String((await call(url, "auth.register", ada)).data.token);
});
afterAll(async () => {
  program.child.kill("SIGTERM");
  await program.exited;
  await database.drop();
  rmSync(dataFolder, { recursive: true });
});
afterEach(async () => {
  expect((await call(url, "workspaces.create", { name: "Still here" }, token)).status).toBe(200);
  expect(program.output()).not.toMatch(/A procedure failed|A request failed/);
});

type Answer = { error?: { json?: { data?: { reason?: string } } } };

async function post(procedure: string, body: string, contentType = "application/json") {
  const response = await fetch(`${url}/trpc/${procedure}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      ...(contentType && { "content-type": contentType }),
    },
    body,
  });
  return read(response);
}

async function read(response: Response) {
  const answer = (await response.json()) as Answer | Answer[];
  const [first] = Array.isArray(answer) ? answer : [answer];
  return { status: response.status, reason: first?.error?.json?.data?.reason };
}

const superjson = (json: string, meta: object) =>
  `{"json":${json},"meta":${JSON.stringify({ v: 1, ...meta })}}`;
const create = "workspaces.create";
const nested = (depth: number) => `{"json":${'{"name":'.repeat(depth)}1${"}".repeat(depth)}}`;

test.each<[string, string, string, number, string]>([
  ["NUL", create, '{"json":{"name":"a\\u0000b"}}', 400, "bad_text"],
  ["a NUL in a name", create, '{"json":{"name":"a","\\u0000":1}}', 400, "bad_text"],
  ["a lone surrogate", create, '{"json":{"name":"\\ud800"}}', 400, "bad_text"],
  ["depth 64", create, nested(64), 400, "too_deep"],
  [
    "lists 100,000 deep",
    create,
    `{"json":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    400,
    "too_deep",
  ],
  ["depth 200,000 that never ends", create, "[".repeat(200_000), 400, "bad_request"],
  ["1 MB and more", create, `{"json":{"name":"${"x".repeat(2 ** 20)}"}}`, 413, "payload_too_large"],
  ["almost 1 MB", create, `{"json":{"name":"${"x".repeat(1_000_000)}"}}`, 400, "bad_input"],
  ["half of it", create, '{"json":{"na', 400, "bad_request"],
  ["no JSON", create, "name=Mill", 400, "bad_request"],
  ["not superjson's form", create, '{"name":"Mill"}', 400, "bad_encoding"],
  ["nothing", create, "", 400, "bad_input"],
  ["a list", create, "[]", 400, "bad_encoding"],
  ["an unknown procedure", "workspaces.burn", "{}", 404, "not_found"],
  ["a way around the router", "__proto__.toString", "{}", 404, "not_found"],
  ["a query as a mutation", "workspaces.list", "{}", 405, "method_not_supported"],
])("%s is refused", async (_what, procedure, body, status, reason) => {
  expect(await post(procedure, body)).toEqual({ status, reason });
});

test.each<[string, string]>([
  [
    "a path into __proto__",
    superjson('{"name":"a"}', { values: { "__proto__.x": ["undefined"] } }),
  ],
  [
    "an equality with __proto__",
    superjson('{"name":1}', { referentialEqualities: { name: ["__proto__.x"] } }),
  ],
  [
    "a list of four billion holes",
    superjson('{"ids":[]}', { values: { "ids.4294967294": ["undefined"] } }),
  ],
  [
    "a bigint of 900,000 digits",
    superjson(`{"name":"${"9".repeat(900_000)}"}`, { values: { name: ["bigint"] } }),
  ],
  [
    "an array of 8 GB",
    superjson('{"name":1000000000}', { values: { name: [["typed-array", "Float64Array"]] } }),
  ],
  ["a regexp", superjson('{"name":"/(a+)+$/"}', { values: { name: ["regexp"] } })],
  ["a URL that is none", superjson('{"name":"no"}', { values: { name: ["URL"] } })],
  ["a Map of no pairs", superjson('{"name":5}', { values: { name: ["map"] } })],
  ["a Set of a number", superjson('{"name":5}', { values: { name: ["set"] } })],
  ["an error", superjson('{"name":null}', { values: { name: ["Error"] } })],
  ["a class", superjson('{"name":{}}', { values: { name: [["class", "User"]] } })],
  ["an invalid Date", superjson('{"name":"never"}', { values: { name: ["Date"] } })],
  ["annotations of the wrong type", superjson('{"name":"a"}', { values: 7 })],
])("superjson's annotations: %s is refused", async (_what, body) => {
  const { status, reason } = await post("workspaces.create", body);
  expect(status).toBe(400);
  expect(reason).toMatch(/^(bad_encoding|bad_input)$/);
  expect(Object.prototype).not.toHaveProperty("x");
});

test("a batch of more than 20 is refused, of 20 answered", async () => {
  const batch = (n: number) =>
    fetch(`${url}/trpc/${Array(n).fill("auth.me").join(",")}?batch=1&input={}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  expect(await read(await batch(21))).toEqual({ status: 400, reason: "batch_too_large" });
  expect((await batch(20)).status).toBe(200);
});

test.each([
  ["multipart/form-data", "no boundary here"],
  ["multipart/form-data; boundary=x", "--x\r\ncontent-disposition: nonsense"],
  ["application/octet-stream", "bytes"],
  ["text/plain", '{"json":{"name":"a"}}'],
  ["application/x-www-form-urlencoded", "name=a"],
])("a body of %s is refused", async (contentType, body) => {
  const { status, reason } = await post("workspaces.create", body, contentType);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(reason).toMatch(/^[a-z_]+$/);
});

test("frames that are no calls do not end the server", async () => {
  const frames = [
    "",
    "null",
    "[".repeat(200_000),
    '{"id":1}',
    '{"id":{},"method":"query","params":null}',
    '{"id":1,"method":"subscription","params":{"path":"changes.onChange","input":{"json":7}}}',
    `{"id":2,"method":"mutation","params":{"path":"workspaces.create","input":${nested(64)}}}`,
    '{"id":3,"method":"query","params":{"path":"__proto__.x","input":{}}}',
  ];
  for (const frame of frames) {
    const socket = new WebSocket(`${url.replace("http", "ws")}/trpc`);
    await new Promise((resolve) => socket.once("open", resolve));
    const answered = new Promise((resolve) => {
      socket.once("message", resolve);
      socket.once("close", resolve);
    });
    socket.send(frame);
    await answered;
    socket.terminate();
  }
});
