/**
 * What an input breaks, as a sentence for people: the field by its name and the limit in plain words
 * ("The name is too long: use at most 50 characters."). One place for every schema, and so for every
 * limit: a schema has words of its own only where a rule needs more than its limit. Tools decide by
 * `reason` and read the path of each issue.
 */
import { z } from "zod";

type Issue = z.core.$ZodIssue | z.core.$ZodRawIssue;

/** Fields that are not called in sentences as they are in code. */
const names: Record<string, string> = {
  afterId: "position",
  assigneeIds: "assignees",
  beforeId: "position",
  blockedByIds: "blocking tasks",
  body: "comment",
  color: "colour",
  copyId: "new ID",
  days: "number of days",
  descriptionWas: "earlier description",
  dryRun: "preview setting",
  email: "email address",
  epoch: "feed",
  from: "start",
  id: "ID",
  ids: "selected items",
  isTemplate: "template setting",
  kinds: "result types",
  lastEventId: "position in the feed",
  moveTo: "target status",
  n: "part number",
  named: "file name",
  quote: "quoted text",
  replaces: "replaced file",
  seq: "position in the feed",
  sha256: "checksum",
  text: "search text",
  to: "end",
  update: "change",
  withBelow: "copy setting",
};

type Named = { name: string; isPlural: boolean };

/** "dueDate" → "due date", "parentId" → "parent", "labelIds" → "labels". */
function nameOf(path: readonly PropertyKey[]): Named {
  const field = path.findLast((part) => typeof part === "string") ?? "";
  const isPlural = /(ids|kinds|states|members)$/i.test(field);
  const words = field
    .replace(/(?<=[a-z])Id(s?)$/, "$1")
    .replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)
    .replaceAll(/[^a-z ]+/g, " ")
    .trim()
    .slice(0, 40);
  const known = Object.hasOwn(names, field) ? names[field] : undefined;
  return { name: known ?? (words || "input"), isPlural };
}

const count = (n: number | bigint) => Math.floor(Number(n)).toLocaleString("en");

export function inputSentence(issue: Issue): string {
  const path = issue.path ?? [];
  const { name, isPlural } = nameOf(path);
  const isOne = typeof path.at(-1) === "number";
  const subject = isOne ? `One of the ${name}` : `The ${name}`;
  const are = isPlural && !isOne ? "are" : "is";
  switch (issue.code) {
    case "too_big":
      return tooBig(issue, `${subject} ${are}`, name);
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1
        ? `${subject} can't be empty.`
        : tooSmall(issue, `${subject} ${are}`, name);
    case "unrecognized_keys":
      return "The server doesn't know one of the fields. Reload the page to get its latest version.";
    default:
      return "input" in issue && issue.input === undefined
        ? `${subject} ${are} missing.`
        : `${subject} ${are}n't valid.`;
  }
}

type Limit = { origin: string };
type TooBig = Limit & { maximum: number | bigint };
type TooSmall = Limit & { minimum: number | bigint };

function tooBig({ origin, maximum }: TooBig, subject: string, name: string): string {
  const most = count(maximum);
  if (origin === "string") return `${subject} too long: use at most ${most} characters.`;
  if (origin === "array") return `There are too many ${name}: use at most ${most}.`;
  return origin === "date" ? `${subject} too late.` : `${subject} too large: use at most ${most}.`;
}

function tooSmall({ origin, minimum }: TooSmall, subject: string, name: string): string {
  const least = count(minimum);
  if (origin === "string") return `${subject} too short: use at least ${least} characters.`;
  if (origin === "array") return `There are too few ${name}: use at least ${least}.`;
  return origin === "date"
    ? `${subject} too early.`
    : `${subject} too small: use at least ${least}.`;
}

/** Asked by zod wherever a schema has no words of its own. */
z.config({ customError: (issue) => inputSentence(issue) });

/** The first of them: one thing to mend at a time, and the others are in the answer's `issues`. */
export const sentenceOf = (error: z.ZodError): string =>
  error.issues[0]?.message ?? "The input isn't valid.";
