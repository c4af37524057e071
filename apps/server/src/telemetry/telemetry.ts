/** Metrics and, when somebody collects them, traces: one thing to hand to the api and to HTTP. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { currentRequest, reasonOf, type Telemetry } from "@guildhall/api/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Metrics } from "./metrics.ts";
import type { SpanOptions, Tracing } from "./tracing.ts";

export type ServerTelemetry = Telemetry & {
  /** Runs what answers a request. */
  request(req: IncomingMessage, res: ServerResponse, run: () => Promise<void>): Promise<void>;
};

export function createTelemetry(metrics: Metrics, tracing: Tracing | null): ServerTelemetry {
  const span = <T>(options: SpanOptions, run: () => Promise<T>) =>
    tracing ? tracing.span(options, run) : run();
  return {
    procedure: ({ path, type }, run) =>
      span({ name: path, attributes: { "rpc.system": "trpc", "rpc.type": type } }, async () => {
        const began = performance.now();
        const outcome = await run();
        const status = outcome.ok ? 200 : getHTTPStatusCodeFromError(outcome.error);
        if (!outcome.ok && reasonOf(outcome.error) === "disk_full") metrics.diskFull();
        metrics.procedure(path, status, (performance.now() - began) / 1_000);
        return outcome;
      }),
    transaction: (run) =>
      span(
        { name: "transaction", kind: "CLIENT", attributes: { "db.system.name": "postgresql" } },
        run,
      ),
    request: (req, res, run) => (tracing ? traced(tracing, req, res, run) : run()),
  };
}

/** The address is told without its query, which holds what people typed. */
function traced(
  tracing: Tracing,
  req: IncomingMessage,
  res: ServerResponse,
  run: () => Promise<void>,
) {
  const method = req.method ?? "GET";
  const options = {
    name: method,
    kind: "SERVER" as const,
    attributes: { "http.request.method": method, "url.path": req.url?.split("?", 1)[0] ?? "/" },
    traceparent: headerOf(req, "traceparent"),
  };
  return tracing.span(options, async (span) => {
    const request = currentRequest();
    if (request) request.traceId = span.spanContext().traceId;
    await run();
    span.setAttribute("http.response.status_code", res.statusCode);
  });
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}
