/**
 * What each attribute may hold. An update of Yjs says anything about any of them; whatever is not as
 * it must be is read as the attribute's default.
 */
import { calloutKinds } from "./names.ts";
import { EVERYONE, groupOfMention, safeHref, safeImageSrc, uuidPattern } from "./safe-link.ts";

type Clean = (value: unknown) => unknown;

const text =
  (max: number): Clean =>
  (value) =>
    typeof value === "string" ? value.slice(0, max).replaceAll("\0", "").toWellFormed() : undefined;
/** Numbers also as text: attributes from HTML are. */
const integer =
  (min: number, max: number): Clean =>
  (value) => {
    const number = typeof value === "string" && value !== "" ? Number(value) : value;
    return typeof number === "number" && Number.isInteger(number) && number >= min && number <= max
      ? number
      : undefined;
  };
const oneOf =
  (values: readonly unknown[]): Clean =>
  (value) =>
    values.includes(value) ? value : undefined;
const uuid: Clean = (value) =>
  typeof value === "string" && uuidPattern.test(value) ? value : undefined;
const line =
  (max: number): Clean =>
  (value) => {
    const cleaned = text(max)(value);
    return typeof cleaned === "string" ? cleaned.replace(/[\r\n]+/g, " ") : undefined;
  };
/** One word of a code fence's line. */
const word: Clean = (value) => {
  const found = typeof value === "string" ? /^[^\s`]{1,100}/.exec(value)?.[0] : undefined;
  return found?.toWellFormed();
};

const cell = {
  colspan: integer(1, 1_000),
  rowspan: integer(1, 1_000),
  colwidth: (value: unknown) =>
    Array.isArray(value) && value.length <= 1_000 && value.every((n) => integer(1, 10_000)(n))
      ? value
      : undefined,
  align: oneOf(["left", "center", "right"]),
};
const label = line(1_000);
const raw = { text: text(10_000_000) };

export const nodeAttributes: Record<string, Record<string, Clean>> = {
  heading: { level: integer(1, 6) },
  orderedList: { start: integer(0, 999_999_999), type: () => null },
  taskItem: { checked: oneOf([true, false]) },
  codeBlock: { language: word, meta: line(1_000) },
  tableCell: cell,
  tableHeader: cell,
  image: {
    src: (value) => safeImageSrc(value) ?? undefined,
    alt: text(10_000),
    title: text(10_000),
    width: integer(1, 10_000),
  },
  fileBlock: { fileId: uuid, name: line(1_000), size: integer(0, Number.MAX_SAFE_INTEGER) },
  callout: { kind: oneOf(calloutKinds) },
  inlineMath: { latex: text(100_000) },
  blockMath: { latex: text(100_000) },
  mention: {
    userId: (value) => (value === EVERYONE || groupOfMention(value) ? value : uuid(value)),
    label,
  },
  taskChip: { taskId: uuid, label },
  documentChip: { documentId: uuid, label },
  rawBlock: raw,
  rawInline: raw,
  footnoteReference: { label },
  footnoteDefinition: { label },
};

export const markAttributes: Record<string, Record<string, Clean>> = {
  link: { href: (value) => safeHref(value) ?? undefined, title: text(10_000) },
};
