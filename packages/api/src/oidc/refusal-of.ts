import type { Context } from "../core/context.ts";
import { refused } from "../core/errors.ts";
import { problemOf } from "./name-problem.ts";
import { SignInRefused } from "./problems.ts";

/** As procedures say it, of what stops somebody who connects a provider. */
export const refusalOf =
  (ctx: Context, provider: string) =>
  (error: unknown): never => {
    if (!(error instanceof SignInRefused)) throw error;
    const problem = problemOf(ctx, provider, error);
    const name = ctx.services.providers.list.find(({ id }) => id === provider)?.name ?? provider;
    switch (problem) {
      case "provider_unreachable":
        throw refused(
          problem,
          `Nothing was changed: ${name} can't be reached. Try again in a moment.`,
        );
      case "connected_elsewhere":
        throw refused(
          problem,
          `Nothing was connected: that account at ${name} signs in to another account here. Disconnect it there first.`,
        );
      default:
        throw refused(
          "not_found",
          "Nothing was changed: this server doesn't know that provider any more.",
        );
    }
  };
