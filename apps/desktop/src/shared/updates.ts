import { z } from "zod/mini";

/**
 * How the app stands to its updates. `off`: this copy doesn't update itself, `why` says so; `current`: nothing newer is
 * known; `ready`: put in when the app quits; `refused`: what was offered isn't taken, and the app stays as it is.
 */
export const updateState = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("off"), why: z.string() }),
  /** `checkedAt`: ISO; null before the first time. */
  z.object({ kind: z.literal("current"), checkedAt: z.nullable(z.string()) }),
  z.object({ kind: z.literal("checking") }),
  z.object({ kind: z.literal("downloading"), version: z.string(), percent: z.number() }),
  z.object({ kind: z.literal("ready"), version: z.string() }),
  z.object({ kind: z.literal("refused"), why: z.string() }),
]);

export type UpdateState = z.output<typeof updateState>;
