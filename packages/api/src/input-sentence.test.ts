import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { inputsOf, procedures } from "../testing/procedures.ts";
import { invariant } from "./core/errors.ts";
import { inputSentence } from "./core/input-sentence.ts";

type Def = {
  type: string;
  checks?: { _zod: { def: Limit } }[];
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  left?: z.ZodType;
  right?: z.ZodType;
  options?: z.ZodType[];
  valueType?: z.ZodType;
};
type Limit = { check: string; maximum?: number; minimum?: number; value?: number | Date };
type Place = (string | number)[];

/** Of whatever kind it is: each has some of these. */
const defOf = (schema: z.ZodType) => schema._zod.def as unknown as Def;

/** Every schema within one, with the path at which its value stands. */
function* within(schema: z.ZodType, at: Place): Generator<{ schema: z.ZodType; at: Place }> {
  const def = defOf(schema);
  // What turns one value into another is only reached by what passed before it.
  if (def.type !== "transform") yield { schema, at };
  for (const [name, each] of Object.entries(def.shape ?? {})) yield* within(each, [...at, name]);
  for (const each of [
    def.innerType,
    def.in,
    def.out,
    def.left,
    def.right,
    ...(def.options ?? []),
  ]) {
    if (each) yield* within(each, at);
  }
  for (const each of [def.element, def.valueType]) if (each) yield* within(each, [...at, 0]);
}

/** Values that break each limit of a schema, and some of another kind. */
function wrongValues(schema: z.ZodType): unknown[] {
  const def = defOf(schema);
  const limits = (def.checks ?? []).map((check) => check._zod.def);
  const ends = limits.flatMap(({ maximum, minimum, value }) =>
    [maximum, minimum, value].filter((end) => typeof end === "number"),
  );
  const sizes = ends.flatMap((end) => [Math.max(0, end - 1), Math.min(end, 3e6) + 1]);
  const others = [undefined, null, 7.5, {}, "no such value"];
  if (def.type === "string") return [...others, "", ...sizes.map((n) => "\u0007".repeat(n))];
  if (def.type === "array") return [...others, [], ...sizes.map((n) => Array<null>(n).fill(null))];
  if (def.type === "number") {
    return [...others, Number.NaN, 2 ** 60, ...ends.flatMap((end) => [end - 1, end + 1])];
  }
  if (def.type === "date") return [...others, new Date(-1e14), new Date(8.6e15)];
  return others;
}

/** What a person can read: one sentence or two, and none of the words of schemas. */
function expectSentence(sentence: string, about: string) {
  expect(sentence, about).toMatch(/^[A-Z“][^\n]*([.?]|12)$/);
  expect(sentence, about).not.toMatch(
    /\b(expected|received|string|array|regex|undefined|null|NaN|boolean|enum|zod)\b|[<>]=|→|Too (big|small)|Invalid/,
  );
  // A field as it is called in code: "documentId".
  expect(sentence.replaceAll(/\b(GitHub|macOS)\b/g, ""), about).not.toMatch(/\b[a-z]+[A-Z]/);
  expect(sentence.length, about).toBeLessThan(240);
}

describe("every limit of every input", () => {
  it.each(procedures)("of %s has a sentence", (name, procedure) => {
    for (const { schema, at } of inputsOf(procedure).flatMap((input) => [...within(input, [])])) {
      const broken = new Set<string>();
      for (const value of wrongValues(schema)) {
        const { error } = schema.safeParse(value);
        for (const issue of error?.issues ?? []) {
          broken.add(issue.code);
          const whole = { ...issue, path: [...at, ...issue.path] } as z.core.$ZodIssue;
          const isDerived = issue.message === inputSentence(issue);
          const about = `${name} ${whole.path.join(".")}`;
          expectSentence(isDerived ? inputSentence(whole) : issue.message, about);
        }
      }
      for (const { _zod } of defOf(schema).checks ?? []) {
        const { check } = _zod.def;
        const code = { max_length: "too_big", min_length: "too_small" }[check];
        if (code) expect(broken, `${name} ${at.join(".")}: ${check} was tried`).toContain(code);
      }
    }
  });

  it.each([
    ["labels.create", { name: "x".repeat(51) }, "The name is too long: use at most 50 characters."],
    ["tasks.create", { title: "" }, "The title can't be empty."],
    ["tasks.create", { estimate: 10_001 }, "The estimate is too large: use at most 10,000."],
    ["tasks.create", { dueDate: "soon" }, "The due date isn't valid."],
    ["tasks.create", { projectId: 7 }, "The project isn't valid."],
  ])("is said of %s with %j as people say it", (name, part, sentence) => {
    const issues = inputsOf(invariant(Object.fromEntries(procedures)[name], "a procedure")).flatMap(
      (input) => input.safeParse(part).error?.issues ?? [],
    );
    expect(issues.map(({ message }) => message)).toContain(sentence);
  });
});

describe("every reason", () => {
  const sources = ["..", "../../../apps/server"].flatMap((folder) => {
    const root = path.join(import.meta.dirname, folder, "src");
    return readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !/\.test\./.test(file))
      .map((file) => readFileSync(path.join(root, file), "utf8"));
  });
  const made =
    /(?:(?:refused|conflict)\(|new GuildhallError\(\s*"[A-Z_]+",|reason:)\s*"([a-z_]+)",\s*(?:message:\s*)?(["`])((?:\\.|(?!\2).)*)\2/gs;
  const refusals = sources.flatMap((text) =>
    [...text.matchAll(made)].map(([, reason = "", , sentence = ""]) => ({
      reason,
      sentence: sentence.replaceAll(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, "12"),
    })),
  );

  it("is found in the sources", () => {
    expect(new Set(refusals.map(({ reason }) => reason)).size).toBeGreaterThan(35);
  });

  it.each(refusals)("$reason has a sentence: $sentence", ({ reason, sentence }) => {
    expectSentence(sentence, reason);
    expect(sentence, reason).not.toMatch(/\b(somebody|may not|cannot|does not|is not|anew)\b/i);
  });
});
