import type { CsvRow, CsvTable } from "../csv/read-csv.ts";
import type { PlannedTask } from "../plan/plan.ts";
import type { JiraColumns } from "./jira-columns.ts";

/**
 * Link types whose direction is clear: for the issue of the row, does the other one go first? Jira
 * names a link by its type only, so this knows what the usual types read like: an outward "Blocks"
 * is "blocks …", an outward "Depends" is "depends on …".
 */
const OTHER_GOES_FIRST: Record<string, { outward: boolean }> = {
  blocks: { outward: false },
  blocker: { outward: false },
  "blocks/dependency": { outward: false },
  depends: { outward: true },
  dependency: { outward: true },
  dependent: { outward: true },
};

export type JiraLink = { direction: "inward" | "outward"; type: string; key: string };

const HEADER = /^(inward|outward) issue link \((.{1,200})\)$/i;

export function linkHeaders(columns: JiraColumns): string[] {
  return [
    ...columns.startingWith("Inward issue link"),
    ...columns.startingWith("Outward issue link"),
  ];
}

export function linksOf(row: CsvRow, columns: JiraColumns, headers: string[]): JiraLink[] {
  return headers.flatMap((header) =>
    columns.all(row, header).map((key) => ({ ...linkOf(header), key: key.trim() })),
  );
}

/** What a column is about, with an empty key. */
export function linkOf(header: string): JiraLink {
  const [, direction = "", type = ""] = HEADER.exec(header) ?? [];
  const isOutward = direction.toLowerCase() === "outward";
  return { direction: isOutward ? "outward" : "inward", type, key: "" };
}

export const headerOf = ({ direction, type }: JiraLink) =>
  `${direction} issue link (${type})`.toLowerCase();

/** Which of the two ends waits for the other; null when the type says nothing about an order. */
export function orderOf({ direction, type }: JiraLink): "row-waits" | "other-waits" | null {
  const rule = OTHER_GOES_FIRST[type.toLowerCase()];
  if (rule === undefined) return null;
  return rule.outward === (direction === "outward") ? "row-waits" : "other-waits";
}

/** How the link reads from the row's side, for the list under the description. */
export function linkPhrase(link: JiraLink): string {
  const order = orderOf(link);
  if (order !== null) return order === "row-waits" ? "Blocked by" : "Blocks";
  if (/^relates?$/i.test(link.type)) return "Relates to";
  return link.direction === "outward" ? link.type : `${link.type} (inward)`;
}

export function addBlockers(tasks: Map<string, PlannedTask>, links: Map<string, JiraLink[]>): void {
  for (const [key, ofTask] of links) {
    for (const link of ofTask) {
      const order = orderOf(link);
      if (order === null) continue;
      const [waiting, first] = order === "row-waits" ? [key, link.key] : [link.key, key];
      const task = tasks.get(waiting);
      task?.blockedBySourceIds.push(`jira:${first}`);
      if (task) task.filled.blockedBy = [...(task.filled.blockedBy ?? []), headerOf(link)];
    }
  }
}

/** Sub-tasks name their parent by its internal id, sometimes by its key: both lead to the key. */
export function keysByIssueId(table: CsvTable, columns: JiraColumns): Map<string, string> {
  const keys = new Map<string, string>();
  for (const row of table.rows) {
    const key = columns.first(row, "Issue key")?.trim();
    const id = columns.first(row, "Issue id")?.trim();
    if (key === undefined) continue;
    keys.set(key, key);
    if (id !== undefined) keys.set(id, key);
  }
  return keys;
}
