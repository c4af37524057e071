import type { CsvField } from "./use-preview.ts";

export type FieldChoice = CsvField | "none";

const names: Record<CsvField, string> = {
  title: "Title",
  id: "Key in the source",
  description: "Description",
  status: "Status",
  priority: "Priority",
  labels: "Labels",
  assignees: "Assignees",
  reporter: "Reporter",
  dueDate: "Due date",
  estimate: "Estimate",
  parent: "Parent task",
  blockedBy: "Blocked by",
  createdAt: "Created",
  updatedAt: "Updated",
  completedAt: "Completed",
  archivedAt: "Archived",
  url: "Link to the source",
};

export const fieldOptions: readonly { value: FieldChoice; label: string }[] = [
  { value: "none", label: "Not imported" },
  ...(Object.keys(names) as CsvField[]).map((value) => ({ value, label: names[value] })),
];
