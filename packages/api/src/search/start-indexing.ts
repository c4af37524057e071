/** Keeps what can be found up to date for as long as the server runs: soon after a write, or a second later. */
import type { Db } from "@guildhall/db";
import { indexSome, sortIn } from "./index-entries.ts";

/** Writes come in bursts; the index is brought up to date once for those of a moment. */
const TOGETHER_MS = 15;
/** What other workers noted, and what no verb told of. */
const LOOK_EVERY_MS = 1_000;
/** So much at once came from an import, not from people. */
const MANY = 200;

export type Indexing = {
  /** Something was written. */
  wake(): void;
  /** Resolves when all that was noted before the call can be found. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  db: Db;
  /** What follows each look, whether there was something to do or not. */
  behind(): void;
  /** Whether an index outside has to be told too. */
  log: boolean;
  onError: (error: unknown) => void;
  onRefused: (error: unknown, what: { kind: string; id: string }) => void;
};

export function startIndexing({ db, log, behind, onError, onRefused }: Options): Indexing {
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;
  let soon: NodeJS.Timeout | null = null;
  let failing = false;

  async function run() {
    do {
      again = false;
      let lines = 0;
      for (let some = 1; some > 0 && !stopped; lines += some)
        some = await indexSome(db, { log, onRefused });
      if (lines > MANY) await sortIn(db);
      if (!stopped) behind();
    } while (again && !stopped);
    failing = false;
  }

  function start(): Promise<void> {
    again = true;
    running ??= run()
      .catch((error) => {
        // Once: while the database is away it would be said every second.
        if (!failing) onError(error);
        failing = true;
      })
      .finally(() => {
        running = null;
      });
    return running;
  }

  const looking = setInterval(start, LOOK_EVERY_MS);
  looking.unref();
  return {
    wake() {
      if (soon || stopped) return;
      soon = setTimeout(() => {
        soon = null;
        start();
      }, TOGETHER_MS);
      soon.unref();
    },
    async settled() {
      await running;
      await start();
    },
    async stop() {
      stopped = true;
      clearInterval(looking);
      if (soon) clearTimeout(soon);
      await running;
    },
  };
}
