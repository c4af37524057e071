/** Over two workers: what is open ends, whoever deleted it and wherever. */
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { startTestRedis, type TestRedis } from "@guildhall/testing/redis";
import { makeTeam } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorker, type TestWorker } from "../../../testing/workers.ts";
import { createRedisBus, type RedisBus } from "../../core/bus/redis-bus.ts";

let api: TestApi;
let redis: TestRedis;
let buses: RedisBus[];
let one: TestWorker;
let two: TestWorker;
beforeAll(async () => {
  [api, redis] = await Promise.all([startTestApi(), startTestRedis()]);
  buses = await Promise.all([openBus(), openBus()]);
  [one, two] = buses.map((bus) => startWorker(api, bus)) as [TestWorker, TestWorker];
});
afterAll(async () => {
  for (const worker of [one, two]) await worker.stop();
  await Promise.all(buses.map((bus) => bus.stop()));
  await Promise.all([api.stop(), redis.stop()]);
});

async function openBus() {
  const bus = createRedisBus({
    ...{ urls: [redis.url], prefix: "test", maxConnections: 2, socketTimeoutSeconds: 1 },
    ...{ retryOnTimeout: true, log: { info() {}, warn() {} } },
  });
  expect(await bus.within(120_000)).toBe(true);
  return bus;
}

async function follow(worker: TestWorker, person: TestPerson, workspaceId: string) {
  const stream = await worker.as(person).changes.onChange({ workspaceId });
  const live = Promise.withResolvers<unknown>();
  const ended = (async () => {
    try {
      for await (const event of stream) live.resolve(event);
      return "closed";
    } catch (error) {
      return String((error as { reason?: string }).reason ?? error);
    }
  })();
  await Promise.race([live.promise, ended]);
  return { ended };
}

test("feeds and presence on each worker end when the workspace is deleted, and go on when it is back", async () => {
  const { owner, editor, viewer, workspaceId } = await makeTeam(api);
  const followed: { ended: Promise<string> }[] = [];
  for (const [worker, person] of [
    ...[[one, owner] as const, [one, editor] as const],
    ...[[two, editor] as const, [two, viewer] as const],
  ]) {
    followed.push(await follow(worker, person, workspaceId));
  }
  const here = await two.open(viewer, workspaceId);
  await one.as(owner).workspaces.delete({ workspaceId, name: "Mill" });
  expect(await Promise.all(followed.map(({ ended }) => ended))).toEqual(Array(4).fill("not_found"));
  expect(await here.ended).toBe("not_found");
  await two.as(owner).workspaces.restore({ workspaceId });
  expect(await one.as(viewer).workspaces.list()).toMatchObject([{ id: workspaceId }]);
});
