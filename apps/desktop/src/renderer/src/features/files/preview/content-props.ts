import type { FileRow } from "@/sync/shapes.ts";

/** `address`: of the version that is looked at. */
export type ContentProps = { file: FileRow; address: string };
