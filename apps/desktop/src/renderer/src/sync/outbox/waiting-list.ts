/**
 * What of one account waits to be sent, the same in all its windows.
 *
 * It is in memory, so that it shows at once; in IndexedDB, so that it outlives its window; and told to
 * the other windows. Messages are for speed and the store is the truth: a window reads it when it
 * starts, when it becomes the one that sends, and when another one was closed in the middle of a write.
 * In that last moment local storage takes what IndexedDB has not confirmed: a write that waits there
 * behind another one is given up with its page, while local storage answers at once.
 */
import { createStore, entries as readEntries } from "idb-keyval";
import { createObservable, type Observable } from "@/lib/observable.ts";
import { deviceStorage } from "@/sync/storage/device-storage.ts";
import { dropAtOnce, replaceAtOnce, storeAtOnce } from "@/sync/storage/store-at-once.ts";
import { thisWindow } from "@/sync/storage/windows.ts";
import type { AccountChannel } from "./account-channel.ts";
import { idAfter } from "./id-after.ts";

/** `id` is a UUIDv7: their order is the order in which things were done. */
export type Waiting = {
  id: string;
  userId: string;
  /** Where it is to be sent; of before this was written down, wherever the person is. */
  server?: string;
};

type Options<T extends Waiting, Note> = {
  channel: AccountChannel;
  /** Of its IndexedDB database and the one store in it. */
  database: [name: string, store: string];
  /** Begins the names in local storage of what a page leaves behind in its last moment. */
  flushPrefix: string;
  /** For local storage; null: it cannot be written there. */
  encode: (item: T) => unknown;
  decode: (json: never) => T;
  /** What was stored, or told, by a page of an earlier version as this one knows it. */
  read?: (stored: T) => T;
  /** As it is stored, where that is less than what is kept in memory. */
  toStored?: (item: T) => T;
  /** It was added, changed or found, here or in another window. */
  onPut?: (item: T, from: "here" | "elsewhere" | "store", before: T | undefined) => void;
  /** In every window, before it leaves the list. */
  onRemoved?: (item: T, note: Note | undefined, from: "here" | "elsewhere") => void;
};

type Message<T, Note> =
  | { kind: "put"; item: T; replaces?: string | undefined }
  | { kind: "removed"; id: string; note: Note }
  /** A window has opened: what only the others know of is not in the store. */
  | { kind: "hello" };

export type WaitingList<T extends Waiting, Note> = {
  items: Observable<readonly T[]>;
  /** Adds it, or changes what is there under its id. Resolves when it is stored, or cannot be. */
  put(item: T, replaces?: string): Promise<void>;
  /** It leaves the store once `until` has resolved; where that cannot be, it goes again one day. */
  remove(id: string, note: Note, until?: Promise<unknown>): Promise<void>;
  /** Resolves when it is stored, whoever added it, or cannot be. */
  untilStored(item: T): Promise<void>;
  /** Of what waits, something would be lost if all windows closed now. */
  isAtRisk(): boolean;
  /** For what is done now: behind all that waits, also after the computer's clock was set back. */
  nextId(): string;
  reload(): Promise<void>;
  stop(): void;
};

