/**
 * Clients whose network is cut, slow, jittery or frozen: the server notices dead peers, each client
 * has everything 5 s after its network is back, and nobody else notices anything.
 */
import { setTimeout as delay } from "node:timers/promises";
import { patience } from "../patience.ts";
import { NAMES, type Name } from "../people/places.ts";
import { faultRun, type Stage } from "./fault-run.ts";

const CAUGHT_UP_MS = 5_000;
/** As the settings have it, and some time to get there; the short run asks for quick heartbeats. */
const NOTICED_MS = { short: 6_000, long: 35_000 };

export const cutClients = faultRun({
  name: "Clients cut, delayed, throttled and frozen",
  env: (length) => ({ WS_HEARTBEAT_INTERVAL: length === "long" ? "20" : "1" }),
  withNetwork: true,
  async fault(stage) {
    const { world, dice, length } = stage;
    const troubles = length === "long" ? [...short, ...short, frozen] : short;
    for (const [i, trouble] of troubles.entries()) {
      await delay(300 + dice.roll(700));
      const name = dice.pick(NAMES) ?? "eve";
      const release = world.client(name).holdUp();
      await trouble(stage, name);
      await world.beat(`The network of ${name} is back, ${i + 1}`, CAUGHT_UP_MS);
      release();
    }
  },
});

type Trouble = (stage: Stage, name: Name) => Promise<void>;

const cut: Trouble = async ({ proxy, dice }, name) => {
  for (let times = 1 + dice.roll(3); times > 0; times--) {
    proxy(name).cut();
    await delay(dice.roll(400));
  }
};

const refused: Trouble = async ({ proxy, dice }, name) => {
  proxy(name).refuse(true);
  proxy(name).cut();
  await delay(500 + dice.roll(500));
  proxy(name).refuse(false);
};

const slow: Trouble = async ({ proxy, dice }, name) => {
  proxy(name).misbehave({ delay: 50 + dice.roll(200), jitter: dice.roll(300) });
  await delay(1_500);
  proxy(name).misbehave({});
};

const narrow: Trouble = async ({ proxy, dice }, name) => {
  proxy(name).misbehave({ throttle: 2_000 + dice.roll(8_000) });
  await delay(1_500);
  proxy(name).misbehave({});
};

const frozen: Trouble = async ({ proxy, demand, length }, name) => {
  const sockets = proxy(name)
    .links()
    .filter((link) => link.isWebSocket);
  demand(sockets.length > 0, `${name} has a socket`);
  proxy(name).misbehave({ frozen: true });
  const noticed = Promise.all(sockets.map((link) => link.closedByServer)).then(() => true);
  const limitMs = patience(NOTICED_MS[length], length);
  const inTime = await Promise.race([noticed, delay(limitMs, false, { ref: false })]);
  demand(inTime, `the server did not notice in ${limitMs} ms that ${name} was gone`);
  proxy(name).misbehave({});
};

const short = [cut, refused, slow, narrow, frozen, cut];
