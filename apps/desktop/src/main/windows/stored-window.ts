import { z } from "zod/mini";

export const windowBounds = z.object({
  x: z.optional(z.number()),
  y: z.optional(z.number()),
  width: z.number(),
  height: z.number(),
  maximized: z.boolean(),
});
export type WindowBounds = z.output<typeof windowBounds>;

/** A window as it is found again at the next start: of which account, what it shows, and where. */
export const storedWindow = z.object({
  profileId: z.string(),
  path: z.string(),
  bounds: windowBounds,
});
export type StoredWindow = z.output<typeof storedWindow>;
