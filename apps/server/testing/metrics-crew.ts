/** Three workers that count and serve their metrics; the first of them can be stopped in its tracks. */
import cluster from "node:cluster";
import { createServer } from "node:http";
import { createMetrics } from "../src/telemetry/metrics.ts";
import { tellWorkersTheirMetrics } from "../src/telemetry/metrics-of-all-workers.ts";

if (cluster.isPrimary) {
  tellWorkersTheirMetrics();
  for (let number = 1; number <= 3; number++) {
    cluster.fork({ NUMBER: String(number) }).on("message", (message: { port?: number }) => {
      if (message.port) process.send?.({ ...message, number });
    });
  }
} else {
  const metrics = createMetrics();
  const text = metrics.text();
  for (let i = 0; i < Number(process.env.NUMBER); i++) metrics.turnedAway();
  const server = createServer(async (_req, res) => res.end(await text()));
  server.listen({ port: 0, host: "127.0.0.1", exclusive: true }, () => {
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    process.send?.({ port, pid: process.pid });
  });
}
