/**
 * Postgres stops at once, in the middle of transactions, and comes back: no worker exits, service is
 * back in 10 s, and commits that nobody knows of are settled by the mutation id.
 */
import { setTimeout as delay } from "node:timers/promises";
import { connect } from "@guildhall/db";
import { faultRun, type Stage } from "./fault-run.ts";

const SERVICE_MS = 10_000;

export const stoppedPostgres = faultRun({
  name: "Postgres stopped in the middle of transactions",
  env: () => ({ WORKERS: "2" }),
  withRedis: true,
  async fault({ server, world, dice, length, demand }) {
    const rounds = length === "long" ? 5 : 2;
    for (let round = 1; round <= rounds; round++) {
      await delay(1_000 + dice.roll(1_000));
      const before = [server.program().child.pid, ...server.workers()];
      if (dice.chance(0.5)) await holdUpCommits(server, 200 + dice.roll(300));
      await server.postgres.stop("immediate");
      await delay(500 + dice.roll(length === "long" ? 5_000 : 1_000));
      const [health, readiness] = await Promise.all(
        ["healthz", "readyz"].map(async (word) => (await fetch(`${server.url}/${word}`)).status),
      );
      demand(health === 200, `/healthz said ${health} while Postgres was away`);
      demand(readiness === 503, `/readyz said ${readiness} while Postgres was away`);
      await server.postgres.start();
      await world.beat(`Postgres is back, ${round}`, SERVICE_MS);
      const now = [server.program().child.pid, ...server.workers()];
      demand(String(now) === String(before), `processes were ${before}, and are ${now}`);
    }
  },
});

/** All writers stand before their last statement, and Postgres will stop before they get past it. */
async function holdUpCommits({ postgres }: Stage["server"], ms: number): Promise<void> {
  const { db, close } = connect(postgres.url, { pool: 1 });
  await db.transaction(async (tx) => {
    await tx.execute("select from workspaces for update");
    await delay(ms);
  });
  await close();
}
