import type { AppRouter, Reason } from "@guildhall/api/client";
import { TRPCClientError } from "@trpc/client";

/** The stable word for what the server said; null when it gave no answer of its own. */
export function errorReason(error: unknown): Reason | null {
  if (!(error instanceof TRPCClientError)) return null;
  return (error as TRPCClientError<AppRouter>).data?.reason ?? null;
}

/** What the page itself refuses; its message is a sentence for people. */
export class PageRefusal extends Error {}

/** A file that was chosen can't be read: browsers have several words for it, and some say it was the network. */
export class UnreadableFile extends PageRefusal {
  constructor(cause?: unknown) {
    super(
      "A file couldn't be read, so nothing was changed. It may have been moved or changed on this computer: choose it again.",
      { cause },
    );
  }
}

/** How browsers say that a file chosen a moment ago is not there any more, or is another one by now. */
const UNREADABLE = new Set(["NotReadableError", "NotFoundError"]);
const isUnreadable = (error: unknown) =>
  error instanceof DOMException && UNREADABLE.has(error.name);

/** A sentence to show: the server's, the page's own, or that the server could not be reached. */
export function formatError(error: unknown): string {
  // A proxy's page of its own (502) is no answer of the server either, and its text is for nobody.
  if (error instanceof TRPCClientError && errorReason(error)) return error.message;
  if (error instanceof PageRefusal) return error.message;
  if (isUnreadable(error)) return new UnreadableFile().message;
  return "The server couldn't be reached, so nothing was changed. Check your connection and try again.";
}
