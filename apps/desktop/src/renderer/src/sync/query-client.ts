import type { AppRouter } from "@guildhall/api/client";
import { QueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";

const WEEK = 7 * 24 * 60 * 60 * 1_000;

/** The server answered, and its answer will not change by asking again. */
export function isRefusal(error: unknown): error is TRPCClientError<AppRouter> {
  if (!(error instanceof TRPCClientError)) return false;
  const status: unknown = error.data?.httpStatus;
  return typeof status === "number" && status < 500 && status !== 429 && status !== 408;
}

/** There is no such thing, or none for this person. */
export const isGone = (error: unknown): boolean =>
  isRefusal(error) && error.data?.reason === "not_found";

/**
 * The feed keeps what is cached true, so nothing goes stale by itself and no window that comes to
 * the front asks for everything again.
 */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: WEEK,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
        retry: (failures, error) => !isRefusal(error) && failures < 5,
        retryDelay: (attempt) => Math.min(10_000, 300 * 2 ** attempt) * (0.5 + Math.random() / 2),
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
