import type { AppRouter, Reason } from "@guildhall/api/client";
import { TRPCClientError } from "@trpc/client";

/** What the server said of something that it will not do, to be shown to the person. */
export type Refusal = { reason: Reason | "unsendable" | "unknown"; message: string };

/** The server answered, and its answer will not change by asking again. */
export function isRefusal(error: unknown): error is TRPCClientError<AppRouter> {
  if (!(error instanceof TRPCClientError)) return false;
  const status: unknown = error.data?.httpStatus;
  return typeof status === "number" && status < 500 && status !== 429 && status !== 408;
}

/** There is no such thing, or none for this person. */
export const isGone = (error: unknown): boolean =>
  isRefusal(error) && error.data?.reason === "not_found";

/** Nobody is in any more: what waits is kept, and goes out when its person is back. */
export const isSignedOut = (reason: Refusal["reason"] | undefined): boolean =>
  reason === "signed_out" || reason === "account_deactivated" || reason === "account_closed";

/** It cannot even be sent, whatever is tried, such as a file that this computer no longer reads. */
export class Unsendable extends Error {}

/** Null where the answer is unclear (no network, a restarted server), and the same may go again. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Unsendable) return { reason: "unsendable", message: error.message };
  if (!isRefusal(error)) return null;
  return { reason: error.data?.reason ?? "unknown", message: error.message };
}
