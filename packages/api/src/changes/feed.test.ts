import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalBus } from "../core/bus.ts";
import { invariant } from "../core/errors.ts";
import { Feed } from "../core/feed.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** A worker of its own, which hears only what the test rings, and a few commits to ring. */
async function deafWorker({ silenceMs }: { silenceMs: number }) {
  const team = await makeTeam(api);
  const feed = new Feed({
    db: api.services.db,
    bus: createLocalBus(),
    onError: (error) => expect.unreachable(String(error)),
    silenceMs,
  });
  const heard: number[] = [];
  const start = await team.position();
  const stop = await feed.listen(team.workspaceId, (batch) => {
    for (const change of batch) heard.push(change.seq - start);
  });
  for (const title of ["1", "2", "3", "4", "5"]) await team.task(title);
  const committed = await api.services.feed.read(team.workspaceId, start);
  const ring = (...numbers: number[]) =>
    feed.ring(
      team.workspaceId,
      numbers.map((n) => invariant(committed[n - 1], "committed").change),
    );
  return { ring, heard, stop };
}

const NEVER = 2 ** 31 - 1;

test("rings out of order and repeated arrive in order, each once", async () => {
  const { ring, heard, stop } = await deafWorker({ silenceMs: NEVER });
  ring(3);
  ring(2);
  expect(heard).toEqual([]);
  ring(1);
  ring(2, 3);
  expect(heard).toEqual([1, 2, 3]);
  ring(5, 4);
  expect(heard).toEqual([1, 2, 3, 4, 5]);
  stop();
});

test("a lost ring is read from the database", async () => {
  const { ring, heard, stop } = await deafWorker({ silenceMs: NEVER });
  ring(1);
  ring(5);
  expect(heard).toEqual([1]);
  await expect.poll(() => heard).toEqual([1, 2, 3, 4, 5]);
  stop();
});

test("a lost ring that nothing follows is found too", async () => {
  const { heard, stop } = await deafWorker({ silenceMs: 20 });
  await expect.poll(() => heard).toEqual([1, 2, 3, 4, 5]);
  stop();
});
