/**
 * Somebody's page reads nothing more while much happens: the server lets go of it at 1 MB of unsent
 * bytes instead of keeping everything for it, and it goes on from its cursor without a loss.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Name } from "../people/places.ts";
import { faultRun, type Stage } from "./fault-run.ts";

const MB = 1024 * 1024;
/** One long description: a big change, as people paste them. */
const TEXT = "All work and no play. ".repeat(9_000);
/** What the kernel's own buffers take on both sides before anything lies unsent in the server. */
const MOST_CHANGES = 150;
const CAUGHT_UP_MS = 10_000;

export const pausedReader = faultRun({
  name: "A reader that stops reading",
  withNetwork: true,
  // Nothing else may end the socket of who does not answer.
  env: () => ({ WS_HEARTBEAT_INTERVAL: "300" }),
  async fault(stage) {
    const { world, dice, length, server, demand } = stage;
    for (let round = 0; round < (length === "long" ? 3 : 1); round++) {
      await delay(1_000);
      const name: Name = dice.pick(["bob", "eve"]) ?? "bob";
      const release = world.client(name).holdUp();
      const isLetGo = await pause(stage, name);
      demand(isLetGo, `${name} read nothing of ${MOST_CHANGES} big changes, and was kept`);
      await world.beat(`${name} reads again, ${round + 1}`, CAUGHT_UP_MS);
      release();
    }
    for (const unsent of unsentOf(server.program().output())) {
      demand(unsent < 2 * MB, `let go with ${unsent} bytes unsent`);
    }
  },
});

async function pause({ world, proxy, server }: Stage, name: Name): Promise<boolean> {
  const before = unsentOf(server.program().output()).length;
  const [link] = proxy(name)
    .links()
    .filter((each) => each.isWebSocket);
  link?.misbehave({ throttle: 0 });
  const { open } = world.places;
  for (let n = 0; n < MOST_CHANGES; n++) {
    // The end of the connection is behind the bytes that nobody reads: only the server can tell.
    if (unsentOf(server.program().output()).length > before) {
      link?.misbehave(null);
      return true;
    }
    const task = { projectId: open, title: `Big ${n}`, description: TEXT };
    await world.client("ann").act("tasks.create", task, (c, i, o) => c.tasks.create.mutate(i, o));
  }
  return false;
}

/** As the server's own log says it. */
const unsentOf = (log: string) =>
  [...log.matchAll(/"unsent":(\d+)/g)].map(([, bytes]) => Number(bytes));
