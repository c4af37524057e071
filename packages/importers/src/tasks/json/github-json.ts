import { parseDate } from "../dates/parse-date.ts";
import { broughtByKeys } from "../plan/brought-by-keys.ts";
import { partsIn, readAmounts, readDays } from "../plan/fields.ts";
import { finishPlan } from "../plan/finish-plan.ts";
import type { ImportPlan, PlannedComment, PlannedTask } from "../plan/plan.ts";
import { createProblemList, type ProblemList } from "../plan/problem-list.ts";
import type { Reading } from "../plan/reading.ts";
import { isObject, type JsonObject, objectsIn, textIn } from "./json-fields.ts";

/**
 * GitHub issues: the REST list (`GET /repos/O/R/issues?state=all`), with a second list of comments
 * (`GET /repos/O/R/issues/comments`) when there is one, and what `gh issue list --json` prints.
 */
export function parseGithub(input: {
  issues: unknown[];
  comments: unknown[];
  reading: Reading;
}): ImportPlan {
  const problems = createProblemList();
  const byIssue = groupComments(objectsIn(input.comments), problems);
  const tasks: PlannedTask[] = [];
  const pulls = new Set<string>();
  let repository: string | null = null;
  for (const [index, issue] of input.issues.entries()) {
    const place = `issues[${index}]`;
    const number = textIn(issue, "number");
    if (!isObject(issue) || number === null) {
      problems.skip(place, "Not an issue: it has no number.");
      continue;
    }
    const sourceId = sourceIdOf(issue, number);
    if (isPullRequest(issue)) {
      pulls.add(sourceId);
      problems.skip(place, `#${number} is a pull request; only issues are imported.`);
      continue;
    }
    repository ??= repositoryOf(issue);
    const comments = [...ownComments(issue, sourceId), ...(byIssue.get(sourceId) ?? [])];
    tasks.push(toTask(issue, { place, number, sourceId, comments }));
  }
  const known = new Set(tasks.map((task) => task.sourceId));
  reportStrayComments({ byIssue, known, pulls, problems });
  return finishPlan({
    format: "github-json",
    system: "GitHub",
    shape: "github-json",
    name: repository,
    tasks,
    problems,
    reading: input.reading,
  });
}

type Identity = { place: string; number: string; sourceId: string; comments: PlannedComment[] };

function toTask(issue: JsonObject, { place, number, sourceId, comments }: Identity): PlannedTask {
  const { statusName, statusCategory } = statusOf(issue);
  const parent = textIn(issue, "parent_issue_url");
  return {
    sourceId,
    sourceKey: `#${number}`,
    title: textIn(issue, "title") ?? "",
    description: textIn(issue, "body") ?? "",
    statusName,
    statusCategory,
    priority: "none",
    labels: labelsOf(issue),
    assignees: assigneesOf(issue),
    reporter: loginOf(issue.user ?? issue.author),
    ...readDays(() => null),
    ...readAmounts(() => null),
    parentSourceId: parent === null ? null : idFromUrl(parent),
    blockedBySourceIds: [],
    createdAt: dateIn(issue, "created_at", "createdAt"),
    updatedAt: dateIn(issue, "updated_at", "updatedAt"),
    completedAt: dateIn(issue, "closed_at", "closedAt"),
    archivedAt: null,
    comments,
    checklists: [],
    url: textIn(issue, "html_url", "url"),
    ...broughtByKeys(issue, PARTS),
    place,
  };
}

/** By keys: `gh issue list --json number,title` has no more than it was asked for. */
const PARTS = partsIn("github");

function statusOf(issue: JsonObject): Pick<PlannedTask, "statusName" | "statusCategory"> {
  const state = textIn(issue, "state")?.toLowerCase();
  if (state !== "closed") return { statusName: "Open", statusCategory: "unstarted" };
  const reason = textIn(issue, "state_reason", "stateReason")?.toLowerCase();
  if (reason === "not_planned") return { statusName: "Not planned", statusCategory: "cancelled" };
  if (reason === "duplicate") return { statusName: "Duplicate", statusCategory: "cancelled" };
  return { statusName: "Closed", statusCategory: "completed" };
}

/**
 * Milestone and issue type become labels, because a board can be filtered by a label. The
 * milestone's date is not the issue's own and would mark old issues as overdue.
 */
