import { hash } from "node:crypto";
import type { StatusCategory } from "@guildhall/db/lists";
import { emailIn } from "../jira/jira-people.ts";
import { createContentIds } from "../plan/content-id.ts";
import { type CsvField, dayFields, readAmounts, readDays } from "../plan/fields.ts";
import { finishPlan } from "../plan/finish-plan.ts";
import { type DayOrder, dayOrderOf, parseDate } from "../plan/parse-date.ts";
import type { ImportPlan, PlannedTask } from "../plan/plan.ts";
import { priorityOf } from "../plan/priority.ts";
import { createProblemList, type ProblemList } from "../plan/problem-list.ts";
import { readAmount } from "../plan/read-amount.ts";
import { guessCategory } from "../plan/status-category.ts";
import { readChecklists } from "../text/checklist-text.ts";
import { broughtByCells } from "./csv-brought.ts";
import { type CsvMapping, columnsByField } from "./csv-mapping.ts";
import { unguardFormula } from "./formula-guard.ts";
import { type CsvRow, type CsvTable, raggedMessage } from "./read-csv.ts";
import { splitValues } from "./split-values.ts";

/** Any CSV with a header row, read by a mapping of columns to fields. */
export function parseGeneralCsv(table: CsvTable, mapping: CsvMapping): ImportPlan {
  const columns = columnsByField(table.headers, mapping);
  const problems = createProblemList();
  const valuesIn = (row: CsvRow, field: CsvField): string[] =>
    (columns.get(field) ?? []).flatMap((index) => {
      const cell = unguardFormula(row.cells[index] ?? "");
      return cell.trim() === "" ? [] : [cell];
    });
  const source: Source = {
    headers: table.headers,
    columns,
    valuesIn,
    problems,
    prefix: prefixOf(table.headers),
    hasIds: columns.has("id"),
    contentId: createContentIds(),
    orders: new Map(),
    categories: new Map(),
  };
  for (const field of DATES) {
    source.orders.set(field, dayOrderOf(table.rows.flatMap((row) => valuesIn(row, field))));
  }
  learnCategories(table.rows, source);
  const tasks = table.rows.map((row) => {
    const ragged = raggedMessage(table.headers, row.cells);
    if (ragged !== null) problems.note(row.place, null, ragged);
    return toTask(row, source);
  });
  reportUnmapped(table, columns, problems);
  return finishPlan({ format: "csv", name: null, shape: shapeOf(table), tasks, problems });
}

/** Short: it stands on each task. */
const shapeOf = ({ headers }: CsvTable) =>
  hash("sha256", JSON.stringify(headers.map((header) => header.toLowerCase()))).slice(0, 12);

const MOMENTS = ["createdAt", "updatedAt", "completedAt", "archivedAt"] as const;
const DATES = [...dayFields, ...MOMENTS];
type DateField = (typeof DATES)[number];

type Source = {
  headers: string[];
  columns: Map<CsvField, number[]>;
  valuesIn: (row: CsvRow, field: CsvField) => string[];
  problems: ProblemList;
  prefix: "linear" | "csv";
  hasIds: boolean;
  contentId: (parts: string[]) => string;
  orders: Map<DateField, DayOrder>;
  categories: Map<string, StatusCategory>;
};

/** Ids like CLA-1 are unique in Linear; a general CSV has a name space of its own. */
function prefixOf(headers: string[]): Source["prefix"] {
  const names = new Set(headers);
  return ["ID", "Team", "Title", "Cycle Number"].every((name) => names.has(name))
    ? "linear"
    : "csv";
}

/**
 * A status of the team's own making says little by its name; when every row that has it also has
 * a completion date, it means completed.
 */
