/**
 * Every error a client may meet, each with a reason of `reasons.ts`, and a sentence that says what
 * happened, what was kept and what to do. Anything else is a bug and is answered as
 * `internal`, without its text.
 */
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { codes, type RefusalReason } from "./reasons.ts";

/** For what is a bug, in an answer to a person. */
export const internalSentence =
  "Nothing was changed: something went wrong on the server. Try again; if it keeps happening, tell your administrator.";

export class GuildhallError extends TRPCError {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string, cause?: unknown) {
    super({ code: codes[reason], message, cause });
    this.reason = reason;
  }
}

/** What is expected to happen: a rule of the domain says no, or something it needs is away. */
export const refused = (reason: RefusalReason, message: string, cause?: unknown) =>
  new GuildhallError(reason, message, cause);

/** Of an answer over plain HTTP. */
export const statusOf = (reason: RefusalReason) =>
  getHTTPStatusCodeFromError(new TRPCError({ code: codes[reason] }));

/** False when it was refused: what this does is not allowed (any more). */
export async function unlessRefused(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof GuildhallError) return false;
    throw error;
  }
}

/** Missing and forbidden look the same: a stranger learns nothing from the difference. */
export const notFound = (what: string) =>
  refused("not_found", `This ${what} doesn't exist, or you don't have access to it.`);

/** For what is reached by its own id: a stranger is not told that the project around it exists. */
export const asMissing =
  (what: string) =>
  (error: unknown): never => {
    if (error instanceof GuildhallError && error.reason === "not_found") throw notFound(what);
    throw error;
  };

export function roleTooLow(need: string) {
  const who = need === "viewer" ? "a member" : `an ${need}`;
  return refused(
    "role_too_low",
    `Nothing was changed: you need to be ${who} here. Ask a workspace owner.`,
  );
}

export const signInFirst = () => refused("signed_out", "You're signed out. Sign in to continue.");

export const accountDeactivated = () =>
  refused(
    "account_deactivated",
    "Your account was deactivated by an administrator. What you saved is kept. Ask them if you think that is a mistake.",
  );

export const accountClosed = () =>
  refused(
    "account_closed",
    "Your account is closed. What you made is kept. Sign in to open it again.",
  );

export const tokenReadOnly = () =>
  refused(
    "token_read_only",
    "Nothing was changed: this access token is read-only. Create one with the scope “write”.",
  );

export const sessionOnly = () =>
  refused("session_only", "Access tokens can't do this. Sign in with your password.");

export const wrongCredentials = () => refused("wrong_credentials", "Incorrect email or password.");

export const tooManyTries = (seconds: number) =>
  refused(
    "too_many_tries",
    `Too many attempts. Wait ${Math.max(1, Math.ceil(seconds / 60))} min and try again.`,
  );

export const databaseUnavailable = (cause: unknown) =>
  refused(
    "database_unavailable",
    "Nothing was saved: the database is unavailable. Try again in a moment.",
    cause,
  );

export const busy = (cause: unknown) =>
  refused("busy", "Nothing was saved: someone else's change took too long. Try again.", cause);

export const fileStoreUnavailable = (cause: unknown) =>
  refused(
    "file_store_unavailable",
    "Nothing was uploaded or changed: file storage is unavailable. Try again in a moment.",
    cause,
  );

/** `place` is for the operator, in the log: whose disk it is. */
export const diskFull = (place: string, cause: unknown) =>
  refused(
    "disk_full",
    "Nothing was saved: the server's disk is full. What was saved before is safe and can be read. Tell its operator.",
    new Error(`There is no room on the disk of ${place}.`, { cause }),
  );

export const idTaken = (cause?: unknown) =>
  refused("id_taken", "Nothing was saved: something with this ID already exists.", cause);

/** What this refers to was there a moment ago, and another transaction took it away. */
export const goneMeanwhile = (cause: unknown) =>
  refused(
    "gone_meanwhile",
    "Nothing was saved: someone just deleted something this refers to. Reload and try again.",
    cause,
  );

export const tooFarBehind = () =>
  refused(
    "too_far_behind",
    "More has happened than you took. Subscribe again and go on from your last event.",
  );

/** A page that was opened before the server was updated, or after it went back. */
export const outdatedClient = () =>
  refused(
    "outdated_client",
    "Guildhall was updated on the server. Reload the page to get its latest version.",
  );

/** For what cannot be: a broken invariant stops here, with its name. */
export function invariant<T>(value: T | null | undefined, name: string): T {
  if (value === null || value === undefined) throw new Error(`broken invariant: ${name}`);
  return value;
}

export const tooManySubscriptions = (most: number) =>
  refused(
    "too_many_subscriptions",
    `A connection can have up to ${most} subscriptions. End some, then try again.`,
  );
