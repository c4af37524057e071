import { type CsvRow, type CsvTable, raggedMessage } from "../csv/read-csv.ts";
import { chooseDayOrder } from "../dates/day-order.ts";
import { type DateReading, parseDate } from "../dates/parse-date.ts";
import { createContentIds } from "../plan/content-id.ts";
import { dayFields, partsIn, readAmounts, readDays } from "../plan/fields.ts";
import { finishPlan } from "../plan/finish-plan.ts";
import type { ImportPlan, PlannedComment, PlannedTask } from "../plan/plan.ts";
import { priorityOf } from "../plan/priority.ts";
import { createProblemList, type ProblemList } from "../plan/problem-list.ts";
import { readAmount } from "../plan/read-amount.ts";
import type { Reading } from "../plan/reading.ts";
import { type KnownStatuses, learnStatuses } from "../statuses/learn-statuses.ts";
import { type End, firstEnd, readEnd } from "../statuses/read-end.ts";
import { jiraBrought } from "./jira-brought.ts";
import { type JiraColumns, jiraColumns } from "./jira-columns.ts";
import { describeJiraIssue, readAttachment } from "./jira-details.ts";
import type { WikiContext } from "./jira-inline.ts";
import { addBlockers, type JiraLink, keysByIssueId, linkHeaders, linksOf } from "./jira-links.ts";
import { wikiToMarkdown } from "./jira-markup.ts";
import { peopleOf, personOf } from "./jira-people.ts";

/** Jira's "Export CSV (all fields)", from Server, Data Center or Cloud. */
export function parseJira(table: CsvTable, reading: Reading): ImportPlan {
  const columns = jiraColumns(table);
  const problems = createProblemList();
  const cells = table.rows.flatMap((row) => columns.all(row, ...DATES));
  const { order, question } = chooseDayOrder(cells, reading.dayOrder ?? null);
  const dates: DateReading = { order, zone: reading.zone ?? "UTC" };
  const statuses = table.rows.map((row) => ({
    place: row.place,
    name: columns.first(row, "Status")?.trim() ?? null,
    said: columns.first(row, "Status Category"),
    end: endOf(row, columns, dates),
  }));
  const source: Source = {
    columns,
    problems,
    people: peopleOf(table, columns),
    keys: keysByIssueId(table, columns),
    links: linkHeaders(columns),
    dates,
    statuses: learnStatuses(statuses, problems),
  };
  const tasks = new Map<string, PlannedTask>();
  const links = new Map<string, JiraLink[]>();
  const doubles: PlannedTask[] = [];
  for (const row of table.rows) {
    const ragged = raggedMessage(table.headers, row.cells);
    if (ragged !== null) problems.note(row.place, null, ragged);
    const key = columns.first(row, "Issue key")?.trim();
    if (key === undefined) {
      problems.skip(row.place, "It has no issue key.");
      continue;
    }
    const ofTask = linksOf(row, columns, source.links);
    const task = toTask(row, { key, links: ofTask, source });
    if (tasks.has(key)) doubles.push(task);
    else tasks.set(key, task);
    links.set(key, ofTask);
  }
  addBlockers(tasks, links);
  for (const [header, count] of columns.unused()) {
    if (IGNORED.test(header)) continue;
    problems.note(`column “${header}”`, header, `Not imported: ${count} rows have a value here.`);
  }
  const first = table.rows[0];
  const name = first === undefined ? null : columns.first(first, "Project name", "Project key");
  return finishPlan({
    format: "jira-csv",
    system: "Jira",
    shape: "jira-csv",
    name,
    tasks: [...tasks.values(), ...doubles],
    problems,
    reading,
    dayOrder: question,
  });
}

/** Bookkeeping of Jira's own that nobody misses: not worth a line in the report. */
const IGNORED =
  /^(?:project|creator|watchers|votes|last viewed|work ratio|σ|remaining estimate|status category|issue color|parent|custom field \((?:rank|issue color|development)\))/i;

const PARTS = partsIn("jira");
const DATES = [
  "Created",
  "Updated",
  "Resolved",
  ...dayFields.flatMap((field) => PARTS[field]?.flat() ?? []),
];

/** `Resolved` and `Resolution` say so in every language that a status may be called in. */
function endOf(row: CsvRow, columns: JiraColumns, dates: DateReading): End | null {
  const ends = ["Resolved", "Resolution"].map((header) => {
    const cell = columns.first(row, header);
    return (cell && readEnd(header, cell, dates)) || null;
  });
  return firstEnd(ends);
}

