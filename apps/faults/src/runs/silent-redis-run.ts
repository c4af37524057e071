/**
 * Redis is ended and started again, emptied, or frozen: writes go on, a change made on one worker is
 * seen through the others 5 s later at most, because they look into Postgres, and nothing else
 * changes: nobody's call fails, and one can still sign in.
 */
import { setTimeout as delay } from "node:timers/promises";
import { call } from "@guildhall/testing/program";
import { patience } from "../patience.ts";
import { NAMES } from "../people/places.ts";
import { found } from "../servers/server-with-postgres.ts";
import { faultRun, type Stage } from "./fault-run.ts";

const SEEN_MS = 5_000;
/** The first to ask waits until the worker knows that Redis does not answer. */
const SIGNED_IN_MS = 10_000;
const FROZEN_MS = { short: 8_000, long: 60_000 };

export const silentRedis = faultRun({
  name: "Redis restarted, emptied and frozen",
  env: () => ({ WORKERS: "3" }),
  withRedis: true,
  async fault(stage) {
    const { world, dice, length, demand } = stage;
    const troubles = [restarted, emptied, frozen];
    while (troubles.length > 0) {
      const [trouble] = troubles.splice(dice.roll(troubles.length), 1);
      await delay(500 + dice.roll(length === "long" ? 3_000 : 500));
      await trouble?.(stage);
      await world.beat("Redis is back", SEEN_MS);
    }
    for (const name of NAMES) {
      const failed = world
        .client(name)
        .evidence(null)
        .entries.filter((e) => e.kind === "unclear");
      const first = failed[0]?.kind === "unclear" ? failed[0].why : "";
      demand(failed.length === 0, `${failed.length} calls of ${name} failed, first: ${first}`);
    }
  },
});

type Trouble = (stage: Stage) => Promise<void>;

const restarted: Trouble = async ({ redis, world, dice }) => {
  await found(redis).kill();
  const back = Date.now() + 500 + dice.roll(3_000);
  do await world.beat("Redis is gone", SEEN_MS);
  while (Date.now() < back);
  await found(redis).start();
};

const emptied: Trouble = async ({ redis, world }) => {
  await found(redis).cli("flushall");
  await world.beat("Redis is empty", SEEN_MS);
};

const frozen: Trouble = async (stage) => {
  const { redis, world, length } = stage;
  const until = Date.now() + FROZEN_MS[length];
  found(redis).freeze();
  try {
    do {
      await world.beat("Redis is frozen", SEEN_MS);
      await signIn(stage);
      await delay(500);
    } while (Date.now() < until);
  } finally {
    found(redis).thaw();
  }
};

async function signIn({ server, length, demand }: Stage) {
  const from = Date.now();
  const person = { email: "eve@example.org", password: "correct horse" };
  const { status, reason } = await call(server.url, "auth.login", person);
  demand(status === 200, `signing in answered ${status} (${reason}) while Redis was frozen`);
  demand(
    Date.now() - from < patience(SIGNED_IN_MS, length),
    `signing in took ${Date.now() - from} ms`,
  );
}
