import { z } from "zod";
import { refused } from "../core/errors.ts";

/** Where a page of findings ended, each index in its own way; for clients a word without meaning. */
const place = z.union([
  z.strictObject({
    pass: z.int().min(0).max(2),
    after: z.strictObject({ at: z.iso.datetime({ offset: true }), id: z.uuid() }).nullable(),
  }),
  z.strictObject({ offset: z.int().min(0).max(10_000) }),
]);

export type Place = z.infer<typeof place>;

export const writeCursor = (place: Place) =>
  Buffer.from(JSON.stringify(place)).toString("base64url");

export function readCursor(cursor: string): Place {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw refused("bad_cursor", "This cursor didn't come from a search. Search without it.");
  }
}
