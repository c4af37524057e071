import { createContext, use } from "react";
import { invariant } from "@/lib/invariant.ts";
import type { SyncClient } from "./sync-client.ts";

export const SyncClientContext = createContext<SyncClient | null>(null);

export const useSyncClient = (): SyncClient =>
  invariant(use(SyncClientContext), "this is inside a signed-in page");

export const useMe = () => useSyncClient().me;
