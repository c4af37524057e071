/** What is asked of the database when something is stopped is answered before its `stop` or `close` resolves. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createLocalBus } from "../core/bus/bus.ts";
import { OrderedLog } from "./ordered-log.ts";
import { Registry, type Topic } from "./registry.ts";

const onError = (error: unknown) => expect.unreachable(String(error));

/** An answer that comes when the test says so. */
function held<T>() {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<T>();
  const ask = () => {
    asked.resolve();
    return answer.promise;
  };
  return { ask, asked: asked.promise, answer: answer.resolve };
}

/** What came first. */
async function orderOf(stop: () => Promise<void>, answer: () => void) {
  const order: string[] = [];
  const stopping = stop().then(() => order.push("stopped"));
  await nextTurn();
  order.push("answered");
  answer();
  await stopping;
  return order;
}

test("a registry that stops waits for the poll that is under way", async () => {
  const { ask, asked, answer } = held<Map<string, number>>();
  const log = { heardAt: 0, reach() {} };
  const topic: Topic = { log, invalidate() {}, tick() {}, onGap() {}, close: async () => {} };
  const registry = new Registry({
    bus: createLocalBus(),
    open: async (_key: { id: string }) => topic,
    readEnds: ask,
    silenceMs: 4,
    lingerMs: 0,
    onError,
  });
  await registry.acquire({ id: "mill" });
  await asked;
  expect(
    await orderOf(
      () => registry.stop(),
      () => answer(new Map()),
    ),
  ).toEqual(["answered", "stopped"]);
});

test("a log that is closed waits for what it is reading", async () => {
  const { ask, asked, answer } = held<{ seq: number }[]>();
  const log = new OrderedLog<{ seq: number }>({
    read: ask,
    onEntries: () => expect.unreachable("nothing is passed on any more"),
    onBackfill: () => {},
    onError,
    memory: { entries: 10, bytes: 1_000 },
    sizeOf: () => 1,
  });
  log.start(1);
  log.reach(2);
  await asked;
  expect(
    await orderOf(
      () => log.close(),
      () => answer([{ seq: 2 }]),
    ),
  ).toEqual(["answered", "stopped"]);
});
