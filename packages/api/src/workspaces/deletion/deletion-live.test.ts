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

test("of a deleted project everybody is told on each worker to forget it, and nobody is shown there", async () => {
  const { owner, editor, viewer, workspaceId, project } = await makeTeam(api);
  const { id } = project;
  const document = { workspaceId, projectId: id };
  const { id: documentId } = await owner.call.documents.create({ ...document, title: "Plan" });
  const { seq } = await owner.call.workspaces.open({ workspaceId });
  const heard = [one, two].flatMap((worker) =>
    [owner, editor, viewer].map(async (person) => {
      const signal = new AbortController();
      const from = { workspaceId, lastEventId: seq };
      for await (const event of await worker.as(person, signal.signal).changes.onChange(from)) {
        const { entity, op, row } = (event as unknown as [string, HeardChange])[1];
        if (entity === "access" && row?.userId === person.user.id) {
          signal.abort();
          return `${op} ${row.role}`;
        }
      }
      return "ended";
    }),
  );
  const reading = (async () => {
    try {
      for await (const _ of await two.as(editor).documents.onUpdate({ documentId }));
      return "closed";
    } catch (error) {
      return String((error as { reason?: string }).reason ?? error);
    }
  })();
  const place = { projectId: id };
  const tab = await two.open(viewer, workspaceId, place);
  const seen = await one.look(owner, workspaceId);
  await expect.poll(() => seen.people.get(viewer.user.id)).toEqual([id]);

  await one.as(owner).projects.delete({ id, name: "App" });
  expect(await Promise.all(heard)).toEqual(Array(6).fill("delete null"));
  expect(await reading).toBe("not_found");
  await expect.poll(() => seen.people.get(viewer.user.id) ?? []).toEqual([]);
  tab.close();
  seen.close();
  await two.as(owner).projects.restoreDeleted({ id });
  expect(await one.as(viewer).documents.get({ id: documentId })).toMatchObject({ title: "Plan" });
});

type HeardChange = {
  entity: string;
  op: string;
  row: { userId?: string; role?: string | null } | null;
};
