/** For tests: inputs made from a procedure's zod schema, mostly right, sometimes broken anywhere. */
import fc from "fast-check";
import type { z } from "zod";

/** What the walk needs to know of a schema; zod keeps it in `_zod.def`. */
type Def = {
  type: string;
  format?: string;
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  element?: z.ZodType;
  in?: z.ZodType;
  left?: z.ZodType;
  right?: z.ZodType;
  options?: z.ZodType[];
  valueType?: z.ZodType;
  entries?: Record<string, string>;
  values?: unknown[];
};

export type Real = {
  /** Ids by the field that would hold them: `workspaceId`, `taskId`; `id` for the procedure's own. */
  ids: Record<string, string[]>;
  emails: string[];
};

const mostly = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight: number) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });

const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", " ", "\0", "\ud800", "%", "_", "\\", "'; drop table users; --", "𝕬‮", "APP-1"),
  fc.constantFrom(500, 501, 10_001, 200_001).map((n) => "x".repeat(n)),
);
/** What fits a text of this name; a title is anything. */
const fitting: Record<string, fc.Arbitrary<string>> = {
  key: fc.oneof(fc.stringMatching(/^[A-Z][A-Z0-9]{4}$/), fc.constant("K0000-1")),
  color: fc.constantFrom("#aabbcc", "#000000"),
  password: fc.constantFrom("correct horse", "long enough"),
  newPassword: fc.constantFrom("correct horse", "long enough"),
  currentPassword: fc.constant("correct horse"),
};
const words = fc.constantFrom("APP", "APP-1", "2026-02-30", "Hello", "100%");
const numbers = mostly(
  fc.integer({ min: 1, max: 50 }),
  fc.constantFrom(-1, 0, 0.5, 2 ** 31, 2 ** 53, 1e308, Number.NaN, Number.POSITIVE_INFINITY, -0),
  4,
);
const anything = fc.anything({ withDate: true, withMap: true, withBigInt: true, maxDepth: 2 });

/** `field` is the name under which the value will be sent. */
export function arbitraryOf(schema: z.ZodType, real: Real, field = ""): fc.Arbitrary<unknown> {
  // Of whatever kind it is: `Def` has what any of them may have.
  const right = rightValue(schema._zod.def as unknown as Def, real, field);
  return mostly(right, anything, 80);
}

function rightValue(def: Def, real: Real, field: string): fc.Arbitrary<unknown> {
  const of = (schema: z.ZodType | undefined, name = field) =>
    schema ? arbitraryOf(schema, real, name) : anything;
  switch (def.type) {
    case "object":
      return fc.record(
        Object.fromEntries(Object.entries(def.shape ?? {}).map(([name, s]) => [name, of(s, name)])),
        { requiredKeys: required(def.shape ?? {}) },
      );
    case "string":
      return text(def.format, real, field);
    case "number":
      return numbers;
    case "boolean":
      return fc.boolean();
    case "enum":
      return mostly(fc.constantFrom(...Object.values(def.entries ?? {})), fc.constant("no"), 15);
    case "literal":
      return fc.constantFrom(...(def.values ?? []));
    case "array":
      return mostly(
        fc.array(of(def.element), { maxLength: 4 }),
        of(def.element).map((one) => Array<unknown>(600).fill(one)),
        15,
      );
    case "record":
      return fc.dictionary(oddText, of(def.valueType), { maxKeys: 4 });
    case "union":
      return fc.oneof(...(def.options ?? []).map((o) => of(o)));
    case "intersection":
      return fc.tuple(of(def.left), of(def.right)).map(([a, b]) => Object.assign({}, a, b));
    case "pipe":
      return of(def.in);
    case "optional":
    case "default":
      return fc.option(of(def.innerType), { nil: undefined });
    case "nonoptional":
      return of(def.innerType);
    case "nullable":
      return fc.option(of(def.innerType), { nil: null });
    case "custom":
      return fc.oneof(oddText.map(asForm), fc.constant(new FormData()));
    case "date":
      return fc.date();
    case "undefined":
      return fc.constant(undefined);
    default:
      // A kind of schema that nobody taught the walk: better a red test than inputs that test nothing.
      throw new Error(`There is no arbitrary for the zod type “${def.type}”.`);
  }
}

const required = (shape: Record<string, z.ZodType>) =>
  Object.entries(shape).flatMap(([name, { _zod }]) =>
    _zod.def.type === "optional" || _zod.def.type === "default" ? [] : [name],
  );

function text(format: string | undefined, real: Real, field: string): fc.Arbitrary<unknown> {
  if (format === "uuid") return uuid(real, field);
  if (format === "email" || field === "email") {
    return mostly(fc.constantFrom(...real.emails), fc.emailAddress(), 3);
  }
  if (format === "date") {
    return fc.constantFrom("2026-11-22", "2026-11-23", "0000-01-01", "9999-12-31");
  }
  return mostly(fitting[field] ?? words, oddText, 12);
}

function uuid(real: Real, field: string) {
  const all = Object.values(real.ids).flat();
  const known = real.ids[field] ?? real.ids[`${field.replace(/s$/, "")}`];
  // An id of one's own making, or of a mutation, is a new one most of the time.
  const usual = known ? fc.constantFrom(...known) : fc.uuid({ version: 7 });
  return fc.oneof(
    { weight: 12, arbitrary: usual },
    { weight: 1, arbitrary: fc.constantFrom(...all) },
    { weight: 1, arbitrary: fc.uuid() },
  );
}

function asForm(content: string) {
  const form = new FormData();
  form.set("file", new File([content], "tasks.csv"));
  return form;
}
