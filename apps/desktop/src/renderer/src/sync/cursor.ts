import { ownKey } from "./procedures.ts";
import type { Cursor } from "./storage/cache-store.ts";

export const cursorKey = (workspaceId: string) => ownKey<Cursor>("cursor", workspaceId);
