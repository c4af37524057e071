import type { StatusCategory } from "@guildhall/db/lists";
import type { OrderQuestion } from "../dates/day-order.ts";
import { inBoardOrder } from "../statuses/status-category.ts";
import { cleanText, cutText, oneLine } from "../text/clean-text.ts";
import { checkLinks } from "./check-links.ts";
import { laterDay, readAmounts, readDays } from "./fields.ts";
import { finishChecklists } from "./finish-checklists.ts";
import type { ImportPlan, PlannedComment, PlannedStatus, PlannedTask } from "./plan.ts";
import type { ProblemList } from "./problem-list.ts";
import type { Reading } from "./reading.ts";

const LONGEST_TITLE = 500;
const LONGEST_BODY = 200_000;
const LONGEST_NAME = 100;
const HIGHEST_AMOUNT = 1_000_000;

type Draft = Omit<ImportPlan, "statuses" | "problems" | "dayOrder"> & {
  problems: ProblemList;
  reading: Reading;
  dayOrder?: OrderQuestion | null;
  /** The source's own order of columns; without it, by category. */
  boardOrder?: PlannedStatus[];
};

/** The last step of every parser: storable text, unique ids, statuses, links without circles. */
export function finishPlan({
  format,
  system,
  name,
  shape,
  tasks,
  problems,
  reading,
  dayOrder = null,
  boardOrder,
}: Draft): ImportPlan {
  const kept = new Map<string, PlannedTask>();
  const chosen = (status: PlannedStatus): StatusCategory =>
    reading.categories?.[status.name] ?? status.category;
  for (const each of tasks) {
    const { statusName, statusCategory } = each;
    const category = chosen({ name: statusName, category: statusCategory });
    const task = finishTask({ ...each, statusCategory: category }, problems);
    if (task === null) continue;
    const twin = kept.get(task.sourceId);
    if (twin === undefined) kept.set(task.sourceId, task);
    else
      problems.skip(task.place, `${task.sourceId} is in the file twice; ${twin.place} was kept.`);
  }
  const finished = [...kept.values()];
  checkLinks(finished, problems);
  const order = boardOrder?.map((status) => ({ ...status, category: chosen(status) }));
  const statuses = unifyStatuses(finished, order ?? []);
  if (dayOrder) noteOrder(dayOrder, problems);
  return {
    format,
    system,
    name: name === null ? null : cutText(oneLine(cleanText(name).text), LONGEST_NAME),
    shape,
    tasks: finished,
    statuses: boardOrder === undefined ? inBoardOrder(statuses) : statuses,
    problems: problems.all(),
    dayOrder,
  };
}

/** What was taken for the day stands in the report, whoever decided it. */
function noteOrder({ example, days, taken, isChosen }: OrderQuestion, problems: ProblemList) {
  const by = isChosen ? "as you chose" : "because nothing in the file says which number is the day";
  problems.note("The file", null, `Dates like ${example} were read as ${days[taken]}, ${by}.`);
}

function finishTask(draft: PlannedTask, problems: ProblemList): PlannedTask | null {
  const { place } = draft;
  const clean = (field: string, text: string): string => {
    const { text: cleaned, removed } = cleanText(text);
    if (removed > 0) {
      problems.note(place, field, `${removed} characters that can't be stored were removed.`);
    }
    return cleaned;
  };
  const name = (field: string, text: string): string => {
    const line = oneLine(clean(field, text));
    if (line.length <= LONGEST_NAME) return line;
    problems.note(place, field, `“${line.slice(0, 40)}…” was cut to ${LONGEST_NAME} characters.`);
    return cutText(line, LONGEST_NAME).trim();
  };
  const body = (field: string, text: string): string => {
    const cleaned = clean(field, text);
    if (cleaned.length <= LONGEST_BODY) return cleaned.trim() === "" ? "" : cleaned;
    const message = `The text has ${cleaned.length} characters and was shortened to ${LONGEST_BODY}.`;
    problems.note(place, field, message);
    return cutText(cleaned, LONGEST_BODY);
  };

  const full = oneLine(clean("title", draft.title));
  if (full === "") {
    problems.skip(place, "It has no title.");
    return null;
  }
  const title = cutText(full, LONGEST_TITLE).trim();
  const tooLong = full.length > LONGEST_TITLE;
  if (tooLong) {
    const message = `The title has ${full.length} characters and was shortened to ${LONGEST_TITLE}; the full title is at the start of the description.`;
    problems.note(place, "title", message);
  }
  const isClosed = draft.statusCategory === "completed" || draft.statusCategory === "cancelled";
  return {
    ...draft,
    sourceId: cleanText(draft.sourceId).text,
    // Cleaned like the ids they point to, or the link would be lost.
    parentSourceId: draft.parentSourceId === null ? null : cleanText(draft.parentSourceId).text,
    blockedBySourceIds: draft.blockedBySourceIds.map((id) => cleanText(id).text),
    sourceKey: draft.sourceKey === null ? null : name("key", draft.sourceKey),
    title,
    description: body(
      "description",
      tooLong ? `${full}\n\n${draft.description}` : draft.description,
    ),
    statusName: name("status", draft.statusName),
    labels: uniqueByName(draft.labels.map((it) => ({ ...it, name: name("labels", it.name) }))),
    assignees: uniqueByName(
      draft.assignees.map((it) => ({
        name: name("assignees", it.name),
        email: it.email === null ? null : cleanText(it.email).text,
      })),
    ),
    reporter: draft.reporter === null ? null : name("reporter", draft.reporter) || null,
    ...validAmounts(draft, problems),
    ...daysInOrder(draft, problems),
    completedAt: isClosed ? draft.completedAt : null,
    comments: finishComments(draft, { body, name, problems }),
    checklists: finishChecklists(draft, problems),
    url: draft.url === null ? null : safeUrl(cleanText(draft.url).text),
  };
}

