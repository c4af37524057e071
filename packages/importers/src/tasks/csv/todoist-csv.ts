/**
 * Todoist's CSV of a project: rows of kinds. A section holds the tasks below it, an indent makes a task the child of
 * the one above, and a note is a comment on the task before it. It has open tasks alone, and no ids.
 */
import { chooseDayOrder } from "../dates/day-order.ts";
import { parseDate } from "../dates/parse-date.ts";
import { createContentIds } from "../plan/content-id.ts";
import { COMPARED_FIELDS, type ComparedField, readAmounts, readDays } from "../plan/fields.ts";
import { finishPlan } from "../plan/finish-plan.ts";
import type { Brought, ImportPlan, PlannedTask } from "../plan/plan.ts";
import { createProblemList } from "../plan/problem-list.ts";
import type { Reading } from "../plan/reading.ts";
import { learnStatuses } from "../statuses/learn-statuses.ts";
import { withAddresses } from "./csv-people.ts";
import { unguardFormula } from "./formula-guard.ts";
import type { CsvRow, CsvTable } from "./read-csv.ts";

const PRIORITIES: Record<string, PlannedTask["priority"]> = {
  "1": "urgent",
  "2": "high",
  "3": "medium",
};

const COLUMNS: Partial<Record<ComparedField, string[]>> = {
  ...{ title: ["content"], labels: ["content"], description: ["description"] },
  ...{
    priority: ["priority"],
    assignees: ["responsible"],
    reporter: ["author"],
    parent: ["indent"],
  },
  ...{ dueDate: ["deadline", "date"], status: ["type"] },
};

/** "Bring iron @smithy @urgent": labels stand among the words. */
const LABEL = /(?:^|\s)@([^\s@]{1,100})(?=\s|$)/gu;

/** "Ada (12345)", as people are written there. */
const personIn = (cell: string) => cell.replace(/\s*\(\d+\)\s*$/, "").trim();

export function parseTodoist(table: CsvTable, reading: Reading): ImportPlan {
  const problems = createProblemList();
  const places = new Map(table.headers.map((header, index) => [header.toLowerCase(), index]));
  const cell = ({ cells }: CsvRow, header: string) =>
    unguardFormula(cells[places.get(header) ?? -1] ?? "").trim();
  const due = (row: CsvRow) => cell(row, "deadline") || cell(row, "date");
  const { order, question } = chooseDayOrder(table.rows.map(due), reading.dayOrder ?? null);
  const dates = { order, zone: reading.zone ?? "UTC" };
  const idOf = createContentIds();
  const brings: Brought = {};
  for (const field of COMPARED_FIELDS) {
    const there = COLUMNS[field]?.filter((header) => places.has(header)) ?? [];
    if (there.length > 0) brings[field] = there;
  }

  const drafts: { task: PlannedTask; section: string | null }[] = [];
  const above: PlannedTask[] = [];
  let section: string | null = null;
  for (const row of table.rows) {
    const [type, content] = [cell(row, "type").toLowerCase(), cell(row, "content")];
    const last = drafts.at(-1)?.task;
    if (type === "section") {
      section = content || null;
      above.length = 0;
    } else if (type === "note" && last) {
      const author = personIn(cell(row, "author")) || "unknown";
      const createdAt = parseDate(cell(row, "date"), dates)?.instant ?? null;
      const sourceId = `${last.sourceId}:comment:${idOf([content])}`;
      last.comments.push({ sourceId, author, body: content, createdAt });
    } else if (type === "task") {
      const depth = Math.max(1, Number(cell(row, "indent")) || 1) - 1;
      above.length = Math.min(depth, above.length);
      const parent = above.at(-1);
      const dueText = due(row);
      const day = dueText === "" ? null : (parseDate(dueText, dates)?.day ?? null);
      if (dueText !== "" && day === null) {
        const text = dueText.slice(0, 60);
        problems.note(
          row.place,
          "dueDate",
          `“${text}” isn't a date we can read, so it was skipped.`,
        );
      }
      const labels = [...content.matchAll(LABEL)].map(([, name = ""]) => ({ name, color: null }));
      const task: PlannedTask = {
        sourceId: `csv:todoist:${idOf([section ?? "", parent?.sourceId ?? "", content])}`,
        sourceKey: null,
        title: content.replace(LABEL, " ").replace(/\s+/g, " ").trim() || content,
        description: cell(row, "description"),
        ...{ statusName: "", statusCategory: "unstarted" },
        priority: PRIORITIES[cell(row, "priority")] ?? "none",
        labels,
        assignees: withAddresses([personIn(cell(row, "responsible"))].filter(Boolean), []),
        reporter: personIn(cell(row, "author")) || null,
        ...readDays((field) => (field === "dueDate" ? day : null)),
        ...readAmounts(() => null),
        parentSourceId: parent?.sourceId ?? null,
        blockedBySourceIds: [],
        ...{ createdAt: null, updatedAt: null, completedAt: null, archivedAt: null },
        ...{ comments: [], checklists: [], url: null },
        brings,
        filled: {},
        place: row.place,
      };
      above.push(task);
      drafts.push({ task, section });
    }
  }

  const statuses = learnStatuses(
    drafts.map(({ task, section: name }) => ({ place: task.place, name, said: null, end: null })),
    problems,
  );
  for (const draft of drafts) {
    const { name, category } = statuses.of({ name: draft.section, end: null });
    Object.assign(draft.task, { statusName: name, statusCategory: category });
  }
  const made = { format: "csv" as const, system: "Todoist", name: null, shape: "todoist" };
  const tasks = drafts.map(({ task }) => task);
  return finishPlan({ ...made, tasks, problems, reading, dayOrder: question });
}
