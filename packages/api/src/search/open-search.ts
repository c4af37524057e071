/** The search of one worker: its part in keeping the indexes, and the way to ask them. */
import { connect, type Db } from "@guildhall/db";
import type { ApiConfig, SearchService } from "../core/context.ts";
import { forgetOutside, isCurrent } from "./feed-outside.ts";
import { type MeilisearchAddress, openMeilisearch } from "./meilisearch.ts";
import { startFeeding } from "./start-feeding.ts";
import { startIndexing } from "./start-indexing.ts";

type Options = {
  databaseUrl: string;
  db: Db;
  log: ApiConfig["log"];
  meilisearch?: MeilisearchAddress | undefined;
};

/** A stop does not wait longer for an index outside: what it was not told, it is told at the next start. */
const LAST_MS = 3_000;

export function openSearch({ databaseUrl, db, log, meilisearch }: Options): SearchService {
  const outside = meilisearch ? openMeilisearch(meilisearch) : null;
  // Connections of its own: no request waits for them, or is waited for.
  const own = connect(databaseUrl, { pool: outside ? 2 : 1 });
  const feeding = outside && startFeeding({ db: own.db, outside, log });
  const index = startIndexing({
    db: own.db,
    log: outside !== null,
    behind: () => void feeding?.look(),
    onError: (err) =>
      log.warn({ err }, "What was changed could not be made findable; it is tried again."),
    onRefused: (err, what) =>
      log.warn({ err, ...what }, "This could not be made findable, and is left out of the search."),
  });
  if (!outside) forgetOutside(own.db).catch(() => {}); // The database is away: the next start does it.

  return {
    wake: index.wake,
    async settled() {
      await index.settled();
      await feeding?.look();
    },
    async outside(ask) {
      if (!outside || feeding?.isAway() || !(await isCurrent(db, outside.target))) return null;
      return ask(outside).catch((error) => {
        feeding?.away(error);
        return null;
      });
    },
    state: () => (!feeding ? "database" : feeding.isAway() ? "away" : "outside"),
    version: () => (outside ? outside.version() : Promise.resolve(null)),
    async stop() {
      await index.stop();
      await Promise.race([feeding?.stop(), new Promise((r) => setTimeout(r, LAST_MS).unref())]);
      await own.close();
    },
  };
}
