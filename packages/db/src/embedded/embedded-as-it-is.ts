import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openCluster, SUPERUSER } from "./cluster.ts";
import { isDataFolderLocked } from "./data-folder-lock.ts";
import { DATABASE, startEmbeddedPostgres } from "./embedded.ts";
import { readPostmasterFile } from "./postmaster.ts";

/** A server that is just starting replays its log first. */
const PATIENCE_MS = 20_000;
const POLL_MS = 50;

/**
 * The built-in Postgres of a data folder, to be read: that of the Guildhall which runs on it, or
 * started for this moment. Makes no database where there is none.
 */
export async function useEmbeddedPostgres(
  dataFolder: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = path.join(dataFolder, "postgres");
  if (!existsSync(path.join(folder, "PG_VERSION"))) {
    throw new Error(
      `There is no Guildhall data in ${dataFolder}. Set GUILDHALL_DATA to its data folder, or DATABASE_URL to its database.`,
    );
  }
  for (const deadline = Date.now() + PATIENCE_MS; isDataFolderLocked(dataFolder); ) {
    const running = readPostmasterFile(folder);
    if (running?.ready) {
      const { password } = await openCluster(dataFolder, { sync: true });
      const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${running.port}/${DATABASE}`;
      return { url, stop: async () => {} };
    }
    if (Date.now() > deadline) {
      throw new Error(
        `The Guildhall that uses ${dataFolder} doesn't have Postgres ready. Check its log, then try again.`,
      );
    }
    await delay(POLL_MS);
  }
  return startEmbeddedPostgres({ dataFolder });
}
