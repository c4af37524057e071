import type { Env } from "../settings/env.ts";
import type { Log } from "./logger.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { createTelemetry, type ServerTelemetry } from "./telemetry.ts";
import { startTracing } from "./tracing.ts";

export type Operations = { metrics: Metrics; telemetry: ServerTelemetry; stop(): Promise<void> };

/** What watches the server: before everything that is watched, and longer. */
export async function startOperations(env: Env, log: Log): Promise<Operations> {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const tracing = endpoint ? await startTracing(endpoint, log) : null;
  const metrics = createMetrics();
  return {
    metrics,
    telemetry: createTelemetry(metrics, tracing),
    stop: async () => void (await tracing?.stop()),
  };
}
