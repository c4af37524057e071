import { trpc } from "@/sync/trpc.ts";

/** The server says when it may have changed; asked again from time to time, as one may have been away. */
const FRESH_MS = 60_000;

/** Whether this person administers the server; false until it is known. */
export const useIsAdministrator = (): boolean =>
  trpc.instance.access.useQuery(undefined, { staleTime: FRESH_MS }).data?.isAdministrator === true;
