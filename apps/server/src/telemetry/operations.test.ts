/** The real program, as its operator sees it. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { createClient } from "@guildhall/api/client";
import { createTestDatabase } from "@guildhall/db/testing";
import { startCollector } from "@guildhall/testing/collector";
import { call, type Program, startProgram } from "@guildhall/testing/program";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const METRICS_TOKEN = "a token for the scraper only";
const JWT_SECRET = "a secret that signs tokens, 32 bytes";
const person = { email: "ada@example.org", password: "correct horse battery", name: "Ada" };

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let collector: Awaited<ReturnType<typeof startCollector>>;
let program: Program;
let url: string;
let token: string;
let workspaceId: string;
const dataFolder = mkdtempSync(path.join(tmpdir(), "guildhall-operations-"));

beforeAll(async () => {
  database = await createTestDatabase();
  collector = await startCollector();
  program = startProgram({
    GUILDHALL_DATA: dataFolder,
    DATABASE_URL: database.url,
    METRICS_TOKEN,
    JWT_SECRET,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    LOG_LEVEL: "debug",
  });
  url = await program.ready();
  token = String((await call(url, "auth.register", person)).data.token);
  const made = await call(url, "workspaces.create", { id: randomUUID(), name: "Hall" }, token);
  workspaceId = String(made.data.id);
});

afterAll(async () => {
  program.child.kill("SIGKILL");
  await program.exited;
  collector.stop();
  await database.drop();
  rmSync(dataFolder, { recursive: true });
});

type Line = Record<string, unknown> & { msg: string; requestId?: string };
const lines = (): Line[] =>
  program
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
const linesOf = (requestId: string | null) => lines().filter((l) => l.requestId === requestId);

const authorization = () => ({ authorization: `Bearer ${token}` });
const query = (procedure: string, input: object, headers: Record<string, string> = {}) =>
  fetch(`${url}/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`, {
    headers: { ...authorization(), ...headers },
  });
const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: { json: { data: { requestId: string } } } };
  return error.json.data;
};

describe("the log", () => {
  test("has one line for a request, which says who asked for what where, and how it went", async () => {
    const requestId = "from-the-proxy.42";
    const response = await query("projects.list", { workspaceId }, { "x-request-id": requestId });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-request-id")).toBe(requestId);
    await expect.poll(() => linesOf(requestId)).toHaveLength(1);
    expect(linesOf(requestId)[0]).toMatchObject({
      level: 30,
      msg: "request",
      method: "GET",
      procedures: ["projects.list"],
      status: 200,
      ms: expect.any(Number),
      userId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      workspaceId,
      address: "127.0.0.1",
    });
  });

  test("a refusal carries the id under which its line is found", async () => {
    const response = await query("projects.list", { workspaceId: "not an id" });
    const { requestId } = await errorOf(response);
    expect(response.headers.get("x-request-id")).toBe(requestId);
    await expect.poll(() => linesOf(requestId).length).toBe(2);
    expect(linesOf(requestId)).toEqual([
      expect.objectContaining({ msg: "A procedure refused.", reason: "bad_input" }),
      expect.objectContaining({ msg: "request", status: 400 }),
    ]);
  });

  test.each(["short", "with spaces and more", "x".repeat(200), "<script>alert(1)"])(
    "an id that is none is not taken over: %s",
    async (given) => {
      const response = await query("auth.me", {}, { "x-request-id": given });
      expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    },
  );

  test("what is refused before tRPC has its id too", async () => {
    const headers = { origin: "https://evil.example", "content-type": "application/json" };
    const response = await fetch(`${url}/trpc/auth.login`, { method: "POST", headers, body: "{}" });
    expect((await errorOf(response)).requestId).toBe(response.headers.get("x-request-id"));
  });

  test("a call on a socket is a request of its own", async () => {
    const client = createClient({ url, token });
    const input = { workspaceId: randomUUID() };
    const { promise, resolve } = Promise.withResolvers<string>();
    client.changes.onChange.subscribe(input, {
      onError: (error) => resolve(String(error.data?.requestId)),
    });
    const requestId = await promise;
    await expect
      .poll(() => linesOf(requestId))
      .toMatchObject([
        { msg: "A procedure refused.", procedure: "changes.onChange", reason: "not_found" },
      ]);
    await client.close();
  });

  test("names of procedures come from the router, not from the address", async () => {
    const response = await query("auth.me,my.secret", {});
    const requestId = response.headers.get("x-request-id");
    await expect.poll(() => linesOf(requestId).at(-1)?.procedures).toEqual(["auth.me", "unknown"]);
  });

  test("holds no secret, whatever was sent", async () => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ json: { ...person, cookie: true } });
    const login = await fetch(`${url}/trpc/auth.login`, {
      method: "POST",
      headers: { ...headers, origin: url },
      body,
    });
    const cookie = String(login.headers.getSetCookie()[0]).split(";")[0] ?? "";
    const made = await call(url, "tokens.create", { name: "tool", scope: "read", days: 1 }, token);
    const access = String(made.data.token);
    expect([login.status, cookie.length > 20, access.length > 20]).toEqual([200, true, true]);
    await fetch(`${url}/trpc/auth.me`, { headers: { cookie } });
    await fetch(`${url}/trpc/auth.me`, { headers: { authorization: `Bearer ${access}` } });
    await call(url, "auth.login", { ...person, password: "a wrong password" });
    await fetch(`${url}/reset-password?token=a-link-from-a-mail`);
    const last = await query("search.find", { workspaceId, text: "a text of theirs" });
    await expect.poll(() => linesOf(last.headers.get("x-request-id")).length).toBeGreaterThan(0);
    const secrets = {
      password: person.password,
      "wrong password": "a wrong password",
      "session token": token,
      cookie: cookie.split("=")[1] ?? "",
      "access token": access,
      "a link's token": "a-link-from-a-mail",
      "what was searched": "a text of theirs",
      JWT_SECRET,
      METRICS_TOKEN,
      "database password": new URL(database.url).password || "no password at all",
    };
    const log = program.output();
    for (const [name, secret] of Object.entries(secrets)) {
      expect(log.includes(secret), name).toBe(false);
    }
  });
});

describe("/metrics", () => {
  const metrics = async (headers: Record<string, string> = {}, at = "/metrics") => {
    const [res] = await once(request(url + at, { headers }).end(), "response");
    return { status: res.statusCode, body: await text(res) };
  };

  test("tells what was called, how it went and how busy the parts are", async () => {
    await query("auth.me", {});
    await query("projects.list", { workspaceId: "not an id" });
    await query("nothing.here", {});
    const { status, body } = await metrics();
    expect(status).toBe(200);
    for (const line of [
      /^guildhall_procedure_duration_seconds_count\{procedure="auth.me",status="2xx"\} [1-9]/m,
      /^guildhall_procedure_duration_seconds_count\{procedure="projects.list",status="4xx"\} [1-9]/m,
      /^guildhall_http_request_duration_seconds_count\{to="trpc",status="4xx"\} [1-9]/m,
      /^guildhall_bus_workers\{state="local"\} 1$/m,
      /^guildhall_database_connections_max 20$/m,
      /^guildhall_database_work_under_way \d+$/m,
      /^guildhall_imports_unfinished 0$/m,
      /^guildhall_sockets 0$/m,
      /^nodejs_eventloop_lag_p99_seconds /m,
    ]) {
      expect(body).toMatch(line);
    }
    expect(body).not.toContain("nothing.here");
  });

  test("counts who listens, and how long a change takes to reach them", async () => {
    const client = createClient({ url, token });
    const { promise: isLive, resolve } = Promise.withResolvers<void>();
    client.changes.onChange.subscribe({ workspaceId }, { onData: () => resolve() });
    // The first it gets is the word that it is live: what was changed before would be read, not sent.
    await isLive;
    await expect.poll(async () => (await metrics()).body).toMatch(/^guildhall_subscriptions 1$/m);
    await call(url, "workspaces.update", { workspaceId, patch: { name: "Guild" } }, token);
    await expect
      .poll(async () => (await metrics()).body)
      .toMatch(/^guildhall_feed_lag_seconds_count [1-9]/m);
    expect((await metrics()).body).toMatch(/^guildhall_feed_deliveries_total [1-9]/m);
    await client.close();
    await expect.poll(async () => (await metrics()).body).toMatch(/^guildhall_sockets 0$/m);
  });

  test.each([
    [
      "someone with the token",
      { authorization: `Bearer ${METRICS_TOKEN}`, host: "x.example" },
      200,
    ],
    ["someone with another token", { authorization: "Bearer guess" }, 404],
    ["a proxy on this machine", { "x-forwarded-for": "203.0.113.7" }, 404],
    ["a proxy that says little", { host: "guildhall.example.org" }, 404],
    [
      "a proxy, with the token",
      {
        "x-forwarded-for": "203.0.113.7",
        authorization: `Bearer ${METRICS_TOKEN}`,
      },
      200,
    ],
  ])("is there for %s", async (_who, headers, status) => {
    expect((await metrics(headers as Record<string, string>)).status).toBe(status);
  });

  test("every name in the operator's guide is there, and the other way round", async () => {
    const guide = readFileSync(
      path.join(import.meta.dirname, "../../../../deploy/OBSERVE.md"),
      "utf8",
    );
    const named = new Set(guide.match(/\bguildhall_[a-z_]+\b/g));
    const { body } = await metrics();
    const there = new Set([...body.matchAll(/^# TYPE (guildhall_\w+) /gm)].map(([, name]) => name));
    expect([...named].sort()).toEqual([...there].sort());
  });
});

describe("traces", () => {
  const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  test("go on from the caller's, through the request and its procedure to the transaction", async () => {
    const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;
    const projectId = randomUUID();
    const response = await fetch(`${url}/trpc/projects.create`, {
      method: "POST",
      headers: { ...authorization(), traceparent, "content-type": "application/json" },
      body: JSON.stringify({ json: { id: projectId, workspaceId, name: "Gate", key: "GATE" } }),
    });
    expect(await response.json()).toMatchObject({ result: {} });
    const ours = () => collector.spans.filter((span) => span.traceId === TRACE);
    await expect.poll(() => ours().length).toBeGreaterThanOrEqual(3);
    const named = (name: string) => ours().find((span) => span.name === name);
    expect(named("POST")?.parentSpanId).toBe("00f067aa0ba902b7");
    expect(named("projects.create")?.parentSpanId).toBe(named("POST")?.spanId);
    expect(named("transaction")?.parentSpanId).toBe(named("projects.create")?.spanId);
    expect(linesOf(response.headers.get("x-request-id"))[0]).toMatchObject({ trace_id: TRACE });
  });

  test("begin here when the caller brings none, and tell nothing of what was typed", async () => {
    const response = await query("search.find", { workspaceId, text: "typed by somebody" });
    const requestId = response.headers.get("x-request-id");
    await expect.poll(() => linesOf(requestId)[0]?.trace_id).toMatch(/^[0-9a-f]{32}$/);
    const traceId = linesOf(requestId)[0]?.trace_id;
    const ours = () => collector.spans.filter((span) => span.traceId === traceId);
    await expect.poll(() => ours().length).toBeGreaterThan(1);
    const told = JSON.stringify(collector.spans);
    expect(told).not.toMatch(/typed(%20|\+| )by/);
    expect(told).not.toContain(token);
  });
});
