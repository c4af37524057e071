import { hash } from "node:crypto";
import { chooseDayOrder } from "../dates/day-order.ts";
import { type DateReading, parseDate } from "../dates/parse-date.ts";
import { createContentIds } from "../plan/content-id.ts";
import { type CsvField, dayFields, readAmounts, readDays } from "../plan/fields.ts";
import { finishPlan } from "../plan/finish-plan.ts";
import type { ImportPlan, PlannedTask } from "../plan/plan.ts";
import { priorityOf } from "../plan/priority.ts";
import { createProblemList, type ProblemList } from "../plan/problem-list.ts";
import { readAmount } from "../plan/read-amount.ts";
import type { Reading } from "../plan/reading.ts";
import { type KnownStatuses, learnStatuses } from "../statuses/learn-statuses.ts";
import { type End, firstEnd, readEnd } from "../statuses/read-end.ts";
import { readChecklists } from "../text/checklist-text.ts";
import { broughtByCells } from "./csv-brought.ts";
import { type CsvMapping, columnsByField } from "./csv-mapping.ts";
import { peopleSplitter, withAddresses } from "./csv-people.ts";
import { unguardFormula } from "./formula-guard.ts";
import { type CsvRow, type CsvTable, raggedMessage } from "./read-csv.ts";
import { splitValues } from "./split-values.ts";
import type { CsvSystem } from "./systems.ts";

type How = { mapping: CsvMapping; system: CsvSystem | null; reading: Reading };

/** Any CSV with a header row, read by a mapping of columns to fields. */
export function parseGeneralCsv(table: CsvTable, { mapping, system, reading }: How): ImportPlan {
  const columns = columnsByField(table.headers, mapping);
  const problems = createProblemList();
  const cellsIn = (row: CsvRow, field: CsvField): { header: string; cell: string }[] =>
    (columns.get(field) ?? []).flatMap((index) => {
      const header = (table.headers[index] ?? "").toLowerCase();
      const written = unguardFormula(row.cells[index] ?? "");
      const cell = system?.codes?.[header]?.[written.trim()] ?? written;
      return cell.trim() === "" ? [] : [{ header, cell }];
    });
  const valuesIn = (row: CsvRow, field: CsvField) => cellsIn(row, field).map(({ cell }) => cell);
  const dates = table.rows.flatMap((row) => DATES.flatMap((field) => valuesIn(row, field)));
  const { order, question } = chooseDayOrder(dates, reading.dayOrder ?? null);
  const source: Source = {
    headers: table.headers,
    columns,
    cellsIn,
    valuesIn,
    problems,
    prefix: system?.name === "Linear" ? "linear" : "csv",
    hasIds: columns.has("id"),
    keyByTitle: keysByTitle(table.rows, valuesIn),
    contentId: createContentIds(),
    splitPeople:
      system?.name === "Guildhall"
        ? splitValues
        : peopleSplitter(table.rows.flatMap((row) => valuesIn(row, "assignees"))),
    dates: { order, zone: reading.zone ?? "UTC" },
    ends: new Map(),
    statuses: { of: () => ({ name: "", category: "unstarted" }) },
  };
  for (const row of table.rows) source.ends.set(row, endOf(row, source));
  const statusesOf = table.rows.map((row) => ({
    place: row.place,
    name: valuesIn(row, "status")[0]?.trim() ?? null,
    said: valuesIn(row, "statusCategory")[0] ?? null,
    end: source.ends.get(row) ?? null,
  }));
  source.statuses = learnStatuses(statusesOf, problems);
  const tasks = table.rows.map((row) => {
    const ragged = raggedMessage(table.headers, row.cells);
    if (ragged !== null) problems.note(row.place, null, ragged);
    return toTask(row, source);
  });
  reportUnmapped(table, columns, problems);
  const shape = shapeOf(table);
  const [format, name] = ["csv" as const, null];
  const made = { format, name, system: system?.name ?? null, shape, tasks, problems, reading };
  return finishPlan({ ...made, dayOrder: question });
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
  /** What the row has for a field, with the header in small letters. */
  cellsIn: (row: CsvRow, field: CsvField) => { header: string; cell: string }[];
  valuesIn: (row: CsvRow, field: CsvField) => string[];
  problems: ProblemList;
  prefix: "linear" | "csv";
  hasIds: boolean;
  keyByTitle: Map<string, string | null>;
  contentId: (parts: string[]) => string;
  splitPeople: (cell: string) => string[];
  dates: DateReading;
  ends: Map<CsvRow, End | null>;
  statuses: KnownStatuses;
};

