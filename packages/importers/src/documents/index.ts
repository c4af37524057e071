/**
 * What there is to know of imported documents without reading an archive:
 * `@guildhall/importers/documents`. The parser, for a thread of its own, is
 * `@guildhall/importers/documents/parse`.
 */
export type { ByteSource } from "./byte-source.ts";
export { DocumentImportRefusal } from "./import-refusal.ts";
export type { PlannedFile, PlannedNode, TreeReport } from "./plan.ts";
