import type {
  CsvMapping,
  ImportFormat,
  ImportPlan,
  OrderQuestion,
  PlannedStatus,
} from "@guildhall/importers/tasks";
import { ImportFileError } from "@guildhall/importers/tasks";
import { type How, type OpenedFile, planOf, previewTable } from "@guildhall/importers/tasks/parse";

/** What the page shows before anything is imported. */
export type ImportPreview = {
  /** Null when the files could not be read; `error` says why. */
  format: ImportFormat | null;
  /** The program that wrote the file, as people call it. */
  system: string | null;
  /** The repository, project or board, when the file says so. */
  name: string | null;
  tasks: number;
  comments: number;
  /** With how many tasks of the file. */
  statuses: (PlannedStatus & { tasks: number })[];
  /** What a person has to say of its days, with both readings of one; null where nothing is open. */
  dayOrder: OrderQuestion | null;
  problemCount: number;
  /** For a general CSV: what the step that maps columns to fields needs. */
  csv: { headers: string[]; rows: string[][]; suggestedMapping: CsvMapping } | null;
  error: { reason: string; message: string } | null;
};

const NOTHING = {
  ...{ system: null, name: null, tasks: 0, comments: 0, statuses: [] },
  ...{ problemCount: 0, dayOrder: null },
};
/** A table that can be imported, as soon as someone says which column is which. */
const NEEDS_MAPPING = new Set<string>(["no_title_column", "unknown_column"]);

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

function count({ format, system, name, tasks, problems, dayOrder, ...plan }: ImportPlan) {
  const comments = tasks.reduce((sum, task) => sum + task.comments.length, 0);
  const perStatus = Map.groupBy(tasks, ({ statusName }) => statusName);
  const statuses = plan.statuses.map((status) => ({
    ...status,
    tasks: perStatus.get(status.name)?.length ?? 0,
  }));
  const counts = { tasks: tasks.length, comments, problemCount: problems.length };
  return { format, system, name, statuses, dayOrder, ...counts };
}

const tableIn = ([file]: OpenedFile[]) =>
  file?.table ? previewTable(file.table, file.name) : null;
