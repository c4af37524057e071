/**
 * What there is to know of imported tasks without reading a file: `@guildhall/importers/tasks`. The
 * parsers themselves, for a thread of their own, are `@guildhall/importers/tasks/parse`.
 */
export { CSV_FIELDS, type CsvMapping } from "./csv/csv-mapping.ts";
export { guardFormula } from "./csv/formula-guard.ts";
export { joinValues } from "./csv/split-values.ts";
export { ImportFileError } from "./plan/import-file-error.ts";
export type {
  ComparedField,
  ImportFile,
  ImportFormat,
  ImportPlan,
  ImportProblem,
  PlannedComment,
  PlannedStatus,
  PlannedTask,
  StatusCategory,
} from "./plan/plan.ts";
export { cutText } from "./text/clean-text.ts";
