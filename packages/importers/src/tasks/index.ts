/**
 * What there is to know of imported tasks without reading a file: `@guildhall/importers/tasks`. The
 * parsers themselves, for a thread of their own, are `@guildhall/importers/tasks/parse`.
 */

export type { CsvMapping } from "./csv/csv-mapping.ts";
export { guardFormula } from "./csv/formula-guard.ts";
export { joinValues } from "./csv/split-values.ts";
export type { OrderQuestion } from "./dates/day-order.ts";
export { dayOrders } from "./dates/parse-date.ts";
export { type ComparedField, CSV_FIELDS } from "./plan/fields.ts";
export { ImportFileError } from "./plan/import-file-error.ts";
export type {
  ImportFile,
  ImportFormat,
  ImportPlan,
  ImportProblem,
  PlannedChecklist,
  PlannedComment,
  PlannedItem,
  PlannedStatus,
  PlannedTask,
} from "./plan/plan.ts";
export type { Reading } from "./plan/reading.ts";
export { writeChecklists } from "./text/checklist-text.ts";
export { cutText } from "./text/clean-text.ts";
