import { V7Generator } from "uuidv7";

const generator = new V7Generator();

/**
 * A UUIDv7 of now that sorts behind the last one. One of a clock that was fast, and has been set right since,
 * would sort before what was done earlier, and an edit would go out before that on which it stands.
 */
export function idAfter(last: string | undefined): string {
  const now = Date.now();
  const lastMs = last ? Number.parseInt(last.replaceAll("-", "").slice(0, 12), 16) : 0;
  return generator.generateOrResetWithTs(lastMs >= now ? lastMs + 1 : now).toString();
}
