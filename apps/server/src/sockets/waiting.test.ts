import { once } from "node:events";
import { request } from "node:http";
import { createClient } from "@guildhall/api/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestServer } from "../../testing/server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
beforeEach(async () => {
  server = await startTestServer({ maxWaiting: 2 });
});
afterEach(() => server.stop());

const get = (path: string) => fetch(server.url + path);
const release = () => {
  for (const { resolve } of server.held) resolve("done");
  server.held.clear();
};

test("more requests than may wait are told to come back, and the others are answered", async () => {
  const waiting = [get("/trpc/held"), get("/trpc/held")];
  await expect.poll(() => server.held.size).toBe(2);
  const refused = await get("/trpc/ping");
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("2");
  const { error } = (await refused.json()) as { error: { json: { data: object } } };
  expect(error.json.data).toMatchObject({
    code: "SERVICE_UNAVAILABLE",
    httpStatus: 503,
    reason: "busy_server",
    requestId: refused.headers.get("x-request-id"),
  });
  for (const path of ["/healthz", "/readyz", "/metrics"]) {
    expect((await get(path)).status, path).toBe(200);
  }
  release();
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
  expect((await get("/trpc/ping")).status).toBe(200);
  const metrics = await (await get("/metrics")).text();
  expect(metrics).toMatch(/^guildhall_http_turned_away_total 1$/m);
  expect(metrics).toMatch(/^guildhall_http_requests_under_way 0$/m);
});

test("the client is told so for each call of its batch, in a form that means: later", async () => {
  const client = createClient({ url: server.url });
  const waiting = [get("/trpc/held"), get("/trpc/held")];
  await expect.poll(() => server.held.size).toBe(2);
  const answers = await Promise.allSettled([
    client.auth.me.query(),
    client.workspaces.list.query(),
  ]);
  for (const answer of answers) {
    const error = answer.status === "rejected" ? answer.reason : null;
    expect(error.data).toMatchObject({ httpStatus: 503, reason: "busy_server" });
    expect(error.message).toMatch(/^Nothing was changed: .* Try again/);
  }
  release();
  await Promise.all(waiting);
});

test("who sends slowly, and who listens long, holds up nobody", async () => {
  const headers = { "content-type": "application/json", "content-length": "10" };
  const slow = [1, 2, 3].map(() => {
    const req = request(`${server.url}/trpc/write`, { method: "POST", headers });
    req.write("{");
    return req;
  });
  const listening = await Promise.all(
    [1, 2, 3].map(async () => {
      const accept = { accept: "text/event-stream" };
      const req = request(`${server.url}/trpc/ticks`, { headers: accept }).end();
      await once(req, "response");
      return req;
    }),
  );
  expect((await get("/trpc/ping")).status).toBe(200);
  for (const req of [...slow, ...listening]) {
    req.on("error", () => {});
    req.destroy();
  }
  release();
});

test("a caller that leaves keeps its place only as long as its work lasts", async () => {
  const controllers = [new AbortController(), new AbortController()];
  const left = controllers.map(({ signal }) =>
    fetch(`${server.url}/trpc/held`, { signal }).catch(() => "left"),
  );
  await expect.poll(() => server.held.size).toBe(2);
  const signals = [...server.held].map(({ signal }) => signal);
  for (const controller of controllers) controller.abort();
  expect(await Promise.all(left)).toEqual(["left", "left"]);
  // The work learns that nobody waits for it.
  await expect.poll(() => signals.every((signal) => signal?.aborted)).toBe(true);
  release();
  await expect.poll(async () => (await get("/trpc/ping")).status).toBe(200);
});
