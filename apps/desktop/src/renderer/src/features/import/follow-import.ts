import type { ImportRow } from "@/entities/imports/import-row.ts";

const ASK_EVERY_MS = 2_000;

/**
 * The feed tells of an import itself; what it waits for changes with others, of which this page may
 * not hear.
 */
export const followed = {
  refetchInterval: ({ state: { data } }: { state: { data?: ImportRow | undefined } }) =>
    data?.state === "waiting" ? ASK_EVERY_MS : false,
} as const;
