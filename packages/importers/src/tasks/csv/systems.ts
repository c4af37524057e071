/** Which program wrote a table, known by its headers; and what its columns mean there. */
import type { CsvField } from "../plan/fields.ts";

export type CsvSystem = {
  name: string;
  /** Headers in small letters that are all there. */
  headers?: string[];
  file?: RegExp;
  /** What its headers mean, where it is not what they mean elsewhere. */
  fields?: Record<string, CsvField | null>;
  /** By header what its own codes mean. */
  codes?: Record<string, Record<string, string>>;
};

/** What our own export of tasks has, which writes several people into one cell. */
const ownHeaders = ["key", "title", "assignees", "checklists", "created", "completed", "archived"];

const systems: CsvSystem[] = [
  { name: "Guildhall", headers: ownHeaders },
  { name: "Linear", headers: ["id", "team", "title", "cycle number"] },
  { name: "Asana", headers: ["task id", "section/column", "projects"], fields: { projects: null } },
  {
    name: "Plane",
    headers: ["name", "state", "target date", "cycle name", "module name"],
    fields: { "target date": "dueDate", "cycle name": "labels", "module name": "labels" },
  },
  {
    name: "TickTick",
    headers: ["list name", "title", "kind", "completed time"],
    fields: {
      ...{ content: "description", status: "completedAt", "column name": "status" },
      ...{ "list name": "labels", "created time": "createdAt", taskid: "id", parentid: "parent" },
    },
    codes: {
      status: { "0": "no", "1": "yes", "2": "yes", "-1": "cancelled" },
      priority: { "0": "none", "1": "low", "3": "medium", "5": "high" },
    },
  },
  { name: "Todoist", headers: ["type", "content", "priority", "indent"] },
  {
    name: "ClickUp",
    headers: ["task id", "task name", "task content"],
    fields: {
      ...{
        "task content": "description",
        "date created": "createdAt",
        "date closed": "completedAt",
      },
      ...{ "date updated": "updatedAt" },
    },
  },
  {
    name: "Notion",
    file: / [0-9a-f]{32}(?:_all)?\.csv$/i,
    fields: { assign: "assignees", person: "assignees", date: "dueDate" },
  },
];

/** Null for a table that any program or person may have made. */
export function systemOf(headers: string[], fileName: string): CsvSystem | null {
  const there = new Set(headers.map((header) => header.toLowerCase()));
  const isOf = ({ headers: wanted, file }: CsvSystem) =>
    (wanted?.every((header) => there.has(header)) ?? true) && (file?.test(fileName) ?? true);
  return systems.find(isOf) ?? null;
}
