/**
 * superjson, with a guard in front of what strangers send.
 *
 * superjson walks its input recursively and Postgres refuses NUL and silently changes lone
 * surrogates, so depth and text are checked once, here, before either sees them. The walk is
 * iterative: a frame nested 200,000 deep must not cost us the stack.
 */
import superjson from "superjson";
import { refused } from "../errors.ts";
import { SocketTakeover } from "../socket.ts";
import { serialize } from "./serialize.ts";

const MAX_DEPTH = 32;

const badText = (what: string) =>
  refused("bad_text", `Nothing was changed: the text contains ${what}.`);

function checkText(text: string) {
  if (text.includes("\0")) throw badText("a NUL character");
  if (!text.isWellFormed()) throw badText("half of a surrogate pair (broken Unicode)");
}

function guardInput(root: unknown) {
  const stack: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value, depth } = next;
    if (typeof value === "string") checkText(value);
    if (typeof value !== "object" || value === null) continue;
    if (depth >= MAX_DEPTH) {
      throw refused(
        "too_deep",
        `Nothing was changed: the input is nested more than ${MAX_DEPTH} levels deep.`,
      );
    }
    for (const [key, inner] of Object.entries(value)) {
      checkText(key);
      stack.push({ value: inner, depth: depth + 1 });
    }
  }
}

/** What our inputs are made of beyond JSON. The others let a few bytes make 8 GB, or seconds of work. */
const KINDS = new Set<unknown>(["undefined", "Date", "number"]);

/**
 * The annotations of an input, when each is of a kind we take and names a value that is there:
 * superjson would also write past the end of a list and make one of four billion holes.
 */
function checkAnnotations(json: unknown, meta: unknown) {
  if (meta === undefined) return undefined;
  if (!isRecord(meta)) throw notSuperjson();
  const { values, v } = meta;
  if (values === undefined) return undefined;
  const byPath: [string, unknown][] = Array.isArray(values)
    ? [["", values]]
    : Object.entries(isRecord(values) ? values : { "": null });
  for (const [path, kinds] of byPath) {
    const known = Array.isArray(kinds) && kinds.length === 1 && KINDS.has(kinds[0]);
    if (!known || !leadsSomewhere(json, path)) throw notSuperjson();
  }
  return { values, v: v === 1 ? 1 : 0 } as Meta;
}

function leadsSomewhere(json: unknown, path: string): boolean {
  let at = json;
  for (const name of path === "" ? [] : path.split(".")) {
    if (!isRecord(at) || !Object.hasOwn(at, name)) return false;
    at = at[name];
  }
  return true;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

type Meta = NonNullable<Parameters<typeof superjson.deserialize>[0]["meta"]>;

function readInput(raw: unknown): unknown {
  if (raw === undefined || raw === null) return raw;
  guardInput(raw);
  if (!isRecord(raw) || !("json" in raw)) throw notSuperjson();
  const json = raw.json as Parameters<typeof superjson.deserialize>[0]["json"];
  // Which objects were one and the same at the client's is left out: both places have their copy.
  const meta = checkAnnotations(json, raw.meta);
  try {
    return superjson.deserialize(meta ? { json, meta } : { json });
  } catch (cause) {
    throw notSuperjson(cause);
  }
}

const notSuperjson = (cause?: unknown) =>
  refused(
    "bad_encoding",
    'Nothing was changed: the input is not in superjson\'s form, { "json": … }, or holds a kind of value that no procedure takes.',
    cause,
  );

/** A subscription's takeover goes to the socket's encoder as it is: live/socket-encoder.ts. */
const writeOutput = (value: unknown) =>
  value instanceof SocketTakeover ? value : serialize(value);

/** The server's side: reads guarded, writes what superjson reads. */
export const transformer = {
  input: { serialize: superjson.serialize, deserialize: readInput },
  output: { serialize: writeOutput, deserialize: superjson.deserialize },
};
