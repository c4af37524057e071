import type { TaskImportRow } from "@/entities/imports/import-row.ts";

export type ImportFormat = NonNullable<TaskImportRow["format"]>;

export const formatNames: Record<ImportFormat, string> = {
  "github-json": "GitHub issues",
  "jira-csv": "Jira",
  "trello-json": "Trello board",
  csv: "Table (CSV)",
};

export const formatOptions = (Object.keys(formatNames) as ImportFormat[]).map((value) => ({
  value,
  label: formatNames[value],
}));
