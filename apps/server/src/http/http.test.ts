import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { PROTOCOL_VERSION } from "@guildhall/api/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer } from "../../testing/server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers });
const post = (path: string, headers: Record<string, string>, body: string | Blob = "{}") =>
  fetch(server.url + path, { method: "POST", headers, body });

/** The stable word of an error answer, in tRPC's own shape. */
async function reasonOf(response: Response): Promise<[number, string]> {
  const { error } = (await response.json()) as { error: { json: { data: { reason: string } } } };
  return [response.status, error.json.data.reason];
}

/** As written: fetch would tidy the path up before it is sent. */
async function rawGet(path: string): Promise<string> {
  const socket = connect(server.port, "127.0.0.1");
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  return text(socket);
}

test("says whether it lives and whether it is ready", async () => {
  expect((await get("/healthz")).status).toBe(200);
  expect((await get("/readyz")).status).toBe(200);
  server.state.ready = false;
  expect((await get("/readyz")).status).toBe(503);
  expect((await get("/healthz")).status).toBe(200);
  server.state.ready = true;
});

test("tells an app of whoever that it is a Guildhall, and what it speaks; of its version nothing", async () => {
  const answer = await get("/.well-known/guildhall");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(await answer.json()).toEqual({
    guildhall: { protocol: PROTOCOL_VERSION, oldestProtocol: PROTOCOL_VERSION },
  });
});

test("keeps a connection for longer than the proxies do that use it again", async () => {
  const socket = connect(server.port, "127.0.0.1");
  socket.write("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n\r\n");
  const [answer] = await once(socket, "data");
  socket.destroy();
  expect(Number(/^keep-alive: timeout=(\d+)/im.exec(String(answer))?.[1])).toBeGreaterThan(60);
});

describe("the page", () => {
  test("is never cached unasked; what carries a hash in its name is kept for ever", async () => {
    const index = await get("/");
    expect(index.headers.get("cache-control")).toBe("no-cache");
    expect(await index.text()).toContain("<title>Guildhall</title>");
    const again = await get("/", { "if-none-match": index.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
    const asset = await get("/assets/index-B1a2C3d4.js");
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(asset.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  });

  test("answers every address of the app, but a missing file is missing", async () => {
    const deep = await get("/w/1/projects/APP", { accept: "text/html,*/*" });
    expect([deep.status, await deep.text()]).toEqual([200, expect.stringContaining("Guildhall")]);
    // The page says so to a person, and the status to everything else.
    const nowhere = await get("/nowhere", { accept: "text/html,*/*" });
    expect([nowhere.status, await nowhere.text()]).toEqual([
      404,
      expect.stringContaining("Guildhall"),
    ]);
    expect(await reasonOf(await get("/assets/gone-12345678.js"))).toEqual([404, "not_found"]);
    expect(await reasonOf(await post("/", {}))).toEqual([405, "method_not_supported"]);
  });

  test.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "//secret.txt",
    "/%00",
  ])("gives out nothing beside its own files: %s", async (path) => {
    const answer = await rawGet(path);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).not.toContain("not for the web");
  });

  test("a broken escape in the address is the client's mistake", async () => {
    expect(await rawGet("/%zz")).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("is sent with the headers that keep others out", async () => {
    const { headers } = await get("/");
    const policy = headers.get("content-security-policy");
    for (const part of ["script-src 'self';", "frame-ancestors 'none'", "object-src 'none'"]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("img-src 'self' blob: data: ;");
    expect(policy).toContain("connect-src 'self' ;");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  test("names the store of files, and over https comes back no other way", async () => {
    const filesOrigin = "https://files.example.org";
    const secure = await startTestServer({ isHttps: true, filesOrigin });
    for (const path of ["/", "/healthz", "/trpc/ping", "/nowhere"]) {
      const { headers } = await fetch(secure.url + path);
      expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
    }
    const policy = (await fetch(secure.url)).headers.get("content-security-policy");
    expect(policy).toContain(`img-src 'self' blob: data: ${filesOrigin};`);
    expect(policy).toContain(`connect-src 'self' ${filesOrigin};`);
    await secure.stop();
  });

  test("is compressed for who can read it", async () => {
    const req = request(`${server.url}/`, { headers: { "accept-encoding": "gzip" } }).end();
    const [res] = await once(req, "response");
    const chunks: Buffer[] = [];
    for await (const chunk of res) chunks.push(chunk);
    expect(res.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(Buffer.concat(chunks)).toString()).toContain("Guildhall");
  });
});

describe("/trpc", () => {
  const json = { "content-type": "application/json" };

  test("reaches the router", async () => {
    expect(await (await get("/trpc/ping")).json()).toEqual({ result: { data: "pong" } });
  });

  test("takes 1 MB, whatever is in it", async () => {
    const body = "x".repeat(1024 * 1024 + 1);
    const file = { "content-type": "multipart/form-data; boundary=x" };
    for (const headers of [json, file]) {
      const answer = await post("/trpc/write", headers, body);
      expect(await reasonOf(answer)).toEqual([413, "payload_too_large"]);
    }
  });

  test("refuses a batch of more than twenty before any of it runs", async () => {
    const batch = (n: number) => get(`/trpc/${Array(n).fill("ping").join(",")}?batch=1&input={}`);
    expect(await (await batch(20)).json()).toHaveLength(20);
    expect(await reasonOf(await batch(21))).toEqual([400, "batch_too_large"]);
  });

  test("answers other sites only when they are listed", async () => {
    const listed = await get("/trpc/ping", { origin: "https://tools.example.org" });
    expect(listed.headers.get("access-control-allow-origin")).toBe("https://tools.example.org");
    const stranger = await get("/trpc/ping", { origin: "https://evil.example" });
    expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
  });

  test.each([
    ["our own page by address", () => ({ origin: server.url, cookie: "s=1" }), 200],
    [
      "our own page by its public name",
      () => ({ origin: "https://guildhall.example.org", cookie: "s=1" }),
      200,
    ],
    ["a listed site", () => ({ origin: "https://tools.example.org", cookie: "s=1" }), 200],
    ["a tool with a token", () => ({ authorization: "Bearer x" }), 200],
    ["a tool that signs in", () => ({}), 200],
    ["another site", () => ({ origin: "https://evil.example", cookie: "s=1" }), 403],
    ["another port of this machine", () => ({ origin: "http://127.0.0.1:1", cookie: "s=1" }), 403],
    ["a page without an address", () => ({ origin: "null", cookie: "s=1" }), 403],
    ["a cookie without an origin", () => ({ cookie: "s=1" }), 403],
  ])("a write from %s", async (_who, headers: () => Record<string, string>, status) => {
    const response = await post("/trpc/write", { ...json, ...headers() });
    expect(response.status).toBe(status);
    if (status === 403) expect((await reasonOf(response))[1]).toBe("origin_not_allowed");
  });

  test("a name that only leads here for a moment is not our own page", async () => {
    const headers = { host: "rebound.example", origin: "http://rebound.example", ...json };
    const req = request(`${server.url}/trpc/write`, { method: "POST", headers }).end("{}");
    const [res] = await once(req, "response");
    res.resume();
    expect(res.statusCode).toBe(403);
  });
});
