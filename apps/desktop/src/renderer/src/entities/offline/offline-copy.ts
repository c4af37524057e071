/**
 * What this device stores of whole places, and how a person asks for it. What reads and stores them comes
 * a moment after the page, or with the first question that the server doesn't answer.
 */
import { giveOutFilesOf } from "@/platform/offline-page.ts";
import { type DeviceCopyNeeds, defineDeviceCopy } from "@/sync/device-copy.ts";
import { accountKey } from "@/sync/storage/account.ts";
import type { Engine } from "./engine/engine.ts";
import { LIMIT_KEY, offlinePlaces } from "./places/offline-places.ts";
import { databaseName } from "./store/database-name.ts";
import type { Place } from "./store/stored.ts";

let engine: (() => Promise<Engine>) | null = null;

const START_AFTER_MS = 1_500;

export const offlineCopy = defineDeviceCopy({
  open(needs: DeviceCopyNeeds) {
    let opened: Promise<Engine> | null = null;
    let isStopped = false;
    const start = () => {
      opened ??= import("./engine/engine.ts").then(({ openEngine }) => openEngine(needs));
      return opened;
    };
    engine = start;
    giveOutFilesOf(databaseName(accountKey(needs.channel.account)));
    const timer = setTimeout(() => void start(), START_AFTER_MS);
    return {
      answer: async (path, input) => (isStopped ? undefined : (await start()).answer(path, input)),
      stop() {
        isStopped = true;
        clearTimeout(timer);
        if (engine === start) engine = null;
        offlinePlaces.set(null);
        giveOutFilesOf(null);
        void opened?.then(({ stop }) => stop());
      },
    };
  },
  async forget(account) {
    const { dropDatabase } = await import("./store/database.ts");
    await dropDatabase(account);
  },
});

/** Resolves when it is noted; what is in it comes in the background. Rejects where nothing can be stored. */
export async function keepOffline(place: Place & { workspaceId: string; name: string }) {
  await (await engine?.())?.keep(place);
}

/** Of these keys, or all. */
export async function removeOffline(keys?: readonly string[]) {
  await (await engine?.())?.remove(keys);
}

/** What was stopped by a problem is tried again. */
export async function retryOffline() {
  (await engine?.())?.retry();
}

export async function setOfflineLimit(bytes: number) {
  localStorage.setItem(LIMIT_KEY, String(bytes));
  await retryOffline();
}
