import { startTestCluster } from "@guildhall/testing/redis";
import slotOf from "cluster-key-slot";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createLimits } from "../../auth/limits.ts";
import { composeSettings } from "../settings/settings-cache.ts";
import { createRedisBus, type RedisBus } from "./redis-bus.ts";

const soon = { interval: 50 };

let cluster: Awaited<ReturnType<typeof startTestCluster>>;
const buses: RedisBus[] = [];

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.stop());
afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.stop();
});

async function open(urls = cluster.urls) {
  const bus = createRedisBus({
    urls,
    prefix: "test",
    maxConnections: 2,
    socketTimeoutSeconds: 1,
    retryOnTimeout: true,
    log: { info() {}, warn() {} },
  });
  buses.push(bus);
  expect(await bus.within(120_000)).toBe(true);
  return bus;
}

const node = (index: number) => {
  const found = cluster.nodes[index];
  if (!found) throw new Error("The cluster has three nodes.");
  return found;
};

/** How many listen to the channel, on each node. */
const listeners = (channel: string) =>
  Promise.all(
    cluster.nodes.map(async ({ cli }) =>
      Number(
        (await cli("pubsub", "shardnumsub", `test:2:${channel}`).catch(() => "\n0")).split("\n")[1],
      ),
    ),
  );

/** A channel of the first `slots` slots from here on. */
function channelIn(start: number, slots: number): string {
  for (let n = 0; ; n++) {
    const slot = slotOf(`test:2:feed:${n}`);
    if (slot >= start && slot < start + slots) return `feed:${n}`;
  }
}

test("names lie in the slots that Redis says", async () => {
  for (const name of ["", "a", "test:2:feed:42", "{a}b", "x{}y", "x{y", "x{y}{z}", "ä\u{1f600}"]) {
    expect(slotOf(name)).toBe(Number(await node(0).cli("cluster", "keyslot", name)));
  }
});

test("workers hear each other on every node, each channel on one; one address is enough", async () => {
  const [ann, ben] = [await open(), await open([node(1).url])];
  const channels = [0, 6_000, 12_000].map((start) => channelIn(start, 1_000));
  const heard = channels.map((channel) => {
    const messages: unknown[] = [];
    ben.listen(channel, (message) => messages.push(message));
    return messages;
  });
  for (const channel of channels) await expect.poll(() => listeners(channel), soon).toContain(1);
  expect(await listeners(channels[0] ?? "")).toEqual([1, 0, 0]);
  expect(await listeners(channels[2] ?? "")).toEqual([0, 0, 1]);
  await expect.poll(() => [ann.state, ben.state], soon).toEqual(["up", "up"]);
  for (let n = 0; n < 50; n++) for (const channel of channels) ann.publish(channel, n);
  const inOrder = Array.from({ length: 50 }, (_, n) => n);
  for (const messages of heard) await expect.poll(() => messages, soon).toEqual(inOrder);
});

test("tries are counted together", async () => {
  const usual = { read: async () => composeSettings(undefined, {}) };
  const [one, two] = [createLimits(await open(), usual), createLimits(await open(), usual)];
  let taken = 0;
  for (const limits of [one, two]) {
    for (let n = 0; n < 6; n++) {
      await limits.login
        .take({ email: "a@example.org", address: "1.2.3.4", isKnownDevice: false })
        .then(
          () => taken++,
          () => {},
        );
    }
  }
  expect(taken).toBe(10);
});

test("a node that dies and comes back: down and up, a gap told, and what others hold goes on", async () => {
  const [ann, ben] = [await open(), await open()];
  const [lost, kept] = [channelIn(0, 1_000), channelIn(12_000, 1_000)];
  const heard: unknown[] = [];
  for (const channel of [lost, kept]) ben.listen(channel, (message) => heard.push(message));
  await expect.poll(() => listeners(lost), soon).toEqual([1, 0, 0]);
  await expect.poll(() => ben.state, soon).toBe("up");
  const gap = vi.fn();
  ben.onGap(gap);
  await node(0).kill();
  await expect.poll(() => ben.state, soon).toBe("down");
  ann.publish(lost, "lost");
  await node(0).start();
  await expect.poll(() => [ann.state, ben.state], soon).toEqual(["up", "up"]);
  expect(gap).toHaveBeenCalled();
  await expect
    .poll(() => {
      ann.publish(lost, "back");
      ann.publish(kept, "there");
      return heard.includes("back") && heard.includes("there");
    }, soon)
    .toBe(true);
});

test("a frozen node is found out, also when it only listens", async () => {
  const bus = await open();
  bus.listen(channelIn(6_000, 1_000), () => {});
  await expect.poll(() => listeners(channelIn(6_000, 1_000)), soon).toEqual([0, 1, 0]);
  await expect.poll(() => bus.state, soon).toBe("up");
  node(1).freeze();
  await expect.poll(() => bus.state, soon).toBe("down");
  node(1).thaw();
  await expect.poll(() => bus.state, soon).toBe("up");
});

test("channels follow their slots to another node", async () => {
  const [ann, ben] = [await open(), await open()];
  const channel = channelIn(0, 50);
  const heard: unknown[] = [];
  ben.listen(channel, (message) => heard.push(message));
  await expect.poll(() => listeners(channel), soon).toEqual([1, 0, 0]);
  await expect
    .poll(() => Promise.all(cluster.nodes.map((each) => each.cli("cluster", "info"))), soon)
    .toEqual(Array(3).fill(expect.stringContaining("cluster_state:ok")));
  await cluster.moveSlots(0, 2, 50);
  await expect.poll(() => listeners(channel), soon).toEqual([0, 0, 1]);
  await expect
    .poll(() => {
      ann.publish(channel, "moved");
      return heard.at(-1);
    }, soon)
    .toBe("moved");
  await expect.poll(() => ben.state, soon).toBe("up");
});