function learnCategories(rows: CsvRow[], { valuesIn, categories, problems }: Source): void {
  const unknown = new Map<string, { place: string; alwaysClosed: boolean }>();
  for (const row of rows) {
    const name = valuesIn(row, "status")[0]?.trim();
    if (name === undefined) continue;
    const guess = guessCategory(name);
    if (guess !== null) {
      categories.set(name, guess);
      continue;
    }
    const isClosed = valuesIn(row, "completedAt").length > 0;
    const known = unknown.get(name);
    if (known === undefined) unknown.set(name, { place: row.place, alwaysClosed: isClosed });
    else known.alwaysClosed &&= isClosed;
  }
  for (const [name, { place, alwaysClosed }] of unknown) {
    categories.set(name, alwaysClosed ? "completed" : "unstarted");
    const meaning = alwaysClosed
      ? "completed, because all its rows have a completion date"
      : "not started";
    problems.note(
      place,
      "status",
      `“${name.slice(0, 60)}” is an unknown status, treated as ${meaning}.`,
    );
  }
}

function toTask(row: CsvRow, source: Source): PlannedTask {
  const { valuesIn, prefix, hasIds } = source;
  const text = (field: CsvField): string | null => valuesIn(row, field)[0] ?? null;
  const id = text("id")?.trim() ?? null;
  const statusName = text("status")?.trim() ?? "To Do";
  const linked = (key: string) => `${prefix}:${key}`;
  const parent = text("parent")?.trim() ?? null;
  if (!hasIds && (parent !== null || text("blockedBy") !== null)) {
    source.problems.note(
      row.place,
      "parent",
      "No column contains IDs, so links to other rows were skipped.",
    );
  }
  return {
    sourceId: id === null ? linked(`row:${source.contentId(row.cells)}`) : linked(id),
    sourceKey: id,
    title: text("title") ?? "",
    description: text("description") ?? "",
    statusName,
    statusCategory: source.categories.get(statusName) ?? "unstarted",
    priority: priorityIn(row, source),
    labels: valuesIn(row, "labels")
      .flatMap(splitValues)
      .map((name) => ({ name, color: null })),
    assignees: valuesIn(row, "assignees")
      .flatMap(splitValues)
      .map((name) => ({ name, email: emailIn(name) })),
    reporter: text("reporter"),
    ...readDays((field) => dateIn(row, source, field)?.day ?? null),
    ...readAmounts((field) => {
      const text = valuesIn(row, field)[0];
      const { place } = row;
      return text === undefined
        ? null
        : readAmount(text, { field, place, problems: source.problems });
    }),
    parentSourceId: hasIds && parent !== null ? linked(parent) : null,
    blockedBySourceIds: hasIds ? valuesIn(row, "blockedBy").flatMap(splitValues).map(linked) : [],
    createdAt: dateIn(row, source, "createdAt")?.instant ?? null,
    updatedAt: dateIn(row, source, "updatedAt")?.instant ?? null,
    completedAt: dateIn(row, source, "completedAt")?.instant ?? null,
    archivedAt: dateIn(row, source, "archivedAt")?.instant ?? null,
    comments: [],
    checklists: readChecklists(text("checklists") ?? ""),
    url: text("url")?.trim() ?? null,
    ...broughtByCells(row, source),
    place: row.place,
  };
}

function priorityIn(row: CsvRow, { valuesIn, problems }: Source): PlannedTask["priority"] {
  const name = valuesIn(row, "priority")[0] ?? "";
  const priority = priorityOf(name);
  if (priority !== null) return priority;
  problems.note(
    row.place,
    "priority",
    `“${name.slice(0, 60)}” is an unknown priority, so none was set.`,
  );
  return "none";
}

function dateIn(row: CsvRow, { valuesIn, problems, orders }: Source, field: DateField) {
  const text = valuesIn(row, field)[0];
  if (text === undefined) return null;
  const date = parseDate(text, orders.get(field));
  if (date === null) {
    problems.note(
      row.place,
      field,
      `“${text.slice(0, 60)}” isn't a date we can read, so it was skipped.`,
    );
  }
  return date;
}

function reportUnmapped(
  { headers, rows }: CsvTable,
  columns: Map<CsvField, number[]>,
  problems: ProblemList,
): void {
  const mapped = new Set([...columns.values()].flat());
  for (const [index, header] of headers.entries()) {
    if (mapped.has(index)) continue;
    const count = rows.filter((row) => (row.cells[index] ?? "").trim() !== "").length;
    if (count === 0) continue;
    const name = header || `column ${index + 1}`;
    problems.note(`column “${name}”`, name, `Not imported: ${count} rows have a value here.`);
  }
}
