/** The places that this person keeps on this device, as the page shows them. */

import type { Place } from "@/entities/offline/store/stored.ts";
import { createObservable } from "@/lib/observable.ts";

export type OfflinePlace = Place & {
  key: string;
  workspaceId: string;
  name: string;
  /** `reading`: its rows. `fetching`: texts and files. `full`: what is left is beyond the limit. */
  state: "reading" | "fetching" | "ready" | "full" | "problem";
  /** In a sentence. */
  problem: string | null;
  /** Tasks, documents, comments … */
  rows: number;
  /** About so many bytes are stored of it; of its files exactly. */
  bytes: number;
  /** Of its files and texts, how much is to be fetched yet. */
  left: { count: number; bytes: number };
};

/** Null until they were looked up. */
export const offlinePlaces = createObservable<readonly OfflinePlace[] | null>(null);

export const LIMIT_KEY = "guildhall.offline-limit";
const GB = 1_000_000_000;
export const offlineLimits = [GB / 2, GB, 2 * GB, 5 * GB, 20 * GB] as const;

/** Bytes of all that is kept on this device. */
export const offlineLimit = (): number => Number(localStorage.getItem(LIMIT_KEY)) || 2 * GB;
