import type { FileRow } from "@/sync/types.ts";

/** `address`: of the version that is looked at. */
export type ContentProps = { file: FileRow; address: string };