function labelsOf(issue: JsonObject): PlannedTask["labels"] {
  const labels: PlannedTask["labels"] = [];
  for (const label of Array.isArray(issue.labels) ? issue.labels : []) {
    const color = textIn(label, "color")?.replace(/^#/, "") ?? "";
    const name = typeof label === "string" ? label : (textIn(label, "name") ?? "");
    labels.push({ name, color: /^[0-9a-f]{6}$/i.test(color) ? `#${color.toLowerCase()}` : null });
  }
  const type = textIn(issue.type, "name");
  if (type !== null) labels.push({ name: type, color: null });
  const milestone = textIn(issue.milestone, "title");
  if (milestone !== null) labels.push({ name: `Milestone: ${milestone}`, color: null });
  return labels;
}

function assigneesOf(issue: JsonObject): PlannedTask["assignees"] {
  const listed = Array.isArray(issue.assignees) ? issue.assignees : [];
  const people = (listed.length > 0 ? listed : [issue.assignee]).filter(Boolean);
  return people.map((person) => ({ name: loginOf(person), email: null }));
}

/**
 * A person is an object, a login, or the address of a profile. GitHub shows the deleted account of an author as
 * "ghost"; some exports leave it null.
 */
function loginOf(user: unknown): string {
  const said = typeof user === "string" ? user : textIn(user, "login", "name");
  return said?.trim().replace(/^https?:\/\/[^/]+\//, "") || "ghost";
}

/** An issue of the older API has a `pull_request` too, with nothing in it. */
function isPullRequest(issue: JsonObject): boolean {
  const { pull_request: pull } = issue;
  if (isObject(pull) && Object.values(pull).some((value) => value !== null)) return true;
  return /\/pull\/\d+/.test(textIn(issue, "html_url", "url") ?? "");
}

function sourceIdOf(issue: JsonObject, number: string): string {
  return `github:${repositoryOf(issue) ?? ""}#${number}`;
}

function repositoryOf(issue: JsonObject): string | null {
  const url = textIn(issue, "repository_url", "html_url", "url") ?? "";
  const match = /^https?:\/\/[^/]+\/(?:api\/v3\/)?(?:repos\/)?([^/\s]+\/[^/\s]+)(?:\/|$)/.exec(url);
  return match?.[1] ?? null;
}

function idFromUrl(url: string): string | null {
  const number = /\/issues\/(\d+)/.exec(url)?.[1];
  return number === undefined ? null : sourceIdOf({ url }, number);
}

function dateIn(source: JsonObject, ...keys: string[]): Date | null {
  return parseDate(textIn(source, ...keys) ?? "")?.instant ?? null;
}

function toComment(comment: JsonObject, fallbackId: string): PlannedComment {
  return {
    sourceId: `github:comment:${textIn(comment, "id") ?? fallbackId}`,
    author: loginOf(comment.user ?? comment.author),
    body: textIn(comment, "body") ?? "",
    createdAt: dateIn(comment, "created_at", "createdAt"),
  };
}

/** `gh issue list --json comments` nests them; in REST `comments` is a count. */
function ownComments(issue: JsonObject, sourceId: string): PlannedComment[] {
  return objectsIn(issue.comments).map((it, index) => toComment(it, `${sourceId}:${index}`));
}

function groupComments(comments: JsonObject[], problems: ProblemList) {
  const byIssue = new Map<string, PlannedComment[]>();
  const seen = new Set<string>();
  for (const [index, comment] of comments.entries()) {
    // A comment on a pull request has a /pull/ page but an /issues/ address in the API.
    const sourceId = idFromUrl(textIn(comment, "issue_url", "html_url") ?? "");
    const planned = toComment(comment, String(index));
    if (sourceId === null) {
      problems.skip(`comments[${index}]`, "It doesn't say which issue it belongs to.");
    } else if (!seen.has(planned.sourceId)) {
      seen.add(planned.sourceId);
      const others = byIssue.get(sourceId);
      if (others === undefined) byIssue.set(sourceId, [planned]);
      else others.push(planned);
    }
  }
  return byIssue;
}

function reportStrayComments({
  byIssue,
  known,
  pulls,
  problems,
}: {
  byIssue: Map<string, PlannedComment[]>;
  known: Set<string>;
  pulls: Set<string>;
  problems: ProblemList;
}): void {
  for (const [sourceId, comments] of byIssue) {
    if (known.has(sourceId)) continue;
    const why = pulls.has(sourceId) ? "a pull request" : "not in the file";
    const message = `${comments.length} comments on ${sourceId.replace("github:", "")}, which is ${why}.`;
    problems.skip("comments", message);
  }
}
