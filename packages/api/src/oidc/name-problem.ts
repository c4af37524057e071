import type { Context } from "../core/context.ts";
import { GuildhallError } from "../core/errors.ts";
import { type ProviderProblem, SignInRefused } from "./problems.ts";

/** The word for the page; what is none of these is a failure of ours, or of the database. */
export function problemOf(ctx: Context, provider: string, error: unknown): ProviderProblem {
  if (error instanceof GuildhallError && error.reason === "too_many_tries") return "too_many_tries";
  const { log } = ctx.services.config;
  if (!(error instanceof SignInRefused)) {
    log.error({ err: error, provider }, "A sign-in through a provider failed.");
    return "server_failed";
  }
  if (error.cause) {
    log.warn(
      { err: describe(error.cause), provider, problem: error.problem },
      "A sign-in through a provider failed.",
    );
  }
  return error.problem;
}

/** Of what the library throws no more than what happened: its causes hold tokens and whole answers. */
function describe(cause: unknown): { message: string; detail?: string } {
  if (!(cause instanceof Error)) return { message: "unknown" };
  const { message, cause: inner } = cause;
  const detail = inner instanceof Error ? inner.message : null;
  const said = "error" in cause && typeof cause.error === "string" ? cause.error : null;
  const more = [said, detail].filter((each) => each !== null).join(": ");
  return { message, ...(more && { detail: more.slice(0, 300) }) };
}
