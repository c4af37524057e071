/**
 * What a file may say about a task, one row each, with what it is called in the files of each system.
 * The plan, the mapping of a CSV's columns, what is compared by a later import, and the parsers as far
 * as they can iterate this table. What is more than a name stands in the parser of its system.
 */

type Field = {
  /** Headers of a general CSV, the best known first: our own export's, Linear's, Asana's, Todoist's. */
  csv: string[];
  /** Several columns of a CSV may feed it; of the others the best known header wins. */
  takesAll?: true;
  /**
   * By which names each of its parts goes: a part is a column or a key. What a file has none of says
   * nothing about its tasks.
   */
  jira?: string[][];
  trello?: string[][];
  github?: string[][];
};

/** A day, as "yyyy-mm-dd". */
type Day = Field & {
  kind: "day";
  /** One that comes after it is left out. */
  notAfter?: string;
};

/** A number that is counted up from nothing, such as points. */
type Amount = Field & { kind: "amount" };

const day = (field: Omit<Day, "kind">) => ({ ...field, kind: "day" as const });
const amount = (field: Field) => ({ ...field, kind: "amount" as const });

/** What a later import compares with an earlier one. */
const compared = {
  title: {
    csv: ["title", "name", "summary", "task", "task name", "subject", "issue", "content"],
    jira: [["Summary"]],
    trello: [["name"]],
    github: [["title"]],
  },
  description: {
    csv: ["description", "body", "details", "notes", "text"],
    // And what hangs below it: DETAIL_COLUMNS.
    jira: [["Description"], ["Environment"], ["Attachment"]],
    // Checklists stood in it before tasks had them: a file with them still brings all of it.
    trello: [["desc"], ["checklists"], ["customFieldItems"], ["attachments"]],
    github: [["body"]],
  },
  status: {
    csv: ["status", "state", "column", "list", "section/column", "stage"],
    jira: [["Status"]],
    trello: [["idList"]],
    github: [["state"]],
  },
  completedAt: {
    csv: [
      ...["completed", "completed at", "completedat", "completed_at", "completed on"],
      ...["completed time", "completed date", "completion date", "date completed", "is completed"],
      ...["complete", "is complete", "iscompleted", "done", "is done", "done date", "checked"],
      ...[
        "closed",
        "closed at",
        "closed_at",
        "closed on",
        "closed date",
        "finished",
        "finished at",
      ],
      ...["resolved", "resolved at", "resolution", "resolution date"],
      ...["canceled", "canceled at", "cancelled", "cancelled at"],
    ],
    takesAll: true,
    jira: [["Resolved"], ["Resolution"]],
    github: [["closed_at", "closedAt"]],
  },
  priority: { csv: ["priority", "severity"], jira: [["Priority"]] },
  startDate: day({
    notAfter: "dueDate",
    csv: ["start date", "start", "startdate", "start_date", "start on", "started"],
    jira: [["Start date", "Custom field (Start date)", "Custom field (Target start)"]],
    trello: [["start"]],
  }),
  dueDate: day({
    csv: ["due date", "due", "duedate", "deadline", "due_date", "due on"],
    jira: [["Due date", "Due Date"]],
    trello: [["due"]],
  }),
  estimate: amount({
    csv: ["estimate", "story points", "points", "size", "effort"],
    jira: [
      [
        "Custom field (Story Points)",
        "Custom field (Story point estimate)",
        "Story Points",
        "Story point estimate",
      ],
    ],
  }),
  archivedAt: {
    csv: ["archived", "archived at", "archivedat", "archived_at"],
    trello: [["closed"]],
  },
  assignees: {
    csv: ["assignees", "assignee", "assigned to", "owner", "responsible"],
    takesAll: true,
    jira: [["Assignee"]],
    trello: [["idMembers"]],
    github: [["assignees", "assignee"]],
  },
  labels: {
    csv: ["labels", "label", "tags", "tag", "components", "issue type", "type", "category"],
    takesAll: true,
    jira: [["Issue Type"], ["Labels"], ["Component/s", "Components"]],
    trello: [["labels"]],
    github: [["labels"], ["type"], ["milestone"]],
  },
  parent: {
    csv: ["parent", "parent issue", "parent task", "parent id", "parent key"],
    jira: [["Parent id", "Parent", "Parent key", "Custom field (Epic Link)"]],
    github: [["parent_issue_url"]],
  },
  blockedBy: { csv: ["blocked by", "blockedby", "depends on", "dependencies"] },
  reporter: {
    csv: ["reporter", "creator", "created by", "author", "requester"],
    jira: [["Reporter"]],
    github: [["user", "author"]],
  },
  url: {
    csv: ["url", "link", "html_url", "permalink"],
    trello: [["url", "shortUrl"]],
    github: [["html_url", "url"]],
  },
} satisfies Record<string, Field | Day | Amount>;

const others = {
  /** What a status means, in words of the source: "Done", "started". */
  statusCategory: {
    csv: ["status category", "state group", "status group", "state type", "status type"],
  },
  /** Of the people in `assignees`, in the same order. */
  assigneeEmails: { csv: ["assignee email", "assignee emails", "assignee e-mail"] },
  id: { csv: ["id", "key", "issue key", "issue id", "task id", "number", "identifier", "#"] },
  createdAt: { csv: ["created", "created at", "createdat", "created_at", "created date"] },
  checklists: { csv: ["checklists", "checklist"] },
  updatedAt: { csv: ["updated", "updated at", "updatedat", "updated_at", "last modified"] },
} satisfies Record<string, Field>;

export type ComparedField = keyof typeof compared;
export type CsvField = ComparedField | keyof typeof others;

const rows: Record<CsvField, Field | Day | Amount> = { ...others, ...compared };

export const COMPARED_FIELDS = Object.keys(compared) as ComparedField[];
/** What a column of a general CSV may hold. Several columns may feed one field. */
export const CSV_FIELDS = Object.keys(rows) as [CsvField, ...CsvField[]];

export const headersOf = (field: CsvField): string[] => rows[field].csv;
export const takesAll = (field: CsvField) => rows[field].takesAll === true;

/** By field the names of each of its parts. */
export type Parts = Partial<Record<ComparedField, string[][]>>;

export const partsIn = (system: "jira" | "trello" | "github"): Parts =>
  Object.fromEntries(COMPARED_FIELDS.map((field) => [field, rows[field][system] ?? []]));

type OfKind<Kind> = {
  [F in ComparedField]: (typeof compared)[F] extends { kind: Kind } ? F : never;
}[ComparedField];
export type DayField = OfKind<"day">;
export type AmountField = OfKind<"amount">;

function fieldsOf<Kind extends "day" | "amount">(kind: Kind) {
  const isOfKind = (field: ComparedField): field is OfKind<Kind> => {
    const row = rows[field];
    return "kind" in row && row.kind === kind;
  };
  return COMPARED_FIELDS.filter(isOfKind);
}

export const dayFields = fieldsOf("day");

/** Reads each field of a kind as its system writes it; null where there is none. */
const reading =
  <F extends string, V>(fields: F[]) =>
  (read: (field: F) => V | null) =>
    Object.fromEntries(fields.map((field) => [field, read(field)])) as Record<F, V | null>;

export const readDays = reading<DayField, string>(dayFields);
export const readAmounts = reading<AmountField, number>(fieldsOf("amount"));

/** The day that this one may not come after. */
export function laterDay(field: DayField): DayField | undefined {
  const row: Day = compared[field];
  return dayFields.find((each) => each === row.notAfter);
}
