/** The thread of sums.ts: SHA-256 of what several uploads bring, each in the order in which it came. */
import { createHash, type Hash } from "node:crypto";
import { invariant } from "../../core/errors.ts";
import { serve } from "../../jobs/worker-side.ts";
import type { SharedBlock } from "../store/shared-blocks.ts";

/** `isFirst`: nothing of it was asked before. A thread that took over from another knows only those. */
export type SumRequest =
  | { kind: "add"; of: number; isFirst: boolean; block: SharedBlock }
  | { kind: "digest"; of: number; isFirst: boolean }
  | { kind: "drop"; of: number };

const sums = new Map<number, Hash>();

serve<SumRequest>((asked): string | null => {
  if (asked.kind === "drop") {
    sums.delete(asked.of);
    return null;
  }
  const known = asked.isFirst ? createHash("sha256") : sums.get(asked.of);
  const sum = invariant(known, "what it has begun");
  if (asked.kind === "add") {
    sums.set(asked.of, sum.update(asked.block));
    return null;
  }
  sums.delete(asked.of);
  return sum.digest("hex");
});
