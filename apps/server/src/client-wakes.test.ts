/** A client whose network died while its computer slept, against the real server. */

import { type AppRouter, createLinks } from "@guildhall/api/client";
import { startTestingProxy, type TestingProxy } from "@guildhall/testing/proxy";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { createTRPCClient } from "@trpc/client";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestSockets } from "../testing/sockets.ts";

let server: Awaited<ReturnType<typeof startTestSockets>>;
let proxy: TestingProxy;
let team: Team;
beforeAll(async () => {
  server = await startTestSockets();
  proxy = await startTestingProxy(Number(new URL(server.url).port));
  team = await makeTeam(server.api);
});
afterAll(async () => {
  await proxy.stop();
  await server.stop();
});

/** Follows the team's workspace through the proxy. */
function follow() {
  const states: string[] = [];
  const seen: string[] = [];
  const { link, wake, close } = createLinks({
    url: proxy.url,
    token: team.editor.token,
    onSocket: (state) => states.push(state),
  });
  const client = createTRPCClient<AppRouter>({ links: [link] });
  const { unsubscribe } = client.changes.onChange.subscribe(
    { workspaceId: team.workspaceId },
    { onData: ({ data }) => void seen.push("id" in data ? data.id : data.entity) },
  );
  return {
    ...{ states, seen, wake },
    async stop() {
      unsubscribe();
      await close();
    },
  };
}

// Less than the next ping and its deadline take: only the waking can have found it out.
test("a socket that died unseen is given up when the client wakes, and another brings what was missed", {
  timeout: 20_000,
}, async () => {
  const reader = follow();
  await vi.waitFor(() => expect(reader.seen).toContain("live"), { timeout: 15_000 });
  for (const link of proxy.links()) link.misbehave({ frozen: true });
  const { id } = await team.task();
  reader.wake();
  await vi.waitFor(() => expect(reader.seen).toContain(id), { timeout: 15_000 });
  expect(reader.states).toEqual(["open", "closed", "open"]);
  await reader.stop();
});

// A busy machine may take longer for the answer than the client waits, and is given another chance.
test("a socket that lives goes on when the client wakes", async () => {
  const tried: string[][] = [];
  for (let n = 0; n < 5; n++) {
    const reader = follow();
    await vi.waitFor(() => expect(reader.seen).toContain("live"), { timeout: 15_000 });
    reader.wake();
    const { id } = await team.task();
    await vi.waitFor(() => expect(reader.seen).toContain(id), { timeout: 15_000 });
    tried.push(reader.states.slice());
    await reader.stop();
    if (tried.at(-1)?.length === 1) break;
  }
  expect(tried).toContainEqual(["open"]);
});

test("who waits for its next try goes at once when it wakes", { timeout: 20_000 }, async () => {
  // The longest that chance gives: after five failures, thirty seconds.
  const random = vi.spyOn(Math, "random").mockReturnValue(1);
  const reader = follow();
  await vi.waitFor(() => expect(reader.seen).toContain("live"), { timeout: 15_000 });
  proxy.refuse(true);
  proxy.cut();
  await vi.waitFor(() => expect(reader.states.at(-1)).toBe("closed"), { timeout: 15_000 });
  const { id } = await team.task();
  // Each waking is a try that fails, and the waits after it begin anew.
  for (let n = 0; n < 3; n++) reader.wake();
  proxy.refuse(false);
  reader.wake();
  await vi.waitFor(() => expect(reader.seen).toContain(id), { timeout: 15_000 });
  random.mockRestore();
  await reader.stop();
});
