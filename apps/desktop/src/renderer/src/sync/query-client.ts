import { retryDelay } from "@guildhall/api/client";
import { QueryClient } from "@tanstack/react-query";
import { isRefusal } from "@/sync/server/refusal.ts";

const WEEK = 7 * 24 * 60 * 60 * 1_000;
const WAITS = { firstMs: 300, lastMs: 10_000 };

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
        retryDelay: (attempt) => retryDelay(attempt, WAITS),
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
