/**
 * What is stored on this computer between visits.
 *
 * Two stores. The shell (who am I, my workspaces, the open one with its sidebar) is small and goes
 * to localStorage, because that can be read before the first paint. Everything goes to IndexedDB, as
 * it is: Maps and Dates survive its copying. The shell is there too: its own copy may be older than
 * the cursor, and the changes in between would not come again; of the two the newer one is taken.
 *
 * What was once read stays until it is replaced, bounded out or signed out. A later read that fails
 * takes nothing away: the query says that it failed, and still has what was read before.
 */
import { createSyncStoragePersister } from "@tanstack/query-sync-storage-persister";
import { hydrate, type Query, type QueryClient } from "@tanstack/react-query";
import {
  type PersistedClient,
  type Persister,
  persistQueryClientSave,
  persistQueryClientSubscribe,
} from "@tanstack/react-query-persist-client";
import superjson from "superjson";
import { isGone } from "@/sync/server/refusal.ts";
import { type Account, accountKey } from "./account.ts";
import { dropCache, readCache, writeCache } from "./cache-store.ts";
import { deviceStorage } from "./device-storage.ts";
import { onPageLeave } from "./page-leave.ts";

/** Raised when the cached shapes change: what an older version stored is then read afresh. */
const BUSTER = "2";
const SHELL = new Set(["auth.me", "workspaces.list", "workspaces.open"]);
/** Answers that are true for a moment only. */
const PASSING = new Set([
  "activity.list",
  "activity.boardAt",
  "auth.sessions",
  "tokens.list",
  "invitations.list",
  "about.licenses",
  "instance.accounts",
  "instance.checkProvider",
  "instance.failingJobs",
  "instance.health",
  "instance.ownerCandidates",
  "instance.providers",
  "instance.settings",
  "instance.workspaces",
  "audit.list",
  "audit.people",
  "search.find",
  "search.count",
]);
const device = deviceStorage.part("cache");
const WRITE_SOON_MS = 200;
const WRITE_EVERY_MS = 1_000;
const MONTH = 30 * 24 * 60 * 60 * 1_000;

const procedureOf = ([path]: readonly unknown[]) => (Array.isArray(path) ? path.join(".") : "");
const isShell = ({ queryKey }: Query) => SHELL.has(procedureOf(queryKey));
const isPassing = ({ queryKey }: Query) => PASSING.has(procedureOf(queryKey));

/** What is gone, or no longer for this person, does not stay here either. */
const isRead = ({ state }: Query) => state.data !== undefined && !isGone(state.error);

/** As it was read, whatever became of a later try; that one is made again when it is shown. */
const asRead = (client: PersistedClient): PersistedClient => ({
  ...client,
  clientState: {
    ...client.clientState,
    queries: client.clientState.queries.map(({ promise: _, ...query }) => ({
      ...query,
      state: { ...query.state, status: "success", error: null, fetchFailureReason: null },
    })),
  },
});

/** Writes wait for a moment, and one may come after signing out: then it must not land. */
let isShellOpen = false;
const shellStorage = {
  getItem: (key: string) => localStorage.getItem(key),
  setItem: (key: string, value: string) => {
    if (isShellOpen) localStorage.setItem(key, value);
  },
  removeItem: (key: string) => localStorage.removeItem(key),
};

const SHELL_KEY = "guildhall.shell";
const serialize = (client: PersistedClient) => superjson.stringify(asRead(client));
const shell = createSyncStoragePersister({
  storage: shellStorage,
  key: SHELL_KEY,
  // Small, and all that stands between a reload on a train and the page for strangers.
  throttleTime: 100,
  serialize,
  deserialize: superjson.parse,
});
/** As the page goes: the other one would wait for a moment that does not come. */
const shellAtOnce: Persister = {
  ...shell,
  persistClient(client) {
    try {
      shellStorage.setItem(SHELL_KEY, serialize(client));
    } catch (error) {
      device.refused(error);
    }
  },
};

/** The desktop app opens many servers; who is known to one of them is a stranger to the others. */
const shellBuster = (server: string) =>
  server === window.location.origin ? BUSTER : `${BUSTER} ${server}`;

/** Before the first paint. */
export function restoreShell(queryClient: QueryClient, server: string) {
  const stored = shell.restoreClient() as PersistedClient | undefined;
  if (stored?.buster === shellBuster(server)) hydrate(queryClient, stored.clientState);
}

/**
 * One writer at a time, the newest state last. The first write after a quiet while comes soon, so
 * that what was just opened is there after a reload without a network; the next ones not more often
 * than every second, because each copies all that is stored. A page that is left writes at once.
 */
function cacheWriter(account: string, ended: readonly string[]) {
  let latest: PersistedClient | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writtenAt = 0;
  const write = () => {
    timer = undefined;
    writtenAt = Date.now();
    // A device that refuses costs the offline copy and nothing else: the truth is on the server.
    if (latest) writeCache(account, asRead(latest), ended).then(device.stored, device.refused);
  };
  const persister: Persister = {
    persistClient(client) {
      latest = client;
      // A clock that was set back must not hold a write up.
      const sinceLast = Math.max(0, Date.now() - writtenAt);
      timer ??= setTimeout(write, Math.max(WRITE_SOON_MS, WRITE_EVERY_MS - sinceLast));
    },
    restoreClient: () => undefined,
    removeClient: () => undefined,
  };
  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    write();
  };
  const stopFlushing = onPageLeave(flush);
  return {
    persister,
    stop() {
      clearTimeout(timer);
      stopFlushing();
    },
  };
}

/** Restores what this person had here, then keeps writing it; returns the function that ends it. */
export async function persist(
  queryClient: QueryClient,
  account: Account,
  { isAnsweredHere }: { isAnsweredHere: (queryHash: string) => boolean },
): Promise<() => void> {
  const key = accountKey(account);
  const isUsable = ({ buster, timestamp }: PersistedClient) =>
    buster === BUSTER && Date.now() - timestamp < MONTH;
  const { queries, ended } = await readCache(key, isUsable).catch((error: unknown) => {
    device.refused(error);
    return { queries: [], ended: [] };
  });
  hydrate(queryClient, { mutations: [], queries });
  const writer = cacheWriter(key, ended);
  isShellOpen = true;
  const ofShell = {
    queryClient,
    buster: shellBuster(account.server),
    dehydrateOptions: { shouldDehydrateQuery: (query: Query) => isRead(query) && isShell(query) },
  };
  const stops = [
    onPageLeave(() => void persistQueryClientSave({ ...ofShell, persister: shellAtOnce })),
    persistQueryClientSubscribe({
      queryClient,
      persister: writer.persister,
      buster: BUSTER,
      dehydrateOptions: {
        shouldDehydrateQuery: (query) =>
          isRead(query) && !isPassing(query) && !isAnsweredHere(query.queryHash),
      },
    }),
    persistQueryClientSubscribe({ ...ofShell, persister: shell }),
  ];
  return () => {
    isShellOpen = false;
    for (const stop of stops) stop();
    writer.stop();
  };
}

/** Before somebody signs in: who was here last must not be taken for them. */
export const forgetShell = async () => shell.removeClient();

/** On signing out: nothing of this person stays readable here, but for edits not yet sent. */
export async function forget(account: Account) {
  await forgetShell();
  await dropCache(accountKey(account)).catch(device.refused);
}