type Finishers = Record<"body" | "name", (field: string, text: string) => string> & {
  problems: ProblemList;
};

/** Oldest first. Deleted texts leave comments without a word in real exports; those are reported. */
function finishComments(
  { comments, place }: PlannedTask,
  { body, name, problems }: Finishers,
): PlannedComment[] {
  const finished = comments
    .map((comment) => ({
      ...comment,
      sourceId: cleanText(comment.sourceId).text,
      author: name("comment", comment.author) || "unknown",
      body: body("comment", comment.body),
    }))
    .filter((comment) => comment.body !== "")
    .sort((left, right) => (left.createdAt?.getTime() ?? 0) - (right.createdAt?.getTime() ?? 0));
  const empty = comments.length - finished.length;
  if (empty > 0) problems.skip(place, `Comments without text: ${empty}.`);
  return finished;
}

const validAmounts = (draft: PlannedTask, problems: ProblemList) =>
  readAmounts((field) => {
    const amount = draft[field];
    if (amount === null || (amount >= 0 && amount <= HIGHEST_AMOUNT)) return amount;
    problems.note(
      draft.place,
      field,
      `${amount} isn't a valid ${nameOf(field)}, so it was skipped.`,
    );
    return null;
  });

/** A day that comes after the one it may not come after is left out. */
function daysInOrder(draft: PlannedTask, problems: ProblemList) {
  return readDays((field) => {
    const day = draft[field];
    const later = laterDay(field);
    const last = later && draft[later];
    if (!day || !last || day <= last) return day;
    problems.note(
      draft.place,
      field,
      `${day} is after the ${nameOf(later)}, ${last}, so it was skipped.`,
    );
    return null;
  });
}

const nameOf = (field: string) => field.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);

/** The page shows this as a link, so nothing but the web is let through. */
function safeUrl(url: string): string | null {
  return /^https?:\/\/\S{1,2000}$/i.test(url) ? url : null;
}

function uniqueByName<Named extends { name: string }>(items: Named[]): Named[] {
  const kept = new Map<string, Named>();
  for (const item of items) {
    const key = item.name.toLowerCase();
    if (item.name !== "" && !kept.has(key)) kept.set(key, item);
  }
  return [...kept.values()];
}

/** "Done" and "done" are one column: the first spelling and category win, for every task. */
function unifyStatuses(tasks: PlannedTask[], known: PlannedStatus[]): PlannedStatus[] {
  const byKey = new Map<string, PlannedStatus>();
  for (const status of known) {
    const name = cutText(oneLine(cleanText(status.name).text), LONGEST_NAME).trim();
    const key = name.toLowerCase();
    if (name !== "" && !byKey.has(key)) byKey.set(key, { ...status, name });
  }
  for (const task of tasks) {
    const key = task.statusName.toLowerCase();
    const status = byKey.get(key) ?? { name: task.statusName, category: task.statusCategory };
    byKey.set(key, status);
    task.statusName = status.name;
    task.statusCategory = status.category;
  }
  return [...byKey.values()];
}
