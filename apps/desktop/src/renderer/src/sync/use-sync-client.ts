import { createContext, use, useSyncExternalStore } from "react";
import { must } from "@/lib/invariant.ts";
import type { Value } from "@/lib/observable.ts";
import type { Room } from "./sync-client.ts";

export const RoomContext = createContext<Room | null>(null);

export const useRoom = (): Room => must(use(RoomContext), "this is inside a signed-in page");

export const useMe = () => useRoom().me;

export const useValue = <T>({ watch, get }: Value<T>): T => useSyncExternalStore(watch, get);
