import { ownKey } from "./procedures.ts";

/** The place in a workspace's feed that everything in the cache stands at. */
export type Cursor = { seq: number; epoch: string };

export const cursorKey = (workspaceId: string) => ownKey<Cursor>("cursor", workspaceId);
