/**
 * What is kept on this computer between visits.
 *
 * Two stores. The shell (who am I, my workspaces, the open one with its sidebar) is small and goes
 * to localStorage, because that can be read before the first paint. Everything goes to IndexedDB, as
 * it is: Maps and Dates survive its copying. Rows and the feed's cursor are written there in one
 * piece, so that they always belong together. The shell is there too: its own copy may be older than
 * the cursor, and the changes in between would not come again; of the two the newer one is taken.
 */
import { createSyncStoragePersister } from "@tanstack/query-sync-storage-persister";
import { hydrate, type QueryClient } from "@tanstack/react-query";
import {
  type PersistedClient,
  type Persister,
  persistQueryClientRestore,
  persistQueryClientSubscribe,
} from "@tanstack/react-query-persist-client";
import { createStore, del, get, set } from "idb-keyval";
import superjson from "superjson";

/** Raised when the cached shapes change: what an older version kept is then read afresh. */
const BUSTER = "1";
const SHELL = new Set(["auth.me", "workspaces.list", "workspaces.open"]);
const WRITE_SOON_MS = 200;
const WRITE_EVERY_MS = 1_000;
const MONTH = 30 * 24 * 60 * 60 * 1_000;

const isShell = (key: readonly unknown[]) => Array.isArray(key[0]) && SHELL.has(key[0].join("."));

const store = createStore("guildhall", "cache");

/** Writes are held back for a moment, and one may come after signing out: then it must not land. */
let isShellOpen = false;
const shellStorage = {
  getItem: (key: string) => localStorage.getItem(key),
  setItem: (key: string, value: string) => {
    if (isShellOpen) localStorage.setItem(key, value);
  },
  removeItem: (key: string) => localStorage.removeItem(key),
};

const shell = createSyncStoragePersister({
  storage: shellStorage,
  key: "guildhall.shell",
  // Small, and all that stands between a reload on a train and the page for strangers.
  throttleTime: 100,
  serialize: superjson.stringify,
  deserialize: superjson.parse,
});

const shellOptions = {
  persister: shell,
  buster: BUSTER,
  maxAge: MONTH,
  dehydrateOptions: {
    shouldDehydrateQuery: ({
      state,
      queryKey,
    }: {
      state: { status: string };
      queryKey: readonly unknown[];
    }) => state.status === "success" && isShell(queryKey),
  },
};

/** Before the first paint. */
export function restoreShell(queryClient: QueryClient) {
  const kept = shell.restoreClient() as PersistedClient | undefined;
  if (kept?.buster === BUSTER) hydrate(queryClient, kept.clientState);
}

/**
 * One writer at a time, the newest state last. The first write after a quiet while comes soon, so
 * that what was just opened is there after a reload without a network; the next ones not more often
 * than every second, because each copies all that is kept.
 */
function roomPersister(name: string): Persister & { stop(): void } {
  let latest: PersistedClient | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writtenAt = 0;
  const write = () => {
    timer = undefined;
    writtenAt = Date.now();
    if (latest) set(name, latest, store).catch(reportFull);
  };
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    latest = null;
  };
  return {
    persistClient(client) {
      latest = client;
      const sinceLast = Date.now() - writtenAt;
      timer ??= setTimeout(write, Math.max(WRITE_SOON_MS, WRITE_EVERY_MS - sinceLast));
    },
    restoreClient: () => get<PersistedClient>(name, store),
    removeClient() {
      stop();
      return del(name, store);
    },
    stop,
  };
}

/** A full disk costs the offline copy and nothing else: the truth is on the server. */
function reportFull(error: unknown) {
  console.warn("The offline copy could not be written.", error);
}

/** Restores what this person had here, then keeps writing it; returns the function that ends it. */
export async function persist(queryClient: QueryClient, userId: string): Promise<() => void> {
  const room = {
    queryClient,
    persister: roomPersister(`user:${userId}`),
    buster: BUSTER,
    maxAge: MONTH,
    dehydrateOptions: {
      shouldDehydrateQuery: ({
        state,
        queryKey,
      }: {
        state: { status: string };
        queryKey: readonly unknown[];
      }) => state.status === "success" && !isPassing(queryKey),
    },
  };
  await persistQueryClientRestore(room);
  isShellOpen = true;
  const stops = [
    persistQueryClientSubscribe(room),
    persistQueryClientSubscribe({ queryClient, ...shellOptions }),
  ];
  return () => {
    isShellOpen = false;
    for (const stop of stops) stop();
    room.persister.stop();
  };
}

/** Answers that are true for a moment only. */
const PASSING = new Set([
  "auth.sessions",
  "tokens.list",
  "invitations.list",
  "search.find",
  "search.count",
]);
const isPassing = (key: readonly unknown[]) =>
  Array.isArray(key[0]) && PASSING.has(key[0].join("."));

/** Before somebody signs in: who was here last must not be taken for them. */
export const forgetShell = async () => shell.removeClient();

/** On signing out: nothing of this person stays readable here, but for edits not yet sent. */
export async function forget(userId: string) {
  await forgetShell();
  await del(`user:${userId}`, store);
}
