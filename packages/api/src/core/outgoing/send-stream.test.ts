import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadWorkspace } from "../access.ts";
import { asLongAs, sendStream } from "./send-stream.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function* endless() {
  for (;;) {
    yield "more of it\n";
    await setImmediate();
  }
}

const losses: [string, (team: Team) => Promise<unknown>][] = [
  ["is signed out", ({ viewer }) => viewer.call.auth.logout()],
  [
    "is removed",
    ({ owner, viewer, workspaceId }) =>
      owner.call.members.remove({ workspaceId, userId: viewer.user.id }),
  ],
];

test.each(losses)("who %s while something is sent gets no more of it", async (_, lose) => {
  const team = await makeTeam(api);
  const { user, token } = team.viewer;
  const { services } = api;
  const mayStill = asLongAs({ services, credentials: { token, cookie: null } }, () =>
    loadWorkspace(services.db, user.id, team.workspaceId, "viewer"),
  );
  const ended = Promise.withResolvers<void>();
  const server = createServer((_req, res) => {
    sendStream(Readable.from(endless()), res, mayStill).then(ended.resolve, ended.reject);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const { body } = await fetch(`http://127.0.0.1:${port}/`);
    const reader = body?.getReader();
    await reader?.read();
    await lose(team);
    const readOn = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(readOn()).rejects.toThrow();
    await ended.promise;
  } finally {
    server.close();
  }
});
