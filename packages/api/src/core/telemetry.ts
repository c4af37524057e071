/** What whoever runs the server may watch; the api tells, and does not know what becomes of it. */
import type { TRPCError } from "@trpc/server";

export type Telemetry = {
  /** Runs one call of a procedure, over HTTP or on a socket; `path` is a name of the router. */
  procedure<T extends Outcome>(call: Call, run: () => Promise<T>): Promise<T>;
  /** Runs one transaction, from waiting for a connection to the commit. */
  transaction<T>(run: () => Promise<T>): Promise<T>;
};

export type Call = { path: string; type: "query" | "mutation" | "subscription" };
export type Outcome = { ok: true } | { ok: false; error: TRPCError };

/** When nobody watches. */
export const unwatched: Telemetry = {
  procedure: (_call, run) => run(),
  transaction: (run) => run(),
};
