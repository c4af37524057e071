import type { CsvTable } from "./csv/read-csv.ts";
import { isObject, type JsonObject } from "./json/json-fields.ts";
import { ImportFileError } from "./plan/import-file-error.ts";

/** What one uploaded file is good for. */
export type JsonRole =
  | { role: "github-issues"; items: unknown[] }
  | { role: "github-comments"; items: unknown[] }
  | { role: "trello-board"; board: JsonObject }
  | { role: "trello-actions"; items: unknown[] };

export function isJsonText(text: string, fileName: string): boolean {
  if (/\.json$/i.test(fileName)) return true;
  return /^\s*[[{]/.test(text) && !/\.(?:csv|tsv)$/i.test(fileName);
}

export function refuseMarkup(text: string, fileName: string): void {
  if (!/^\s*<(?:!doctype|html|\?xml|rss)\b/i.test(text.slice(0, 1000))) return;
  throw new ImportFileError(
    "file_wrong_kind",
    `“${fileName}” is a web page or XML, which can't be imported. In Jira choose “Export CSV (all fields)”; in Trello “Export as JSON”.`,
  );
}

export function detectJson(value: unknown, fileName: string): JsonRole {
  if (isObject(value)) {
    if (Array.isArray(value.lists) && Array.isArray(value.cards)) {
      return { role: "trello-board", board: value };
    }
    if (isJiraRest(value)) throw jiraRest(fileName);
    for (const key of ["issues", "items", "data"]) {
      const inner = value[key];
      if (Array.isArray(inner)) return detectJson(inner, fileName);
    }
    if (Array.isArray(value.actions)) return detectJson(value.actions, fileName);
    return detectJson([value], fileName);
  }
  if (!Array.isArray(value)) throw unknownJson(fileName);
  return detectList(value, fileName);
}

/** By the first element that is one of a kind: single odd elements are reported later, not refused. */
function detectList(items: unknown[], fileName: string): JsonRole {
  for (const item of items) {
    if (!isObject(item)) continue;
    if (isJiraRest(item)) throw jiraRest(fileName);
    if (typeof item.issue_url === "string" && "body" in item)
      return { role: "github-comments", items };
    if ("number" in item && "title" in item) return { role: "github-issues", items };
    if (typeof item.type === "string" && isObject(item.data))
      return { role: "trello-actions", items };
  }
  if (items.length === 0) {
    const message = `“${fileName}” is an empty list, so there's nothing to import.`;
    throw new ImportFileError("file_empty", message);
  }
  throw unknownJson(fileName);
}

function isJiraRest(value: JsonObject): boolean {
  if (isObject(value.fields) && typeof value.key === "string") return true;
  const [first] = Array.isArray(value.issues) ? value.issues : [];
  return isObject(first) && isObject(first.fields) && typeof first.key === "string";
}

function jiraRest(fileName: string): ImportFileError {
  return new ImportFileError(
    "file_wrong_kind",
    `“${fileName}” is a response from Jira's REST API. Export the issues as “CSV (all fields)” instead.`,
  );
}

function unknownJson(fileName: string): ImportFileError {
  return new ImportFileError(
    "file_wrong_kind",
    `“${fileName}” is JSON, but neither a list of GitHub issues (objects with “number” and “title”) nor a Trello board (an object with “lists” and “cards”).`,
  );
}

export function isJiraTable({ headers }: CsvTable): boolean {
  const names = new Set(headers.map((header) => header.toLowerCase()));
  return names.has("issue key") && names.has("summary");
}
