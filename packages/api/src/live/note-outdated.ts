import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "../router.ts";

/** Hears when the server serves no client of this version any more. */
export const noteOutdated =
  (onOutdated: (() => void) | undefined): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) =>
      next(op).subscribe({
        ...observer,
        error(error) {
          if (error.data?.reason === "outdated_client") onOutdated?.();
          observer.error(error);
        },
      }),
    );
