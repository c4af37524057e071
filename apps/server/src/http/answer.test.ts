import { once } from "node:events";
import { request } from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer } from "../../testing/server.ts";
import { encodingFor } from "./answer.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** As it comes over the wire: `fetch` would unpack it. */
async function get(path: string, headers: Record<string, string> = {}) {
  const [res] = await once(request(server.url + path, { headers }).end(), "response");
  return { status: res.statusCode, headers: res.headers, body: await buffer(res) };
}

describe("a long answer", () => {
  test("is compressed for who can read that, by either of two ways", async () => {
    const plain = await get("/trpc/list");
    expect(plain.headers["content-encoding"]).toBeUndefined();
    const brotli = await get("/trpc/list", { "accept-encoding": "gzip, deflate, br" });
    expect(brotli.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
    const gzip = await get("/trpc/list", { "accept-encoding": "gzip" });
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip.body)).toEqual(plain.body);
    expect(gzip.body.length).toBeLessThan(plain.body.length / 2);
    // Beside the event loop.
    const big = await get("/trpc/big", { "accept-encoding": "br" });
    expect(brotliDecompressSync(big.body)).toEqual((await get("/trpc/big")).body);
  });

  test("says to caches by what it differs", async () => {
    const { headers } = await get("/trpc/list", { "accept-encoding": "br" });
    const vary = String(headers.vary).split(/, */);
    expect(vary).toEqual(expect.arrayContaining(["origin", "accept", "accept-encoding"]));
  });

  test("a short one stays as it is", async () => {
    const { headers } = await get("/trpc/ping", { "accept-encoding": "br, gzip" });
    expect(headers["content-encoding"]).toBeUndefined();
  });

  test.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip;q=1.0, br;q=0", "gzip"],
    ["GZIP", "gzip"],
    ["identity", null],
    ["*", null],
    [undefined, null],
  ])("accept-encoding: %s", (header, expected) => expect(encodingFor(header)).toBe(expected));
});

describe("a read that was answered before", () => {
  test("is answered 304 while it holds, whatever it was packed in, and only kept by who asked", async () => {
    const first = await get("/trpc/list", { "accept-encoding": "br" });
    expect(first.headers["cache-control"]).toBe("private, no-cache");
    const etag = String(first.headers.etag);
    const again = await get("/trpc/list", { "if-none-match": `"other", ${etag}` });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(again.headers.etag).toBe(etag);
    const other = await get("/trpc/ping", { "if-none-match": etag });
    expect([other.status, other.headers.etag === etag]).toEqual([200, false]);
  });

  test("one that sets a cookie, fails or writes is never kept", async () => {
    const cookie = await get("/trpc/cookie");
    expect(cookie.headers["set-cookie"]).toEqual(["session=secret"]);
    const missing = await get("/trpc/nothing");
    const write = await fetch(`${server.url}/trpc/write`, { method: "POST" });
    for (const headers of [cookie.headers, missing.headers, Object.fromEntries(write.headers)]) {
      expect(headers.etag).toBeUndefined();
      expect(headers["cache-control"]).toBe("no-store");
    }
  });
});

test("a subscription over HTTP comes as it happens, and ends when its reader leaves", async () => {
  const headers = { accept: "text/event-stream", "accept-encoding": "br, gzip" };
  const req = request(`${server.url}/trpc/ticks`, { headers }).end();
  const [res] = await once(req, "response");
  expect(res.headers["content-type"]).toMatch(/^text\/event-stream/);
  expect(res.headers["content-encoding"]).toBeUndefined();
  res.setEncoding("utf8");
  let text = "";
  res.on("data", (chunk: string) => {
    text += chunk;
  });
  await expect.poll(() => text).toContain("first");
  expect(text).not.toContain("second");
  for (const { resolve } of server.held) resolve("");
  server.held.clear();
  await expect.poll(() => text).toContain("second");
  req.destroy();
  // The server is well: somebody who left is no failure.
  expect((await get("/trpc/ping")).status).toBe(200);
});
