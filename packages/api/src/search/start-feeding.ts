/** Feeds an index outside whenever there is something to tell it, and notes whether it answers. */
import type { Db } from "@guildhall/db";
import type { ApiConfig } from "../core/context.ts";
import { feedOutside, hasNews } from "./feed-outside.ts";
import type { OutsideIndex } from "./meilisearch.ts";

/** So often it is asked whether it still has what it was told, also when there is nothing to tell. */
const CHECKED_EVERY_MS = 30_000;

type Options = { db: Db; outside: OutsideIndex; log: ApiConfig["log"] };

export function startFeeding({ db, outside, log }: Options) {
  let stopped = false;
  let isAway = false;
  let said: string | null = null;
  let again = false;
  let checkedAt = 0;
  let running: Promise<void> | null = null;

  async function run() {
    do {
      again = false;
      const isDue = isAway || Date.now() - checkedAt > CHECKED_EVERY_MS;
      if (!isDue && !(await hasNews(db, outside.target))) continue;
      // Another worker may be feeding it; whether it answers is to be known here too.
      if (isAway) await outside.size();
      await feedOutside(db, outside);
      checkedAt = Date.now();
      back();
    } while (again && !stopped);
  }

  function away(err: unknown) {
    const why = isRefused(err)
      ? "Meilisearch refuses MEILISEARCH_KEY: set a key that may search, write and make indexes; the database searches meanwhile."
      : "Meilisearch does not answer: the database searches meanwhile.";
    // Once: it is asked every second.
    if (said !== why) log.warn({ err }, why);
    said = why;
    isAway = true;
  }

  function back() {
    if (isAway) log.info({}, "Meilisearch answers, and searches again.");
    said = null;
    isAway = false;
  }

  return {
    isAway: () => isAway,
    away,
    /** Resolves when it knows what was noted before, or could not be told. */
    look(): Promise<void> {
      again = true;
      running ??= run()
        .catch(away)
        .finally(() => {
          running = null;
        });
      return running;
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

const isRefused = (error: unknown) =>
  error instanceof Error &&
  /"?(missing_authorization_header|invalid_api_key)"?/.test(JSON.stringify(error));
