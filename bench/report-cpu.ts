/** Preloaded into a program that is measured: answers each message with the CPU it has used, in µs. */
process.on("message", (of) => {
  if (of === "collected") globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system, rss: process.memoryUsage.rss() });
});
// A listener keeps the channel, and so the program, alive; it should end as it would by itself.
process.channel?.unref();
