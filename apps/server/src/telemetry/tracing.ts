/**
 * Traces for OTEL_EXPORTER_OTLP_ENDPOINT: a request, its procedures, their transactions. Spans are
 * made at three places of ours and nothing is patched from outside; without the setting none of
 * the SDK is loaded.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { Attributes, Context, Span, SpanKind } from "@opentelemetry/api";
import type { Log } from "./logger.ts";

/** A collector that is away does not hold up the stop: the SDK would try again for seconds. */
const STOP_MS = 2_000;

export type Tracing = {
  /** Runs under a span of its own, whose parent is the one it is called under. */
  span<T>(options: SpanOptions, run: (span: Span) => Promise<T>): Promise<T>;
  /** Sends what is left. */
  stop(): Promise<void>;
};

export type SpanOptions = {
  name: string;
  kind?: keyof typeof SpanKind;
  attributes?: Attributes;
  /** The caller's W3C `traceparent`: its trace goes on here. */
  traceparent?: string | undefined;
};

export async function startTracing(endpoint: string, log: Log): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  api.diag.setLogger(
    {
      error: (message) => log.warn({ about: message }, "Couldn't send traces."),
      warn: (message) => log.warn({ about: message }, "Couldn't send traces."),
      info() {},
      debug() {},
      verbose() {},
    },
    { logLevel: api.DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ "service.name": "guildhall", "process.pid": process.pid }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }),
        scheduledDelayMillis: 1_000,
      }),
    ],
  });
  const tracer = provider.getTracer("guildhall");
  const active = new AsyncLocalStorage<Context>();

  async function span<T>(options: SpanOptions, run: (span: Span) => Promise<T>): Promise<T> {
    const { name, kind = "INTERNAL", attributes = {}, traceparent } = options;
    const remote = readTraceparent(traceparent);
    const parent = remote
      ? api.trace.setSpanContext(api.ROOT_CONTEXT, { ...remote, isRemote: true })
      : (active.getStore() ?? api.ROOT_CONTEXT);
    const span = tracer.startSpan(name, { kind: api.SpanKind[kind], attributes }, parent);
    try {
      return await active.run(api.trace.setSpan(parent, span), () => run(span));
    } catch (error) {
      span.setStatus({ code: api.SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  }

  async function stop(): Promise<void> {
    const sent = provider.shutdown().catch((err: unknown) => {
      log.warn({ err }, "Couldn't send the last traces.");
    });
    await Promise.race([sent, delay(STOP_MS, undefined, { ref: false })]);
  }

  return { span, stop };
}

function readTraceparent(header: string | undefined) {
  const found = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/.exec(
    header ?? "",
  );
  const [, traceId = "", spanId = "", flags = ""] = found ?? [];
  if (!found || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1 };
}
