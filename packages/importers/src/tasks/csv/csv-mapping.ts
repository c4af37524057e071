import { ImportFileError } from "../plan/import-file-error.ts";

/** What a column of a general CSV may hold. Several columns may feed one field. */
export const CSV_FIELDS = [
  "id",
  "title",
  "description",
  "status",
  "priority",
  "labels",
  "assignees",
  "reporter",
  "dueDate",
  "estimate",
  "parent",
  "blockedBy",
  "createdAt",
  "updatedAt",
  "completedAt",
  "archivedAt",
  "url",
] as const;

export type CsvField = (typeof CSV_FIELDS)[number];

/** Column → field. A key of digits is the index of a column (from 0), any other a header. */
export type CsvMapping = Record<string, CsvField>;

/** Headers of our own export, Linear, github-csv-tools, Asana, Todoist and common sense. */
const KNOWN: Record<CsvField, string[]> = {
  id: ["id", "key", "issue key", "issue id", "task id", "number", "identifier", "#"],
  title: ["title", "name", "summary", "task", "task name", "subject", "issue", "content"],
  description: ["description", "body", "details", "notes", "text"],
  status: ["status", "state", "column", "list", "section/column", "stage"],
  priority: ["priority", "severity"],
  labels: ["labels", "label", "tags", "tag", "components", "issue type", "type", "category"],
  assignees: ["assignees", "assignee", "assigned to", "owner", "responsible"],
  reporter: ["reporter", "creator", "created by", "author", "requester"],
  dueDate: ["due date", "due", "duedate", "deadline", "due_date", "due on"],
  estimate: ["estimate", "story points", "points", "size", "effort"],
  parent: ["parent", "parent issue", "parent task", "parent id", "parent key"],
  blockedBy: ["blocked by", "blockedby", "depends on", "dependencies"],
  createdAt: ["created", "created at", "createdat", "created_at", "created date"],
  updatedAt: ["updated", "updated at", "updatedat", "updated_at", "last modified"],
  completedAt: [
    "completed",
    "completed at",
    "completedat",
    "closed at",
    "closed_at",
    "closed",
    "resolved",
    "canceled",
    "cancelled",
    "done date",
  ],
  archivedAt: ["archived", "archived at", "archivedat", "archived_at"],
  url: ["url", "link", "html_url", "permalink"],
};

/** Fields that take every column of theirs; of the others the best known header wins. */
const TAKES_ALL = new Set<CsvField>(["labels", "assignees", "completedAt"]);

/** A first guess for the page, by header; keys are column indexes. */
export function suggestMapping(headers: string[]): CsvMapping {
  const mapping: CsvMapping = {};
  const plain = headers.map((header) => header.trim().toLowerCase());
  for (const field of CSV_FIELDS) {
    for (const name of KNOWN[field]) {
      const indexes = [...plain.keys()].filter((index) => plain[index] === name && !mapping[index]);
      for (const index of TAKES_ALL.has(field) ? indexes : indexes.slice(0, 1)) {
        mapping[index] = field;
      }
      if (indexes.length > 0 && !TAKES_ALL.has(field)) break;
    }
  }
  return mapping;
}

/** Field → indexes of its columns. */
export function columnsByField(headers: string[], mapping: CsvMapping): Map<CsvField, number[]> {
  const columns = new Map<CsvField, number[]>();
  for (const [column, field] of Object.entries(mapping)) {
    const indexes = /^\d+$/.test(column)
      ? [Number(column)].filter((index) => index < headers.length)
      : [...headers.keys()].filter((index) => headers[index] === column.trim());
    if (indexes.length === 0) {
      const message = `The file has no column “${column}”. It has: ${listed(headers)}.`;
      throw new ImportFileError("unknown_column", message);
    }
    columns.set(field, [...(columns.get(field) ?? []), ...indexes]);
  }
  if (!columns.has("title")) {
    const message = `No column is mapped to the title (row 1 has: ${listed(headers)}). Choose the column that contains it, or name one “Title”.`;
    throw new ImportFileError("no_title_column", message);
  }
  return columns;
}

function listed(headers: string[]): string {
  const shown = headers.slice(0, 20).map((header) => `“${header.slice(0, 40)}”`);
  return shown.join(", ") + (headers.length > shown.length ? ", …" : "");
}
