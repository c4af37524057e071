/**
 * One document with fifty editors: how many edits a second are acknowledged, how soon, and what the
 * server's CPU pays for each that another editor gets; beside @hocuspocus/server with its store in
 * the same Postgres. Then a log of 100,000 updates: how long its compaction takes, and how long
 * opening it takes the server before and after: `npm run bench -- documents`
 *
 * The two do not promise the same: what each has done when it acknowledges stands in the table.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { type Kind, startEditors } from "./documents/crowd.ts";
import { measureLongLog } from "./documents/long-log.ts";
import { seedDocument } from "./documents/seed.ts";
import { type MeasuredProgram, machine, share, startMeasured } from "./measured-program.ts";
import { tell } from "./verdicts.ts";
import { withServices } from "./with-services.ts";

const EDITORS = Number(process.env.EDITORS ?? 50);
const SECONDS = Number(process.env.SECONDS ?? 10);
/** Of the round at a pace: four letters a second each. */
const EVERY_MS = 250;
const UPDATES = Number(process.env.UPDATES ?? 100_000);

const durability: Record<Kind, string> = {
  guildhall: "committed in Postgres",
  hocuspocus: "in memory; stored 2 to 10 s later",
};
const files = {
  guildhall: "apps/server/src/main.ts",
  hocuspocus: "bench/documents/hocuspocus-server.ts",
};

type Place = { tokens: string[]; documentId: string };

async function measure(kind: Kind, server: MeasuredProgram, place: Place) {
  const editors = startEditors();
  const rows = [];
  try {
    await editors.open({ kind, url: server.url, ...place });
    await editors.type(3, EVERY_MS);
    for (const [round, everyMs] of [
      [`${1_000 / EVERY_MS} letters/s each`, EVERY_MS],
      ["as fast as acknowledged", 0],
    ] as const) {
      const before = await server.usage();
      const { acknowledged, took, delivered } = await editors.type(SECONDS, everyMs);
      const { cpu } = await server.usage();
      rows.push({
        kind,
        round,
        perSecond: acknowledged / SECONDS,
        p50: share(took, 0.5),
        p95: share(took, 0.95),
        cpu: (cpu - before.cpu) / delivered,
      });
    }
    await editors.close();
    return rows;
  } finally {
    await editors.stop();
  }
}

console.log(`One document, ${EDITORS} editors, ${SECONDS} s each round.`);
console.log(machine());
const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
await migrate(postgres.url);
try {
  const place = await withServices(postgres.url, (services) => seedDocument(services, EDITORS));
  const rows: Awaited<ReturnType<typeof measure>> = [];
  for (const kind of ["guildhall", "hocuspocus"] as const) {
    const env = { DATABASE_URL: postgres.url, GUILDHALL_DATA: folder };
    const server = await startMeasured(files[kind], env);
    try {
      rows.push(...(await measure(kind, server, place)));
    } finally {
      await server.stop();
    }
  }
  console.table(
    rows.map(({ kind, round, perSecond, p50, p95, cpu }) => ({
      server: kind,
      "when acknowledged": durability[kind],
      round,
      "acknowledged/s": Math.round(perSecond),
      "p50, ms": p50.toFixed(1),
      "p95, ms": p95.toFixed(1),
      "server CPU, µs a delivered letter": cpu.toFixed(1),
    })),
  );
  const long = await withServices(postgres.url, (services) =>
    measureLongLog(services, place, UPDATES),
  );
  console.table([long.shown]);
  const of = (kind: Kind, n: number) => {
    const row = rows.filter((each) => each.kind === kind)[n];
    if (!row) throw new Error("Both were measured.");
    return row;
  };
  const [paced, theirs] = [of("guildhall", 0), of("hocuspocus", 0)];
  tell(`acknowledged p95 of ${EDITORS} editors at a pace`, paced.p95, { most: 100 }, " ms");
  tell("CPU of a delivered letter, × Hocuspocus", paced.cpu / theirs.cpu, { most: 1.5 });
  tell(`a log of ${UPDATES} opens after compaction`, long.openedMs, { most: 300 }, " ms");
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
