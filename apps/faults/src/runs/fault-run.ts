/**
 * What a fault run is: a world at work on real processes, a fault, and the oracle's judgement.
 *
 * `npm test` plays one or two seeds of each, `npm run test:faults` twenty longer ones; SEED=… plays
 * that seed alone. The seed decides what people do, whom the fault hits and when; the machine's own
 * timing still differs, so a run that failed may take more than one try to fail again.
 */

import { startTestingProxy, type TestingProxy } from "@guildhall/testing/proxy";
import { startTestRedis, type TestRedis } from "@guildhall/testing/redis";
import type { Invariant, Violation } from "../oracle/evidence.ts";
import type { Length } from "../patience.ts";
import type { Dice } from "../people/dice.ts";
import { NAMES, type Name } from "../people/places.ts";
import { createWorld, type World } from "../people/world.ts";
import {
  found,
  type ServerWithPostgres,
  startServerWithPostgres,
} from "../servers/server-with-postgres.ts";
import { undoing } from "./undoing.ts";

export type FaultRun = {
  name: string;
  /** Its processes are told apart and halted in ways that only Linux has, or it needs Redis. */
  onlyOnLinux: boolean;
  run(seed: number, length: Length): Promise<Violation[]>;
};

export type Stage = {
  server: ServerWithPostgres;
  world: World;
  dice: Dice;
  length: Length;
  /** Of this person; only when the run has a network between. */
  proxy: (name: Name) => TestingProxy;
  redis: TestRedis | null;
  /** What must hold beside the oracle's invariants. */
  demand(holds: boolean, what: string, invariant?: Invariant): void;
};

type Setting = {
  name: string;
  env?: (length: Length) => Record<string, string>;
  onlyOnLinux?: boolean;
  withRedis?: boolean;
  withNetwork?: boolean;
  fault: (stage: Stage) => Promise<void>;
};

export const faultRun = (setting: Setting): FaultRun => ({
  name: setting.name,
  onlyOnLinux: setting.onlyOnLinux ?? setting.withRedis ?? false,
  run: (seed, length) => play(setting, seed, length),
});

function play(setting: Setting, seed: number, length: Length): Promise<Violation[]> {
  return undoing(async (undo) => {
    const redis = setting.withRedis ? await startTestRedis() : null;
    if (redis) undo.push(redis.stop);
    const server = await startServerWithPostgres({
      WS_MAX_CONNECTIONS_PER_USER: "1000",
      ...setting.env?.(length),
      ...(redis && { REDIS_URL: redis.url }),
    });
    undo.push(server.remove);
    const proxies = new Map<Name, TestingProxy>();
    for (const name of setting.withNetwork ? NAMES : []) {
      const proxy = await startTestingProxy(server.port);
      undo.push(proxy.stop);
      proxies.set(name, proxy);
    }
    const urlFor = (name: Name) => proxies.get(name)?.url;
    const world = await createWorld({ server, seed, length, urlFor });
    undo.push(world.close);
    const demand: Stage["demand"] = (holds, what, invariant = "service") => {
      if (!holds) world.violations.push({ invariant, client: null, what, journal: [] });
    };
    const proxy = (name: Name) => found(proxies.get(name));
    await setting.fault({ server, world, dice: world.dice, length, proxy, redis, demand });
    return await world.finish();
  });
}