type Source = {
  columns: JiraColumns;
  problems: ProblemList;
  people: Map<string, string>;
  keys: Map<string, string>;
  links: string[];
  dates: DateReading;
  statuses: KnownStatuses;
};

type Issue = { key: string; links: JiraLink[]; source: Source };

function toTask(row: CsvRow, { key, links, source }: Issue): PlannedTask {
  const { columns, people } = source;
  const attachments = columns.all(row, "Attachment").map(readAttachment);
  const context: WikiContext = {
    attachments: new Map(attachments.map(({ name, url }) => [name, url])),
    people,
  };
  const end = endOf(row, columns, source.dates);
  const status = source.statuses.of({ name: columns.first(row, "Status")?.trim() ?? null, end });
  const parent = columns.first(row, ...(PARTS.parent?.flat() ?? []));
  return {
    sourceId: `jira:${key}`,
    sourceKey: key,
    title: columns.first(row, "Summary") ?? "",
    description: describeJiraIssue({ row, columns, context, links, attachments }),
    statusName: status.name,
    statusCategory: status.category,
    priority: priorityIn(row, source),
    labels: labelsOf(row, columns),
    assignees: columns.all(row, "Assignee").map((name) => personOf(name, people)),
    reporter: columns.first(row, "Reporter")?.trim() ?? null,
    ...readDays((field) => dateIn(row, source, ...(PARTS[field]?.flat() ?? []))?.day ?? null),
    ...readAmounts((field) => {
      const text = columns.first(row, ...(PARTS[field]?.flat() ?? []));
      const { place } = row;
      return text === null ? null : readAmount(text, { field, place, problems: source.problems });
    }),
    parentSourceId:
      parent === null ? null : `jira:${source.keys.get(parent.trim()) ?? parent.trim()}`,
    blockedBySourceIds: [],
    createdAt: dateIn(row, source, "Created")?.instant ?? null,
    updatedAt: dateIn(row, source, "Updated")?.instant ?? null,
    completedAt: end?.at ?? null,
    archivedAt: null,
    comments: commentsOf(row, { key, context, source }),
    checklists: [],
    url: null,
    ...jiraBrought({ row, columns, linkHeaders: source.links, links }),
    place: row.place,
  };
}

function priorityIn(row: CsvRow, { columns, problems }: Source): PlannedTask["priority"] {
  const name = columns.first(row, "Priority") ?? "";
  const priority = priorityOf(name);
  if (priority === null)
    problems.note(row.place, "priority", `“${name}” is an unknown priority, so none was set.`);
  return priority ?? "none";
}

/** The type becomes a label, except those that every second issue has or that the parent shows. */
function labelsOf(row: CsvRow, columns: JiraColumns): PlannedTask["labels"] {
  const type = columns.first(row, "Issue Type", "Issue type")?.trim() ?? "";
  const types = /^(?:task|sub-?task|technical task)$/i.test(type) ? [] : [type];
  const names = [...types, ...columns.all(row, "Labels", "Component/s", "Components")];
  return names.map((name) => ({ name, color: null }));
}

function dateIn(row: CsvRow, { columns, problems, dates }: Source, ...names: string[]) {
  const text = columns.first(row, ...names);
  if (text === null) return null;
  const date = parseDate(text, dates);
  if (date === null) {
    problems.note(row.place, names[0] ?? null, `“${text.slice(0, 60)}” isn't a date we can read.`);
  }
  return date;
}

type CommentSource = { key: string; context: WikiContext; source: Source };

/** A comment cell is `date;author;body`; a cell of another form is all body. */
function commentsOf(row: CsvRow, { key, context, source }: CommentSource): PlannedComment[] {
  const idOf = createContentIds();
  return source.columns.all(row, "Comment", "Comments").map((cell) => {
    const [, when = "", author = "", body = ""] =
      /^([^;\n]{6,40});([^;\n]{0,200});([\s\S]*)$/.exec(cell) ?? [];
    const date = parseDate(when, source.dates);
    const sourceId = `jira:${key}:comment:${idOf([cell])}`;
    if (date === null) {
      return { sourceId, author: "unknown", body: wikiToMarkdown(cell, context), createdAt: null };
    }
    return {
      sourceId,
      author: personOf(author, context.people).name,
      body: wikiToMarkdown(body, context),
      createdAt: date.instant,
    };
  });
}
