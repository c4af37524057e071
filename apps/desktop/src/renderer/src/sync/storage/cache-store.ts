/**
 * The offline copy in IndexedDB.
 *
 * Each window writes its own copy, rows and the feed's cursor in one piece. One shared by all would be
 * overwritten by whichever window wrote last, and what only another one had read would be gone. A
 * window that starts reads the copies of all, and those of windows that have ended leave with its
 * first write. Of what several have read the newest is taken, and of their cursors the lowest: to
 * apply a change to rows that have it already is harmless, to leave one out is not.
 */
import type { DehydratedState } from "@tanstack/react-query";
import type { PersistedClient } from "@tanstack/react-query-persist-client";
import { createStore, delMany, getMany, keys } from "idb-keyval";
import { writeAtOnce } from "./store-at-once.ts";
import { openWindows, thisWindow } from "./windows.ts";

/** The place in a workspace's feed that everything in the cache stands at. */
export type Cursor = { seq: number; epoch: string };

type Query = DehydratedState["queries"][number];

const store = createStore("guildhall", "cache");

/** Copies of before there was one for each window have no more than the account in their name. */
const nameOf = (account: string, window?: string) =>
  window ? `user:${account}/${window}` : `user:${account}`;

async function namesOf(account: string): Promise<string[]> {
  const own = nameOf(account);
  return (await keys<string>(store)).filter((key) => key === own || key.startsWith(`${own}/`));
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What all windows of this account have read, and the names of the copies that nobody writes any more. */
export async function readCache(account: string, isUsable: (copy: PersistedClient) => boolean) {
  // Asked first: one that ends from here on may have written after its copy was read.
  const open = await openWindows();
  const names = await namesOf(account);
  const copies = await getMany<PersistedClient | undefined>(names, store);
  const ended = names.filter((name, i) => {
    const window = name.slice(nameOf(account).length + 1);
    if (window === thisWindow) return false;
    return open ? !open.has(window) : Date.now() - (copies[i]?.timestamp ?? 0) > DAY_MS;
  });
  const usable = copies.filter((copy) => copy !== undefined).filter(isUsable);
  return { queries: together(usable), ended };
}

const cursorOf = ({ queryKey, state }: Query) =>
  queryKey[0] === "cursor" ? (state.data as Cursor) : null;

export function together(copies: readonly PersistedClient[]): Query[] {
  const found = new Map<string, Query>();
  for (const { clientState } of copies.toSorted((a, b) => b.timestamp - a.timestamp)) {
    const { queries } = clientState;
    // Of the time before a backup was restored: its numbers mean nothing beside the others.
    if (queries.some((query) => isOfAnotherFeed(query, found.get(query.queryHash)))) continue;
    for (const query of queries) {
      const known = found.get(query.queryHash);
      if (!known || isRather(query, known)) found.set(query.queryHash, query);
    }
  }
  return [...found.values()];
}

function isOfAnotherFeed(query: Query, known: Query | undefined) {
  const epoch = known && cursorOf(known)?.epoch;
  return epoch !== undefined && epoch !== cursorOf(query)?.epoch;
}

function isRather(query: Query, known: Query) {
  const [cursor, other] = [cursorOf(query), cursorOf(known)];
  if (cursor && other) return cursor.seq < other.seq;
  return query.state.dataUpdatedAt > known.state.dataUpdatedAt;
}

/** This window's copy. With it go those of windows that have ended: it has all of theirs. */
export async function writeCache(account: string, copy: PersistedClient, ended: readonly string[]) {
  await writeAtOnce(store, (entries) => {
    entries.put(copy, nameOf(account, thisWindow));
    for (const name of ended) entries.delete(name);
  });
}

export const dropCache = async (account: string) => delMany(await namesOf(account), store);
