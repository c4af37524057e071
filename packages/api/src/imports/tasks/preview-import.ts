import type {
  CsvMapping,
  ImportFormat,
  ImportPlan,
  PlannedStatus,
} from "@guildhall/importers/tasks";
import { ImportFileError } from "@guildhall/importers/tasks";
import { type OpenedFile, planOf, previewTable } from "@guildhall/importers/tasks/parse";

/** What the page shows before anything is imported. */
export type ImportPreview = {
  /** Null when the files could not be read; `error` says why. */
  format: ImportFormat | null;
  /** The repository, project or board, when the file says so. */
  name: string | null;
  tasks: number;
  comments: number;
  statuses: PlannedStatus[];
  problemCount: number;
  /** For a general CSV: what the step that maps columns to fields needs. */
  csv: { headers: string[]; rows: string[][]; suggestedMapping: CsvMapping } | null;
  error: { reason: string; message: string } | null;
};

const NOTHING = { name: null, tasks: 0, comments: 0, statuses: [], problemCount: 0 };
/** A table that can be imported, as soon as someone says which column is which. */
const NEEDS_MAPPING = new Set<string>(["no_title_column", "unknown_column"]);

type How = { format?: ImportFormat | undefined; mapping?: CsvMapping | undefined };

/** As `planOf`, but what is wrong with the files is part of the answer. */
export function previewImport(opened: OpenedFile[], how: How): ImportPreview {
  try {
    const plan = planOf(opened, how);
    const csv = plan.format === "csv" ? tableIn(opened) : null;
    return { ...count(plan), csv, error: null };
  } catch (error) {
    return previewRefused(error, opened);
  }
}

/** What is shown of files that cannot be read. */
export function previewRefused(error: unknown, opened: OpenedFile[] = []): ImportPreview {
  if (!(error instanceof ImportFileError)) throw error;
  const { reason, message } = error;
  const csv = NEEDS_MAPPING.has(reason) ? tableIn(opened) : null;
  return { ...NOTHING, format: csv && "csv", csv, error: { reason, message } };
}

function count({ format, name, tasks, statuses, problems }: ImportPlan) {
  const comments = tasks.reduce((sum, task) => sum + task.comments.length, 0);
  return { format, name, tasks: tasks.length, comments, statuses, problemCount: problems.length };
}

const tableIn = ([file]: OpenedFile[]) => (file?.table ? previewTable(file.table) : null);
