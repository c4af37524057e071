import fc from "fast-check";
import superjson, { type SuperJSONResult } from "superjson";
import { expect, test } from "vitest";
import { serialize } from "./serialize.ts";

const asRead = (written: SuperJSONResult) =>
  superjson.deserialize(JSON.parse(JSON.stringify(written)) as SuperJSONResult);

/** What superjson itself makes of a value, or nothing when it refuses it. */
function bySuperjson(value: unknown) {
  try {
    return { written: superjson.serialize(value) };
  } catch {
    return null;
  }
}

const date = fc.date({ noInvalidDate: false });
const leaf = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), date);
const { answer } = fc.letrec((tie) => ({
  answer: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.array(tie("answer"), { maxLength: 5 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie("answer"), { maxKeys: 5 }),
  ),
}));
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  withObjectString: true,
});

test.each([
  ["answers", answer],
  ["anything", anything],
])("%s read as what superjson would have written", (_, values) => {
  fc.assert(
    fc.property(values, (value) => {
      const expected = bySuperjson(value);
      fc.pre(expected !== null);
      expect(asRead(serialize(value))).toStrictEqual(asRead(expected.written));
    }),
    { numRuns: 2_000, seed: 20261122 },
  );
});

test("keys with dots, backslashes and names of their own come back as they were", () => {
  const at = new Date(0);
  const value = { "a.b": { c: at }, "d\\": at, "": { e: [at, [at]] }, "\\.": [{ f: at }], 0: at };
  expect(asRead(serialize(value))).toStrictEqual(value);
});

test("a list of rows is not copied, and says each Date once", () => {
  const row = { id: "1", title: "A", tags: ["x"], source: { key: null }, doneAt: null };
  const items = [
    { ...row, createdAt: new Date(1), doneAt: new Date(2) },
    { ...row, createdAt: new Date(3) },
  ];
  const written = serialize({ items, nextCursor: null });
  expect(written.json).toMatchObject({ items: [items[0], items[1]] });
  expect(written.meta).toEqual({
    values: {
      "items.0.createdAt": ["Date"],
      "items.0.doneAt": ["Date"],
      "items.1.createdAt": ["Date"],
    },
    v: 1,
  });
  expect(asRead(written)).toStrictEqual({ items, nextCursor: null });
});

test("a circle is left to superjson, which knows what to do with it", () => {
  const ring: Record<string, unknown> = { at: new Date(0) };
  ring.self = ring;
  expect(serialize(ring)).toEqual(superjson.serialize(ring));
});