/** Some name a parent by its title; null for a title that several rows have. */
function keysByTitle(rows: CsvRow[], valuesIn: Source["valuesIn"]): Source["keyByTitle"] {
  const keys = new Map<string, string | null>();
  for (const row of rows) {
    const [title, key] = [valuesIn(row, "title")[0]?.trim(), valuesIn(row, "id")[0]?.trim()];
    if (title && key) keys.set(title, keys.has(title) ? null : key);
  }
  // An id is an id, whatever tasks are called.
  for (const row of rows) {
    const key = valuesIn(row, "id")[0]?.trim();
    if (key) keys.set(key, key);
  }
  return keys;
}

function endOf(row: CsvRow, { cellsIn, dates, problems }: Source): End | null {
  const ends = cellsIn(row, "completedAt").map(({ header, cell }) => {
    const end = readEnd(header, cell, dates);
    if (end === undefined) noteUnread(row, "completedAt", { text: cell, problems });
    return end ?? null;
  });
  return firstEnd(ends);
}

function toTask(row: CsvRow, source: Source): PlannedTask {
  const { valuesIn, prefix, hasIds, keyByTitle } = source;
  const text = (field: CsvField): string | null => valuesIn(row, field)[0] ?? null;
  const id = text("id")?.trim() ?? null;
  const end = source.ends.get(row) ?? null;
  const status = source.statuses.of({ name: text("status")?.trim() ?? null, end });
  const linked = (key: string) => `${prefix}:${keyByTitle.get(key) ?? key}`;
  const parent = text("parent")?.trim() ?? null;
  if (!hasIds && (parent !== null || text("blockedBy") !== null)) {
    source.problems.note(
      row.place,
      "parent",
      "No column contains IDs, so links to other rows were skipped.",
    );
  }
  const moment = (field: DateField) => dateIn(row, source, field)?.instant ?? null;
  return {
    sourceId: id === null ? `${prefix}:row:${source.contentId(row.cells)}` : `${prefix}:${id}`,
    sourceKey: id,
    title: text("title") ?? "",
    description: text("description") ?? "",
    statusName: status.name,
    statusCategory: status.category,
    priority: priorityIn(row, source),
    labels: valuesIn(row, "labels")
      .flatMap(splitValues)
      .map((name) => ({ name, color: null })),
    assignees: withAddresses(
      valuesIn(row, "assignees").flatMap(source.splitPeople),
      valuesIn(row, "assigneeEmails").flatMap(splitValues),
    ),
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
    createdAt: moment("createdAt"),
    updatedAt: moment("updatedAt"),
    completedAt: end?.at ?? null,
    archivedAt: moment("archivedAt"),
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

/** Of "1 March → 3 March" the due date is the end, and any other the beginning. */
function dateIn(row: CsvRow, { valuesIn, problems, dates }: Source, field: DateField) {
  const text = valuesIn(row, field)[0];
  if (text === undefined) return null;
  const span = text.split("→");
  const date = parseDate((field === "dueDate" ? span.at(-1) : span[0]) ?? "", dates);
  if (date === null) noteUnread(row, field, { text, problems });
  return date;
}

type Unread = { text: string; problems: ProblemList };

const noteUnread = ({ place }: CsvRow, field: DateField, { text, problems }: Unread) =>
  problems.note(
    place,
    field,
    `“${text.slice(0, 60)}” isn't a date we can read, so it was skipped.`,
  );

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
