/** The thread of sums.ts: SHA-256 of what several uploads bring, each in the order in which it came. */
import { createHash, type Hash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { invariant } from "../core/errors.ts";
import type { SharedBlock } from "./shared-blocks.ts";

export type SumRequest = { question: number; of: number } & (
  | { kind: "add"; block: SharedBlock }
  | { kind: "digest" }
  | { kind: "drop" }
);
export type SumReply = { question: number; sha256: string | null };

const port = invariant(parentPort, "it is run as a thread");
const sums = new Map<number, Hash>();

port.on("message", (asked: SumRequest) => {
  const sum = sums.get(asked.of) ?? createHash("sha256");
  if (asked.kind === "add") sums.set(asked.of, sum.update(asked.block));
  else sums.delete(asked.of);
  const sha256 = asked.kind === "digest" ? sum.digest("hex") : null;
  port.postMessage({ question: asked.question, sha256 } satisfies SumReply);
});
