import { startTestRedis, type TestRedis } from "@guildhall/testing/redis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalBus } from "../core/bus/bus.ts";
import { createRedisBus, type RedisBus } from "../core/bus/redis-bus.ts";
import type { Limits } from "../core/context.ts";
import { placeOf } from "../core/place-of.ts";
import { composeSettings } from "../core/settings/settings-cache.ts";
import { createLimits } from "./limits.ts";

const usual = { read: async () => composeSettings(undefined, {}) };

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
  expect(await bus.within(120_000)).toBe(true);
  return { bus, limits: createLimits(bus, usual) };
}

const from = (address: string, email: string, isKnownDevice = false) => ({
  email,
  address,
  isKnownDevice,
});

const tryOften = async (limits: Limits, email: string, times: number) => {
  let taken = 0;
  for (let n = 0; n < times; n++) {
    await limits.login.take(from("1.2.3.4", email)).then(
      () => taken++,
      ({ reason }) => expect(reason).toBe("too_many_tries"),
    );
  }
  return taken;
};

test("one process counts for itself; a right password forgets the tries", async () => {
  const limits = createLimits(createLocalBus(), usual);
  expect(await tryOften(limits, "a@example.org", 12)).toBe(10);
  await limits.login.forget(from("1.2.3.4", "a@example.org"));
  expect(await tryOften(limits, "a@example.org", 12)).toBe(10);
});

test("workers that share a Redis count together, and its names carry the prefix", async () => {
  const [one, two] = [await worker(), await worker()];
  expect(await tryOften(one.limits, "b@example.org", 6)).toBe(6);
  expect(await tryOften(two.limits, "b@example.org", 6)).toBe(4);
  await one.limits.login.forget(from("1.2.3.4", "b@example.org"));
  expect(await tryOften(two.limits, "b@example.org", 1)).toBe(1);
  const names = (await redis.cli("--raw", "keys", "*")).split("\n");
  expect(names.filter((name) => !name.startsWith("limits:limit:"))).toEqual([]);
});

test("with Redis away, or frozen, each worker still holds the bound", async () => {
  const { bus, limits } = await worker();
  redis.freeze();
  expect(await tryOften(limits, "c@example.org", 12)).toBe(10);
  await expect.poll(() => bus.state).toBe("down");
  expect(await tryOften(limits, "d@example.org", 12)).toBe(10);
  redis.thaw();
  await redis.kill();
  expect(await tryOften(limits, "e@example.org", 12)).toBe(10);
});

test.each([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8:1::2:3:4:5", "2001:db8:1:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::ffff:1.2.3.4", "1.2.3.4"],
  ["64:ff9b::1.2.3.4", "64:ff9b:0:0::/64"],
  ["1.2.3.4", "1.2.3.4"],
  ["unknown", "unknown"],
])("%s counts as %s", (address, place) => {
  expect(placeOf(address)).toBe(place);
});

const takenOf = async (limits: Limits, tries: ReturnType<typeof from>[]) => {
  let taken = 0;
  for (const each of tries) {
    await limits.login.take(each).then(
      () => taken++,
      () => {},
    );
  }
  return taken;
};

test("whoever has a /64 has one address", async () => {
  const limits = createLimits(createLocalBus(), usual);
  const inOne = Array.from({ length: 30 }, (_, n) => from(`2001:db8::${n + 1}`, "f@example.org"));
  expect(await takenOf(limits, inOne)).toBe(10);
  expect(await takenOf(limits, [from("2001:db8:0:1::1", "f@example.org")])).toBe(1);
});

test("an account tried from everywhere is closed to strangers, and open to a known device", async () => {
  const limits = createLimits(createLocalBus(), usual);
  const everywhere = Array.from({ length: 150 }, (_, n) => from(`10.0.0.${n}`, "g@example.org"));
  expect(await takenOf(limits, everywhere)).toBe(100);
  const home = from("192.0.2.1", "g@example.org", true);
  expect(await takenOf(limits, [home])).toBe(1);
  // A right password takes its own try back, not those of others.
  await limits.login.forget(home);
  expect(await takenOf(limits, [from("192.0.2.2", "g@example.org")])).toBe(0);
});

test("a bound that is changed holds at once, also of who has begun", async () => {
  let signInTries = 3;
  const now = { read: async () => ({ ...composeSettings(undefined, {}), signInTries }) };
  const limits = createLimits(createLocalBus(), now);
  expect(await tryOften(limits, "h@example.org", 5)).toBe(3);
  signInTries = 8;
  expect(await tryOften(limits, "h@example.org", 5)).toBe(3);
});
