/**
 * Of four workers one after the other is killed under load, and then all are replaced by a rolling
 * restart: clients live again in 15 s; no acknowledged write and no event is lost.
 */
import { setTimeout as delay } from "node:timers/promises";
import { faultRun, type Stage } from "./fault-run.ts";

const LIVE_AGAIN_MS = 15_000;
/** Only so that a run ends: how long it takes is the machine's affair. */
const RESTARTED_MS = 180_000;

export const killedWorkers = faultRun({
  name: "Workers killed, and all of them restarted, one by one",
  env: () => ({ WORKERS: "4" }),
  withRedis: true,
  async fault(stage) {
    const { world, dice, length, server, demand } = stage;
    demand(server.workers().length === 4, `4 workers, not ${server.workers().length}`);
    for (let round = 1; round <= (length === "long" ? 5 : 2); round++) {
      await delay(1_000 + dice.roll(length === "long" ? 3_000 : 1_000));
      const victim = dice.pick(server.workers());
      if (victim !== undefined) process.kill(victim, "SIGKILL");
      await world.beat(`A worker is dead, ${round}`, LIVE_AGAIN_MS);
    }
    await restartAll(stage);
  },
});

async function restartAll({ server, world, demand }: Stage): Promise<void> {
  const before = new Set(server.workers());
  const until = Date.now() + RESTARTED_MS;
  server.program().child.kill("SIGHUP");
  const isDone = () =>
    server.workers().length === 4 && server.workers().every((pid) => !before.has(pid));
  while (!isDone() && Date.now() < until) await world.beat("In a rolling restart", LIVE_AGAIN_MS);
  demand(isDone(), `workers were ${[...before]}, are ${server.workers()}`);
  await world.beat("After a rolling restart", LIVE_AGAIN_MS);
}
