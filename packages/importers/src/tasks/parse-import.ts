import { type CsvMapping, suggestMapping } from "./csv/csv-mapping.ts";
import { parseGeneralCsv } from "./csv/general-csv.ts";
import { type CsvTable, readCsv } from "./csv/read-csv.ts";
import { systemOf } from "./csv/systems.ts";
import { parseTodoist } from "./csv/todoist-csv.ts";
import {
  detectJson,
  isJiraTable,
  isJsonText,
  type JsonRole,
  refuseMarkup,
} from "./detect-format.ts";
import { parseJira } from "./jira/jira-csv.ts";
import { inEnglish } from "./jira/jira-languages.ts";
import { parseGithub } from "./json/github-json.ts";
import { readJson } from "./json/read-json.ts";
import { parseTrello } from "./json/trello-json.ts";
import { ImportFileError } from "./plan/import-file-error.ts";
import type { ImportFile, ImportFormat, ImportPlan } from "./plan/plan.ts";
import type { Reading } from "./plan/reading.ts";
import { textOfExport } from "./text/text-of-export.ts";

export type ImportRequest = {
  /** Without it the files say themselves what they are. */
  format?: ImportFormat;
  /** One export; for GitHub and Trello also files with the comments, or several pages. */
  files: ImportFile[];
  /** For a general CSV; without it the headers decide. */
  mapping?: CsvMapping;
  reading?: Reading;
};

/**
 * Uploaded files as one plan. Pure: no database, no clock, the same bytes give the same plan.
 * Throws only `ImportFileError`, and only when nothing can be imported; odd rows are in `problems`.
 */
export function parseImport({ format, files, mapping, reading }: ImportRequest): ImportPlan {
  return planOf(
    files.map((file) => openFile(file, format)),
    { format, mapping, reading },
  );
}

export type How = {
  format?: ImportFormat | undefined;
  mapping?: CsvMapping | undefined;
  reading?: Reading | undefined;
};

/** The same of files that were opened one by one: of each what it holds, and no longer its bytes. */
export function planOf(opened: OpenedFile[], how: How): ImportPlan {
  const [first] = opened;
  if (first === undefined) throw new ImportFileError("file_empty", "No file was given.");
  const tables = opened.flatMap((it) => (it.table === null ? [] : [it]));
  if (tables.length === 0)
    return planFromJson(
      opened.flatMap((it) => it.json ?? []),
      how,
    );
  if (opened.length > 1) {
    const names = opened.map(({ name }) => `“${name}”`).join(", ");
    throw wrongKind(`Import CSV files one at a time. These were uploaded together: ${names}.`);
  }
  return planFromTable(tables[0]?.table ?? { headers: [], rows: [] }, { ...how, name: first.name });
}

/** What the mapping step of the page shows. */
export function previewCsv(bytes: Uint8Array): {
  headers: string[];
  rows: string[][];
  suggestedMapping: CsvMapping;
} {
  return previewTable(readCsv(textOfExport(bytes)));
}

export function previewTable({ headers, rows }: CsvTable, fileName = "") {
  const longestShown = 200;
  return {
    headers,
    rows: rows.slice(0, 5).map(({ cells }) => cells.map((cell) => cell.slice(0, longestShown))),
    suggestedMapping: suggestMapping(headers, systemOf(headers, fileName)),
  };
}

export type OpenedFile = { name: string; json: JsonRole | null; table: CsvTable | null };

export function openFile(
  { name, bytes }: ImportFile,
  format: ImportFormat | undefined,
): OpenedFile {
  const text = textOfExport(bytes);
  refuseMarkup(text, name);
  const wantsJson = format === "github-json" || format === "trello-json";
  const isJson = format === undefined ? isJsonText(text, name) : wantsJson;
  if (isJson && !/^\s*[[{]/.test(text)) {
    throw wrongKind(`“${name}” isn't JSON: it should begin with “[” or “{”.`);
  }
  if (isJson) return { name, json: detectJson(readJson(text), name), table: null };
  return { name, json: null, table: readCsv(text) };
}

function planFromTable(
  asWritten: CsvTable,
  { format, mapping, reading = {}, name }: How & { name: string },
): ImportPlan {
  const table = (format !== "csv" && inEnglish(asWritten)) || asWritten;
  const isJira = isJiraTable(table);
  if (format === "jira-csv" && !isJira) {
    throw wrongKind(
      `“${name}” isn't a Jira export: row 1 has no columns “Issue key” and “Summary”. Import it as a general CSV, or export “CSV (all fields)” in Jira with English as your language.`,
    );
  }
  if (isJira && format !== "csv" && mapping === undefined) return parseJira(table, reading);
  const system = systemOf(table.headers, name);
  if (system?.name === "Todoist" && mapping === undefined) return parseTodoist(table, reading);
  const columns = mapping ?? suggestMapping(table.headers, system);
  return parseGeneralCsv(table, { mapping: columns, system, reading });
}

function planFromJson(roles: JsonRole[], { format, reading = {} }: How): ImportPlan {
  const boards = roles.flatMap((it) => (it.role === "trello-board" ? [it.board] : []));
  const itemsOf = (role: JsonRole["role"]) =>
    roles.flatMap((it) => (it.role === role && "items" in it ? it.items : []));
  const issues = itemsOf("github-issues");
  const [board] = boards;
  const isTrello = board !== undefined && format !== "github-json";
  if (isTrello && boards.length === 1 && issues.length === 0) {
    return parseTrello({ board, actions: itemsOf("trello-actions"), reading });
  }
  if (issues.length > 0 && board === undefined && format !== "trello-json") {
    return parseGithub({ issues, comments: itemsOf("github-comments"), reading });
  }
  const found = [...new Set(roles.map(({ role }) => role.replace("-", " ")))].join(" and ");
  throw wrongKind(
    `Import one Trello board, or lists of GitHub issues (with their comments, if you like). Found: ${found}.`,
  );
}

function wrongKind(message: string): ImportFileError {
  return new ImportFileError("file_wrong_kind", message);
}
