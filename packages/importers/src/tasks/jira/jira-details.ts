import type { CsvRow } from "../csv/read-csv.ts";
import { markdownLink } from "../text/markdown-link.ts";
import type { JiraColumns } from "./jira-columns.ts";
import type { WikiContext } from "./jira-inline.ts";
import { type JiraLink, linkPhrase } from "./jira-links.ts";
import { wikiToMarkdown } from "./jira-markup.ts";

export type JiraAttachment = { name: string; url: string };

/** `date;author;file name;address`; file names may hold semicolons. */
export function readAttachment(cell: string): JiraAttachment {
  const parts = cell.split(";");
  const url = (parts.at(-1) ?? "").trim();
  const name = parts.slice(2, -1).join(";").trim();
  return { name: name || (url.split("/").at(-1) ?? url), url };
}

/** The description, and under it what Guildhall has no field for but people would miss. */
export function describeJiraIssue(input: {
  row: CsvRow;
  columns: JiraColumns;
  context: WikiContext;
  links: JiraLink[];
  attachments: JiraAttachment[];
}): string {
  const { row, columns, context, links, attachments } = input;
  const environment = columns.first(row, "Environment");
  const sections = [
    wikiToMarkdown(columns.first(row, "Description") ?? "", context),
    section("Environment", environment === null ? "" : wikiToMarkdown(environment, context)),
    section("Details", detailLines(row, columns).join("\n")),
    section("Links", links.map((link) => `- ${linkPhrase(link)} ${link.key}`).join("\n")),
    section(
      "Attachments",
      attachments.map((it) => `- ${markdownLink(it.name, it.url)}`).join("\n"),
    ),
  ];
  return sections.filter((text) => text.trim() !== "").join("\n\n");
}

function section(title: string, body: string): string {
  return body.trim() === "" ? "" : `### ${title}\n\n${body.trim()}`;
}

const DETAILS: [string, string[]][] = [
  ["Resolution", ["Resolution"]],
  ["Affects", ["Affects Version/s", "Affects versions"]],
  ["Fixed in", ["Fix Version/s", "Fix versions"]],
  ["Sprint", ["Sprint"]],
  ["Original estimate", ["Original estimate"]],
  ["Time spent", ["Time Spent"]],
];

/** Each a part of the description. */
export const DETAIL_COLUMNS: string[][] = DETAILS.map(([, names]) => names);

const IN_SECONDS = new Set(["Original estimate", "Time spent"]);

function detailLines(row: CsvRow, columns: JiraColumns): string[] {
  return DETAILS.flatMap(([title, names]) => {
    const values = [...new Set(columns.all(row, ...names).map((value) => value.trim()))];
    if (values.length === 0) return [];
    const text = values.map((value) => (IN_SECONDS.has(title) ? duration(value) : value));
    return [`- ${title}: ${text.join(", ").replace(/[\\`*_[\]<]/g, "\\$&")}`];
  });
}

/** Jira exports seconds. */
function duration(seconds: string): string {
  const minutes = Math.round(Number(seconds) / 60);
  if (!Number.isFinite(minutes)) return seconds;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return (
    [hours > 0 ? `${hours} h` : "", rest > 0 ? `${rest} min` : ""].filter(Boolean).join(" ") ||
    "0 min"
  );
}
