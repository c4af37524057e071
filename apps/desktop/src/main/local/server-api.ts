import type { AppRouter } from "@guildhall/api/client";
import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";

export type Fetch = typeof globalThis.fetch;
export type ServerAt = { url: string; token: string | null; fetch: Fetch };
export type Api = ReturnType<typeof openApi>;

/** The calls of a server, from the main process. */
export const openApi = ({ url, token, fetch }: ServerAt) =>
  createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/trpc`,
        transformer: superjson,
        fetch: fetch as never,
        headers: () => (token ? { authorization: `Bearer ${token}` } : {}),
      }),
    ],
  });
