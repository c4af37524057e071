import { fieldLabels } from "@guildhall/api/client";
import type { CsvField } from "./use-preview.ts";

export type FieldChoice = CsvField | "none";

/** What a file says beside the properties of a task. */
const others: Record<Exclude<CsvField, keyof typeof fieldLabels>, string> = {
  id: "Key in the source",
  reporter: "Reporter",
  statusCategory: "Category of the status",
  assigneeEmails: "Addresses of the assignees",
  createdAt: "Created",
  updatedAt: "Updated",
  completedAt: "Completed",
  archivedAt: "Archived",
  checklists: "Checklists",
  url: "Link to the source",
};

const names: Record<CsvField, string> = { ...fieldLabels, ...others };

export const fieldOptions: readonly { value: FieldChoice; label: string }[] = [
  { value: "none", label: "Not imported" },
  ...(Object.keys(names) as CsvField[]).map((value) => ({ value, label: names[value] })),
];
