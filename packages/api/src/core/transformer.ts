/**
 * superjson, with a guard in front of what strangers send.
 *
 * superjson walks its input recursively and Postgres refuses NUL and silently changes lone
 * surrogates, so depth and text are checked once, here, before either sees them. The walk is
 * iterative: a frame nested 200,000 deep must not cost us the stack.
 */
import superjson from "superjson";
import { GuildhallError } from "./errors.ts";

const MAX_DEPTH = 32;

const badText = (what: string) =>
  new GuildhallError("BAD_REQUEST", "bad_text", `Nothing was changed: the text holds ${what}.`);

function checkText(text: string) {
  if (text.includes("\0")) throw badText("a NUL character");
  if (!text.isWellFormed()) throw badText("half of a surrogate pair (broken Unicode)");
}

export function guardInput(root: unknown) {
  const stack: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value, depth } = next;
    if (typeof value === "string") checkText(value);
    if (typeof value !== "object" || value === null) continue;
    if (depth >= MAX_DEPTH) {
      throw new GuildhallError(
        "BAD_REQUEST",
        "too_deep",
        `Nothing was changed: the input is nested deeper than ${MAX_DEPTH} levels.`,
      );
    }
    for (const [key, inner] of Object.entries(value)) {
      checkText(key);
      stack.push({ value: inner, depth: depth + 1 });
    }
  }
}

function readInput(raw: unknown): unknown {
  if (raw === undefined || raw === null) return raw;
  guardInput(raw);
  if (typeof raw !== "object" || !("json" in raw)) throw notSuperjson();
  try {
    return superjson.deserialize(raw as Parameters<typeof superjson.deserialize>[0]);
  } catch (cause) {
    throw notSuperjson(cause);
  }
}

const notSuperjson = (cause?: unknown) =>
  new GuildhallError(
    "BAD_REQUEST",
    "bad_encoding",
    'Nothing was changed: the input is not in superjson\'s form, { "json": … }.',
    cause,
  );

/** The server's side: reads guarded, writes as superjson does. */
export const transformer = {
  input: { serialize: superjson.serialize, deserialize: readInput },
  output: { serialize: superjson.serialize, deserialize: superjson.deserialize },
};
