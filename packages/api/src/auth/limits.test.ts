import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalBus } from "../core/bus.ts";
import type { Limits } from "../core/context.ts";
import { createRedisBus, type RedisBus } from "../core/redis-bus.ts";
import { startTestRedis, type TestRedis } from "../core/testing-redis.ts";
import { createLimits } from "./limits.ts";

let redis: TestRedis;
const buses: RedisBus[] = [];

beforeAll(async () => {
  redis = await startTestRedis();
});

afterAll(async () => {
  for (const bus of buses) await bus.stop();
  await redis.stop();
});

async function worker() {
  const bus = createRedisBus({
    urls: [redis.url],
    prefix: "limits",
    maxConnections: 2,
    socketTimeoutSeconds: 1,
    retryOnTimeout: true,
    log: { info() {}, warn() {} },
  });
  buses.push(bus);
  expect(await bus.within(5_000)).toBe(true);
  return { bus, limits: createLimits(bus) };
}

const tryOften = async (limits: Limits, email: string, times: number) => {
  let taken = 0;
  for (let n = 0; n < times; n++) {
    await limits.login.take(email, "1.2.3.4").then(
      () => taken++,
      ({ reason }) => expect(reason).toBe("too_many_tries"),
    );
  }
  return taken;
};

test("one process counts for itself; a right password forgets the tries", async () => {
  const limits = createLimits(createLocalBus());
  expect(await tryOften(limits, "a@example.org", 12)).toBe(10);
  await limits.login.forget("a@example.org", "1.2.3.4");
  expect(await tryOften(limits, "a@example.org", 12)).toBe(10);
});

test("workers that share a Redis count together, and its names carry the prefix", async () => {
  const [one, two] = [await worker(), await worker()];
  expect(await tryOften(one.limits, "b@example.org", 6)).toBe(6);
  expect(await tryOften(two.limits, "b@example.org", 6)).toBe(4);
  await one.limits.login.forget("b@example.org", "1.2.3.4");
  expect(await tryOften(two.limits, "b@example.org", 1)).toBe(1);
  const names = (await redis.cli("--raw", "keys", "*")).split("\n");
  expect(names.filter((name) => !name.startsWith("limits:limit:"))).toEqual([]);
});

test("with Redis away, or frozen, each worker still holds the bound", async () => {
  const { bus, limits } = await worker();
  redis.freeze();
  expect(await tryOften(limits, "c@example.org", 12)).toBe(10);
  await expect.poll(() => bus.state, { timeout: 5_000 }).toBe("down");
  expect(await tryOften(limits, "d@example.org", 12)).toBe(10);
  redis.thaw();
  await redis.kill();
  expect(await tryOften(limits, "e@example.org", 12)).toBe(10);
});
