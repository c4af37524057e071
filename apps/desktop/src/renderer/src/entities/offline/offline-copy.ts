/**
 * What this device stores of whole places, and how a person asks for it. What reads and stores them comes
 * a moment after the page, or with the first question that the server doesn't answer.
 */
import { giveOutFilesOf } from "@/platform/offline-page.ts";
import { type DeviceCopyNeeds, defineDeviceCopy } from "@/sync/device-copy.ts";
import { PageRefusal } from "@/sync/format-error.ts";
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
    // A device that stores nothing keeps nothing; whoever asks it to is told so.
    const orNone = () => start().catch(() => null);
    const timer = setTimeout(() => void orNone(), START_AFTER_MS);
    return {
      answer: async (path, input) =>
        isStopped ? undefined : (await orNone())?.answer(path, input),
      stop() {
        isStopped = true;
        clearTimeout(timer);
        if (engine === start) engine = null;
        offlinePlaces.set(null);
        giveOutFilesOf(null);
        if (opened) void orNone().then((it) => it?.stop());
      },
    };
  },
  async forget(account) {
    if (typeof indexedDB === "undefined") return;
    const { dropDatabase } = await import("./store/database.ts");
    await dropDatabase(account);
  },
});

/** Resolves when it is noted; what is in it comes in the background. Rejects where nothing can be stored. */
export async function keepOffline(place: Place & { workspaceId: string; name: string }) {
  const opened = await engine?.().catch(() => {
    throw new PageRefusal("This browser stores nothing here, as in a private window.");
  });
  await opened?.keep(place);
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
