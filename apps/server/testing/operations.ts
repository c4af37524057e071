import type { HttpOptions } from "../src/http/http.ts";
import { createMetrics } from "../src/telemetry/metrics.ts";
import { createTelemetry } from "../src/telemetry/telemetry.ts";

/** What a server of the tests needs to be watched like the real one. */
export function testOperations(): Pick<
  HttpOptions<object>,
  "addressOf" | "maxWaiting" | "metrics" | "metricsToken" | "telemetry"
> {
  const metrics = createMetrics();
  return {
    addressOf: () => "127.0.0.1",
    maxWaiting: 1_000,
    metrics,
    metricsToken: undefined,
    telemetry: createTelemetry(metrics, null),
  };
}