export function createWaitingList<T extends Waiting, Note>(
  options: Options<T, Note>,
): WaitingList<T, Note> {
  const { channel, flushPrefix, onPut, onRemoved } = options;
  const { userId, server } = channel.account;
  const topic = options.database[0];
  const store = createStore(...options.database);
  const items = createObservable<readonly T[]>([]);
  const stored = new Set<string>();
  const removed = new Set<string>();
  /** On their way into the store, or refused by it. */
  const unwritten = new Map<string, T>();
  /** Of those, what this device did not take. */
  const refused = new Set<string>();
  const writes = new Map<string, Promise<void>>();
  const device = deviceStorage.part(topic);
  const place = flushPrefix + thisWindow;
  const read = options.read ?? ((stored: T) => stored);
  const isOurs = (item: T) => item.userId === userId && (item.server ?? server) === server;

  function show(item: T, from: "here" | "elsewhere" | "store", replaces?: string) {
    if (removed.has(item.id)) return;
    const before = items.get().find(({ id }) => id === item.id);
    if (from === "store" && before) return;
    const others = items.get().filter(({ id }) => id !== item.id && id !== replaces);
    const at = others.findLastIndex(({ id }) => id < item.id) + 1;
    items.set(others.toSpliced(at, 0, item));
    onPut?.(item, from, before);
  }

  function forget(id: string, note: Note | undefined, from: "here" | "elsewhere") {
    const item = items.get().find((each) => each.id === id);
    removed.add(id);
    stored.delete(id);
    unwritten.delete(id);
    refused.delete(id);
    if (!item) return;
    onRemoved?.(item, note, from);
    items.set(items.get().filter((each) => each.id !== id));
  }

  function write(item: T, replaces?: string): Promise<void> {
    const writing = writeOnce(item, replaces).finally(() => {
      if (writes.get(item.id) === writing) writes.delete(item.id);
    });
    writes.set(item.id, writing);
    return writing;
  }

  async function writeOnce(item: T, replaces?: string) {
    unwritten.set(item.id, item);
    if (replaces) unwritten.delete(replaces);
    const row = options.toStored?.(item) ?? item;
    try {
      await (replaces ? replaceAtOnce(store, replaces, row) : storeAtOnce(store, row));
      stored.add(item.id);
      refused.delete(item.id);
      if (unwritten.get(item.id) === item) unwritten.delete(item.id);
      if (refused.size === 0) device.stored();
      // There is room again: for what was refused before, too.
      for (const id of refused) {
        const again = unwritten.get(id);
        refused.delete(id);
        if (again) void write(again);
      }
      // It was sent by another window meanwhile.
      if (removed.has(item.id)) await drop(item.id);
    } catch (error) {
      refused.add(item.id);
      device.refused(error);
    }
    if (unwritten.size === 0) takeBackFlushed();
  }

  const drop = (id: string) => dropAtOnce(store, id).catch(device.refused);

  function flush() {
    const rows = [...unwritten.values()].map(options.encode).filter((row) => row !== null);
    if (rows.length === 0) return;
    try {
      localStorage.setItem(place, JSON.stringify(rows));
    } catch (error) {
      device.refused(error);
    }
  }

  /** The page did not go after all, and everything is written. */
  function takeBackFlushed() {
    try {
      localStorage.removeItem(place);
    } catch {
      // Then nothing was written there.
    }
  }

  /** What pages left behind in their last moment, of every account: into the store. */
  async function readFlushed() {
    const places = Object.keys(localStorage).filter((key) => key.startsWith(flushPrefix));
    for (const each of places) {
      const rows: never[] = JSON.parse(localStorage.getItem(each) ?? "[]");
      for (const item of rows.map(options.decode)) {
        if (!removed.has(item.id)) await storeAtOnce(store, item);
      }
      localStorage.removeItem(each);
    }
  }

  async function reload() {
    const known = [...stored];
    try {
      await readFlushed();
      const found = await readEntries<string, T>(store);
      const ids = new Set(found.map(([id]) => id));
      // Removed by another window while this one was asleep.
      for (const id of known)
        if (!ids.has(id) && !unwritten.has(id)) forget(id, undefined, "elsewhere");
      for (const [id, item] of found) {
        if (!isOurs(item) || removed.has(id)) continue;
        stored.add(id);
        show(read(item), "store");
      }
      // What the device refused a while ago it may take now.
      await Promise.all([...unwritten.values()].map((item) => write(item)));
    } catch (error) {
      device.refused(error);
    }
  }

  channel.listen<Message<T, Note>>(topic, (message) => {
    if (message.kind === "put") show(read(message.item), "elsewhere", message.replaces);
    else if (message.kind === "removed") forget(message.id, message.note, "elsewhere");
    else for (const item of unwritten.values()) channel.post(topic, { kind: "put", item });
  });
  channel.post(topic, { kind: "hello" } satisfies Message<T, Note>);
  const heard = ({ key, newValue }: StorageEvent) => {
    if (key?.startsWith(flushPrefix) && newValue) void reload();
  };
  const awake = () => {
    if (document.visibilityState === "visible") void reload();
  };
  window.addEventListener("storage", heard);
  window.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", awake);

  return {
    items,
    put(tx, replaces) {
      const item = { ...tx, server };
      show(item, "here", replaces);
      channel.post(topic, { kind: "put", item, replaces } satisfies Message<T, Note>);
      return write(item, replaces);
    },
    async remove(id, note, until) {
      forget(id, note, "here");
      channel.post(topic, { kind: "removed", id, note } satisfies Message<T, Note>);
      try {
        await until;
        await dropAtOnce(store, id);
      } catch (error) {
        device.refused(error);
      }
    },
    untilStored: async (item) => {
      await (writes.get(item.id) ?? (stored.has(item.id) ? undefined : write(item)));
    },
    isAtRisk: () =>
      [...unwritten.values()].some((item) => refused.has(item.id) || options.encode(item) === null),
    nextId: () => idAfter(items.get().at(-1)?.id),
    reload,
    stop() {
      window.removeEventListener("storage", heard);
      window.removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", awake);
    },
  };
}
