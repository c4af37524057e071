import {
  fixture,
  hasRealExports,
  realExport,
  refusal,
  textFile,
  WITH_REAL,
} from "@guildhall/testing/export-files";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseImport } from "./parse-import.ts";
import { ImportFileError } from "./plan/import-file-error.ts";
import type { ImportFile, ImportFormat, ImportPlan } from "./plan/plan.ts";

test.each([
  ["a web page", "x.csv", "<!DOCTYPE html><html>", "web page"],
  ["Jira's REST JSON", "x.json", '{"key":"A-1","fields":{"summary":"x"}}', "CSV (all fields)"],
  ["Jira's REST search", "x.json", '{"issues":[{"key":"A-1","fields":{}}]}', "CSV (all fields)"],
  ["some other JSON", "package.json", '{"name":"x"}', "neither"],
  ["text called JSON", "x.json", "title,body", "isn't JSON"],
  ["comments alone", "x.json", '[{"issue_url":"https://x/issues/1","body":""}]', "github comments"],
])("%s is refused for what it is", (_what, name, text, words) => {
  const error = refusal(() => parseImport({ files: [textFile(name, text)] }));
  expect(error.reason).toBe("file_wrong_kind");
  expect(error.message).toContain(words);
});

test.each<[ImportFormat, string]>([
  ["jira-csv", "linear.csv"],
  ["github-json", "trello-board.json"],
  ["trello-json", "github-issues.json"],
  ["github-json", "linear.csv"],
])("asked for %s, %s is the wrong kind", (format, name) => {
  expect(refusal(() => parseImport({ format, files: fixture(name) })).reason).toBe(
    "file_wrong_kind",
  );
});

test("a Jira export may be read as a general CSV when asked", () => {
  const plan = parseImport({ format: "csv", files: fixture("jira-server.csv") });
  expect(plan.format).toBe("csv");
  expect(plan.tasks[0]?.sourceKey).toBe("FORGE-2");
});

test("no file, an empty list and two CSV files are refused", () => {
  expect(refusal(() => parseImport({ files: [] })).reason).toBe("file_empty");
  expect(refusal(() => parseImport({ files: [textFile("x.json", "[]")] })).reason).toBe(
    "file_empty",
  );
  const two = refusal(() => parseImport({ files: fixture("linear.csv", "jira-server.csv") }));
  expect(two.message).toContain("one at a time");
});

/** Whatever comes out must be storable: this is what the database and the page rely on. */
function checkPlan(plan: ImportPlan): void {
  expect(unstorable(plan)).toEqual([]);
}

/** By hand and not by `expect`, which is asked here for each of millions of texts. */
function unstorable(plan: ImportPlan): unknown[] {
  const statuses = new Map(plan.statuses.map(({ name, category }) => [name, category]));
  const ids = new Set<string>();
  const wrong: unknown[] = plan.tasks.filter((task) => {
    const { title, description, statusName, statusCategory, sourceId } = task;
    const isNew = !ids.has(sourceId);
    ids.add(sourceId);
    const fits = title.length > 0 && title.length <= 500 && description.length <= 200_000;
    return !isNew || !fits || statuses.get(statusName) !== statusCategory;
  });
  JSON.stringify(plan, (_field, value: unknown) => {
    if (typeof value === "string" && (!value.isWellFormed() || value.includes("\0"))) {
      wrong.push(value);
    }
    return value;
  });
  return wrong;
}

function accept(files: ImportFile[]): void {
  try {
    checkPlan(parseImport({ files }));
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    expect(error.message.length).toBeGreaterThan(20);
  }
}

const SMALL = [
  "github-issues.json",
  "jira-server.csv",
  "jira-cloud.csv",
  "trello-board.json",
  "linear.csv",
];

test.each(SMALL)("%s cut at every byte is read or refused with our own error", (name) => {
  for (const { bytes } of fixture(name)) {
    for (let end = 0; end < bytes.length; end += 1) accept([{ name, bytes: bytes.slice(0, end) }]);
  }
});

test.each(SMALL)("%s with bytes changed is read or refused with our own error", (name) => {
  const [original] = fixture(name);
  if (original === undefined) throw new Error("unreachable");
  const change = fc.tuple(
    fc.nat(original.bytes.length - 1),
    fc.constantFrom(0, 10, 34, 44, 59, 91, 92, 123, 237),
  );
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const bytes = original.bytes.slice();
      for (const [at, byte] of changes) bytes[at] = byte;
      accept([{ name, bytes }]);
    }),
    { numRuns: 300 },
  );
});

test("a member that is an object without a text is nobody", () => {
  const card = { id: "1", name: "Oil it", idList: "l", idMembers: [{ toString: 0 }], labels: [] };
  accept([textFile("x.json", JSON.stringify({ lists: [], cards: [card], actions: [] }))]);
});

test("random bytes, and JSON with values of the wrong types, are read or refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => accept([{ name: "x", bytes }])),
  );
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom("\ud800", "a\0b", "#", "2024-01-01"));
  const issue = fc.record({
    number: value,
    title: value,
    body: value,
    user: value,
    labels: fc.array(value),
    assignees: value,
    state: value,
    closed_at: value,
    milestone: value,
  });
  const card = fc.record({
    id: value,
    name: value,
    desc: value,
    idList: value,
    idMembers: fc.array(value),
    labels: fc.array(value),
    due: value,
    checklists: value,
    attachments: fc.array(value),
  });
  const board = fc.record({
    lists: fc.array(value),
    cards: fc.array(card),
    actions: fc.array(value),
    members: value,
  });
  fc.assert(
    fc.property(fc.oneof(fc.array(issue), board), (json) => {
      accept([textFile("x.json", JSON.stringify(json))]);
    }),
    { numRuns: 500 },
  );
});

test("a chain of 20,000 sub-tasks and a circle of 20,000 blockers are read", () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, index) => `${index},t,${index + 1},${(index + 1) % 20_000}`,
  );
  const plan = parseImport({
    files: [textFile("x.csv", `id,title,parent,blocked by\n${rows.join("\n")}`)],
  });
  checkPlan(plan);
  const blocked = plan.tasks.filter(({ blockedBySourceIds }) => blockedBySourceIds.length > 0);
  expect(blocked).toHaveLength(19_999);
});

const REAL = [
  "github-issues-rest-rust/issues.json",
  "jira-csv-large-aloy/ALOY-derived-jira-export.csv",
  "trello-board-gocd-test-drive/trello.json",
];

test.skipIf(!hasRealExports).each(REAL)(`%s cut at 25 places ${WITH_REAL}`, (path) => {
  for (const { name, bytes } of realExport(path)) {
    const step = Math.floor(bytes.length / 25);
    for (let cut = 1; cut < 25; cut += 1) {
      // Odd places, so that characters and escapes are cut through as well.
      accept([{ name, bytes: bytes.subarray(0, cut * step + (cut % 7)) }]);
    }
  }
});

test.skipIf(!hasRealExports)(`real exports give the same plan twice ${WITH_REAL}`, () => {
  for (const path of REAL) {
    const files = realExport(path);
    const plan = parseImport({ files });
    checkPlan(plan);
    expect(parseImport({ files })).toEqual(plan);
  }
});
