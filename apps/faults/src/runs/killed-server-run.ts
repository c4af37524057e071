/** The one server process is killed under load and started again: nothing is lost, nothing twice. */
import { setTimeout as delay } from "node:timers/promises";
import { faultRun } from "./fault-run.ts";

const LIVE_AGAIN_MS = 15_000;

export const killedServer = faultRun({
  name: "The only server killed and started again",
  async fault({ server, world, dice, length }) {
    for (let round = 1; round <= (length === "long" ? 5 : 1); round++) {
      await delay(1_000 + dice.roll(2_000));
      await server.kill();
      await delay(dice.roll(1_000));
      await server.start();
      await world.beat(`The server is back, ${round}`, LIVE_AGAIN_MS);
    }
  },
});
