import type { IncomingMessage, ServerResponse } from "node:http";
import { currentRequest, type RequestScope, reasonOf, requestIdOf } from "@guildhall/api/server";
import type { TRPCError } from "@trpc/server";
import { pino } from "pino";
import type { Destination } from "./metrics.ts";

export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

type Output = { write(line: string): unknown; isTTY?: boolean };

/** Names under which a secret could come along in an object that is logged. */
const SECRETS = new Set(["password", "token", "secret", "cookie", "authorization", "databaseUrl"]);

/** JSON lines for a log collector; readable lines where a person is looking. */
export function createLog(level: string, output: Output = process.stdout): Log {
  const base = {
    level,
    base: null,
    mixin: whose,
    formatters: { log: (fields: object) => hideSecrets(fields) },
    serializers: { err: describeError },
  };
  if (!output.isTTY) return pino(base, output);
  return pino(base, { write: (line: string) => void output.write(readable(line)) });
}

/** pino's own `redact` costs ten times the rest of a line when a path holds a wildcard. */
function hideSecrets(fields: object, depth = 3): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const isInner = depth > 0 && value?.constructor === Object;
    shown[name] = SECRETS.has(name) ? "(hidden)" : isInner ? hideSecrets(value, depth - 1) : value;
  }
  return shown;
}

/** Every line under a request says which. What a line says itself wins. */
function whose(): object {
  const request = currentRequest();
  return request ? fieldsOf(request) : {};
}

const fieldsOf = ({ id, userId, traceId }: RequestScope) => ({
  requestId: id,
  ...(userId && { userId }),
  ...(traceId && { trace_id: traceId }),
});

/**
 * An error without what people typed: the database's errors carry the parameters of the statement
 * and the row they stumbled over, and with them addresses, texts and hashes.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const message = withoutValues(error);
  const frames = error.stack?.indexOf("\n    at ") ?? -1;
  return {
    type: error.name,
    message,
    ...("code" in error && { code: String(error.code) }),
    stack: `${error.name}: ${message}${frames < 0 ? "" : error.stack?.slice(frames)}`,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/** drizzle writes the parameters behind the statement; Postgres quotes a value that is no number. */
function withoutValues(error: Error): string {
  const message = error.message.replace(/\nparams: [\s\S]*$/, "");
  const isAboutData = "code" in error && /^22...$/.test(String(error.code));
  return isAboutData ? message.replace(/"[\s\S]*"/, '"…"') : message;
}

function readable(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line);
  const name = level >= 50 ? "error" : level >= 40 ? "warn " : level >= 30 ? "info " : "debug";
  const more = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : "";
  const stack = err ? `\n${err.stack ?? err.message}` : "";
  return `${new Date(time).toTimeString().slice(0, 8)} ${name} ${msg}${more}${stack}\n`;
}

/**
 * For the `onError` of both sides of tRPC. A refusal is what it is and needs no stack; its sentence
 * may quote what was typed, so only its word is logged.
 */
export function logFailure(log: Log, error: TRPCError, procedure: string | undefined): void {
  const fields = { requestId: requestIdOf(error), procedure, reason: reasonOf(error) };
  if (fields.reason === "disk_full") logDiskFull(log, error, procedure);
  else if (error.code !== "INTERNAL_SERVER_ERROR") log.info(fields, "A procedure refused.");
  else log.error({ ...fields, err: error.cause ?? error }, "A procedure failed.");
}

/** What was asked for, in words from our own lists: an address may say anything. */
export type Asked = {
  to: Destination;
  address: string;
  procedures?: string[];
  workspaceId?: () => string | undefined;
};

type Request = {
  log: Log;
  req: IncomingMessage;
  res: ServerResponse;
  scope: RequestScope;
  asked: Asked;
  onDone: (to: Destination, status: number, seconds: number) => void;
};

/** One line for each request, once its answer is out or its sender is gone. */
export function logRequest({ log, req, res, scope, asked, onDone }: Request): void {
  const began = performance.now();
  res.once("close", () => {
    const ms = performance.now() - began;
    onDone(asked.to, res.statusCode, ms / 1_000);
    const workspaceId = asked.workspaceId?.();
    const fields = {
      ...fieldsOf(scope),
      method: req.method,
      ...(asked.procedures ? { procedures: asked.procedures } : { to: asked.to }),
      ...(workspaceId && { workspaceId }),
      address: asked.address,
      status: res.statusCode,
      ...(!res.writableFinished && { cutOff: true }),
      ms: Math.round(ms * 10) / 10,
    };
    if (asked.to === "trpc") log.info(fields, "request");
    else log.debug(fields, "request");
  });
}

/** What nobody can save any more is no refusal: somebody has to make room, and has to know where. */
export function logDiskFull(log: Log, error: TRPCError, procedure?: string): void {
  const where = error.cause instanceof Error ? error.cause.message : "A disk is full.";
  log.error(
    { requestId: requestIdOf(error), procedure, reason: "disk_full", err: error.cause },
    `${where} Nothing can be saved until space is freed up there.`,
  );
}
