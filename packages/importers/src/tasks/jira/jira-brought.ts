import type { CsvRow } from "../csv/read-csv.ts";
import { COMPARED_FIELDS, type ComparedField, type Parts, partsIn } from "../plan/fields.ts";
import type { Brought } from "../plan/plan.ts";
import type { JiraColumns } from "./jira-columns.ts";
import { DETAIL_COLUMNS } from "./jira-details.ts";
import { headerOf, type JiraLink, linkOf, orderOf } from "./jira-links.ts";

const parts = partsIn("jira");

/**
 * Columns by field, each list the names of one part. Jira leaves out columns in which no issue has a
 * value: what a file has no column for says nothing about its issues.
 */
const COLUMNS: Parts = {
  ...parts,
  description: [...(parts.description ?? []), ...DETAIL_COLUMNS],
};

type Issue = { row: CsvRow; columns: JiraColumns; linkHeaders: string[]; links: JiraLink[] };

export function jiraBrought({ row, columns, linkHeaders, links }: Issue) {
  const brings: Brought = {};
  const filled: Brought = {};
  const add = (field: ComparedField, part: string, isFilled: boolean) => {
    brings[field] = [...(brings[field] ?? []), part];
    if (COLUMNS[field]?.length === 1) return;
    filled[field] = [...(filled[field] ?? []), ...(isFilled ? [part] : [])];
  };
  for (const field of COMPARED_FIELDS) {
    for (const names of COLUMNS[field] ?? []) {
      // Where the row ends before it, it has nothing to say.
      if (!columns.reaches(row, ...names)) continue;
      add(field, names[0] ?? "", columns.first(row, ...names) !== null);
    }
  }
  for (const header of linkHeaders) {
    const ofHeader = links.filter((link) => headerOf(link) === header.toLowerCase());
    add("description", header.toLowerCase(), ofHeader.length > 0);
    // What is filled of it is known when all issues are read: addBlockers.
    if (orderOf(linkOf(header)) !== null) add("blockedBy", header.toLowerCase(), false);
  }
  return { brings, filled };
}
