/**
 * Preloaded into a program that is measured: answers each message with the CPU it has used, in µs, its
 * memory, and the ms for which it answered nobody at the longest since it was first asked for `stalls`.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";

const stalls = monitorEventLoopDelay({ resolution: 10 });

process.on("message", (of) => {
  if (of === "collected") globalThis.gc?.();
  if (of === "stalls") stalls.enable();
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system, rss: process.memoryUsage.rss(), stall: stalls.max / 1e6 });
});
// A listener keeps the channel, and so the program, alive; it should end as it would by itself.
process.channel?.unref();
