import type { FileRow } from "@/entities/files/file.ts";

/** `address`: of the version that is looked at. */
export type ContentProps = { file: FileRow; address: string };
