import { atStart } from "./state.ts";

/** What the app does with its windows when it ends. */
type Closing = { close(): void; destroy(): void; isDestroyed(): boolean };

export const openWindows = new Set<Closing>();
atStart(() => openWindows.clear());
