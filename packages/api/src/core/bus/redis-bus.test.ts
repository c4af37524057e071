import { startTestRedis, type TestRedis } from "@guildhall/testing/redis";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { createRedisBus, type RedisBus, type RedisSettings } from "./redis-bus.ts";

let redis: TestRedis;
const buses: RedisBus[] = [];

beforeAll(async () => {
  redis = await startTestRedis();
  return () => redis.stop();
});

afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.stop();
});

async function open(settings: Partial<RedisSettings> = {}) {
  const bus = createRedisBus({
    urls: [redis.url],
    prefix: "test",
    maxConnections: 2,
    socketTimeoutSeconds: 1,
    retryOnTimeout: true,
    log: { info() {}, warn() {} },
    ...settings,
  });
  buses.push(bus);
  expect(await bus.within(120_000)).toBe(true);
  return bus;
}

function hear(bus: RedisBus, channel: string) {
  const heard: unknown[] = [];
  return { heard, leave: bus.listen(channel, (message) => heard.push(message)) };
}

/** Everyone who listens to the channel is known to Redis. */
const listeners = async (channel: string) =>
  Number((await redis.cli("pubsub", "numsub", `test:2:${channel}`)).split("\n")[1]);

test("two workers hear each other, and each its own word once and at once", async () => {
  const [ann, ben] = [await open(), await open()];
  const [atAnn, atBen] = [hear(ann, "feed:1"), hear(ben, "feed:1")];
  await expect.poll(() => listeners("feed:1")).toBe(2);
  const message = { seq: 1 };
  ann.publish("feed:1", message);
  expect(atAnn.heard[0]).toBe(message);
  ben.publish("feed:1", { seq: 2 });
  await expect.poll(() => atAnn.heard).toEqual([{ seq: 1 }, { seq: 2 }]);
  await expect.poll(() => atBen.heard.length).toBe(2);
  ann.publish("feed:2", "for nobody");
  ann.publish("feed:1", "last");
  await expect.poll(() => atBen.heard.at(-1)).toBe("last");
  expect(atBen.heard).toEqual([{ seq: 2 }, { seq: 1 }, "last"]);
});

test("what is said on a channel arrives in order, over several connections too", async () => {
  const [ann, ben] = [await open({ maxConnections: 4 }), await open()];
  const channels = ["a", "b", "c", "d"].map((name) => ({ name, ...hear(ben, name) }));
  await expect.poll(() => listeners("d")).toBe(1);
  for (let n = 0; n < 500; n++) for (const { name } of channels) ann.publish(name, n);
  const inOrder = Array.from({ length: 500 }, (_, n) => n);
  for (const { heard } of channels) await expect.poll(() => heard).toEqual(inOrder);
});

test("bytes, dates, null and undefined arrive as what they were", async () => {
  const [ann, ben] = [await open(), await open()];
  const { heard } = hear(ben, "kinds");
  await expect.poll(() => listeners("kinds")).toBe(1);
  const message = {
    bytes: Buffer.from([0, 255, 128]),
    at: new Date("2026-02-03T04:05:06.789Z"),
    none: null,
    left: undefined,
    list: [1, -0.5, 2 ** 50, "ä\u{1f600}", { deep: [true] }],
  };
  ann.publish("kinds", message);
  await expect.poll(() => heard).toEqual([message]);
  const [copy] = heard as [typeof message];
  expect(copy.at).toBeInstanceOf(Date);
  expect(copy.bytes).toBeInstanceOf(Uint8Array);
  expect("left" in copy && Object.getPrototypeOf(copy) === Object.prototype).toBe(true);
});

test("joins with the first listener, leaves with the last, and not in between", async () => {
  const [ann, ben] = [await open(), await open()];
  const [first, second] = [hear(ben, "room"), hear(ben, "room")];
  await expect.poll(() => listeners("room")).toBe(1);
  first.leave();
  first.leave();
  ann.publish("room", 1);
  await expect.poll(() => second.heard).toEqual([1]);
  // Left and come back: in one tick, and while Redis is being told.
  second.leave();
  const third = hear(ben, "room");
  await new Promise(setImmediate);
  third.leave();
  await new Promise(setImmediate);
  const fourth = hear(ben, "room");
  hear(ben, "marker");
  await expect.poll(() => listeners("marker")).toBe(1);
  ann.publish("room", 2);
  await expect.poll(() => fourth.heard).toEqual([2]);
  fourth.leave();
  await expect.poll(() => listeners("room")).toBe(0);
});

test("a message that cannot be read is said once and passed over", async () => {
  const warn = vi.fn();
  const [ann, ben] = [await open(), await open({ log: { info() {}, warn } })];
  const { heard } = hear(ben, "junk");
  await expect.poll(() => listeners("junk")).toBe(1);
  for (const text of [
    "x",
    "short",
    "0123456789abcdef\u007f",
    `0123456789abcdef${"\u0001".repeat(9)}`,
  ]) {
    await redis.cli("publish", "test:2:junk", text);
  }
  ann.publish("junk", "good");
  await expect.poll(() => heard.at(-1)).toBe("good");
  expect(warn).toHaveBeenCalledOnce();
});

test("a stop is not told as a fault, and the worker then listens no more", async () => {
  const warn = vi.fn();
  const bus = await open({ log: { info() {}, warn } });
  const { heard } = hear(bus, "end");
  await expect.poll(() => listeners("end")).toBe(1);
  await bus.stop();
  await expect.poll(() => listeners("end")).toBe(0);
  bus.publish("end", "to nobody");
  expect(heard).toEqual([]);
  expect(warn).not.toHaveBeenCalled();
});

test("Redis restarted: down, up again by itself, listeners subscribed again and the gap told", async () => {
  const [ann, ben] = [await open(), await open()];
  const { heard } = hear(ben, "feed:9");
  await expect.poll(() => listeners("feed:9")).toBe(1);
  const gap = vi.fn();
  ben.onGap(gap);
  await redis.kill();
  await expect.poll(() => [ann.state, ben.state]).toEqual(["down", "down"]);
  ann.publish("feed:9", "lost");
  const late = hear(ben, "feed:10");
  await redis.start();
  await expect.poll(() => [ann.state, ben.state]).toEqual(["up", "up"]);
  expect(gap).toHaveBeenCalledOnce();
  ann.publish("feed:9", "heard");
  ann.publish("feed:10", "heard too");
  await expect.poll(() => heard).toEqual(["heard"]);
  await expect.poll(() => late.heard).toEqual(["heard too"]);
});

test("Redis frozen: known in time, nothing waits and nothing piles up", async () => {
  const [ann, ben] = [await open(), await open()];
  const patient = await open({ socketTimeoutSeconds: 60 });
  const { heard } = hear(ben, "frozen");
  await expect.poll(() => listeners("frozen")).toBe(1);
  const gap = vi.fn();
  ben.onGap(gap);
  redis.freeze();
  const large = Buffer.alloc(256 * 1024);
  const before = process.memoryUsage().rss;
  for (let n = 0; n < 1_000; n++) ann.publish("frozen", large);
  expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024);
  await expect.poll(() => [ann.state, ben.state]).toEqual(["down", "down"]);
  // Each as soon as it was set to.
  expect(patient.state).toBe("up");
  for (let n = 0; n < 1_000; n++) ann.publish("frozen", large);
  redis.thaw();
  await expect.poll(() => [ann.state, ben.state]).toEqual(["up", "up"]);
  expect(gap).toHaveBeenCalled();
  ann.publish("frozen", "again");
  await expect.poll(() => heard.at(-1)).toBe("again");
});
