import type { AppRouter, Reason } from "@guildhall/api/client";
import { TRPCClientError } from "@trpc/client";

/** The stable word for what the server said; null when it gave no answer of its own. */
export function errorReason(error: unknown): Reason | null {
  if (!(error instanceof TRPCClientError)) return null;
  return (error as TRPCClientError<AppRouter>).data?.reason ?? null;
}

/** A sentence to show: the server's, or that it could not be reached. */
export function formatError(error: unknown): string {
  // A proxy's page of its own (502) is no answer of the server either, and its text is for nobody.
  if (error instanceof TRPCClientError && errorReason(error)) return error.message;
  return "The server couldn't be reached, so nothing was changed. Check your connection and try again.";
}
