/**
 * Where a JSON text goes wrong, and how deep it nests.
 *
 * JSON.parse alone is not enough: it recurses, so 200,000 brackets overflow the stack, and its
 * messages name no place when the text ends early or a token is foreign. This scan walks the text
 * once with its own stack of brackets and answers both questions before JSON.parse sees it.
 */

export type JsonFault =
  | { kind: "deep"; offset: number }
  | { kind: "ended"; offset: number; expected: string }
  | { kind: "foreign"; offset: number; expected: string };

type State = "value" | "first-value" | "first-key" | "key" | "colon" | "after";

const SPACE = /[\t\n\r ]*/y;
/** Anything from the blank on but the quote and the backslash: bare control characters are errors. */
const PLAIN_TEXT = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

const EXPECTED: Record<State, string> = {
  value: "a value",
  "first-value": "a value or “]”",
  "first-key": "a name in quotes or “}”",
  key: "a name in quotes",
  colon: "“:”",
  after: "“,” or the closing bracket",
};

/**
 * Reads whole values one after another. `ends` are the offsets behind each: some tools (`gh api
 * --paginate`) write one array per page into the same file.
 */
export function scanJson(
  text: string,
  maxDepth: number,
): { ends: number[]; fault: JsonFault | null } {
  const ends: number[] = [];
  let offset = skip(SPACE, text, 0);
  while (offset < text.length) {
    const result = scanValue(text, offset, maxDepth);
    if (typeof result !== "number") return { ends, fault: result };
    ends.push(result);
    offset = skip(SPACE, text, result);
  }
  return { ends, fault: null };
}

function scanValue(text: string, start: number, maxDepth: number): number | JsonFault {
  const closers: string[] = [];
  let state: State = "value";
  let offset = start;
  for (;;) {
    offset = skip(SPACE, text, offset);
    const char = text[offset];
    if (char === undefined) return { kind: "ended", offset, expected: EXPECTED[state] };
    const isKey: boolean = state === "key" || state === "first-key";
    const closes: boolean = state === "after" || state === "first-key" || state === "first-value";
    if (closes && char === closers.at(-1)) {
      closers.pop();
      offset += 1;
      state = "after";
    } else if (state === "after" && char === ",") {
      state = closers.at(-1) === "}" ? "key" : "value";
      offset += 1;
    } else if (state === "colon" && char === ":") {
      state = "value";
      offset += 1;
    } else if (isKey || state === "value" || state === "first-value") {
      if (!isKey && (char === "{" || char === "[")) {
        closers.push(char === "{" ? "}" : "]");
        if (closers.length > maxDepth) return { kind: "deep", offset };
        state = char === "{" ? "first-key" : "first-value";
        offset += 1;
        continue;
      }
      const end = scanScalar(text, offset, isKey);
      if (end === null) return scalarFault(text, offset, EXPECTED[state]);
      offset = end;
      state = isKey ? "colon" : "after";
    } else {
      return { kind: "foreign", offset, expected: EXPECTED[state] };
    }
    if (closers.length === 0 && state === "after") return offset;
  }
}

function scanScalar(text: string, offset: number, isKey: boolean): number | null {
  if (text[offset] === '"') {
    const stop = stringStop(text, offset);
    return text[stop] === '"' ? stop + 1 : null;
  }
  const end = skip(SCALAR, text, offset);
  return isKey || end === offset ? null : end;
}

/** The closing quote, or where the text breaks. A loop: one pattern for all overflows on 10 MB cells. */
function stringStop(text: string, open: number): number {
  let offset = open + 1;
  for (;;) {
    offset = skip(PLAIN_TEXT, text, offset);
    const end = skip(ESCAPE, text, offset);
    if (end === offset) return offset;
    offset = end;
  }
}

function scalarFault(text: string, offset: number, expected: string): JsonFault {
  if (text[offset] === '"') return stringFault(text, stringStop(text, offset));
  // A word cut off by the end of the file ("tru", "-") is a missing end, not a foreign word.
  const rest = text.slice(offset, offset + 20);
  const isStart = ["true", "false", "null"].some((word) => word.startsWith(rest));
  if (offset + rest.length === text.length && (isStart || /^-?[\d.eE+-]*$/.test(rest))) {
    return { kind: "ended", offset: text.length, expected: "the rest of a value" };
  }
  return { kind: "foreign", offset, expected };
}

function stringFault(text: string, stop: number): JsonFault {
  const rest = text.slice(stop, stop + 6);
  if (stop + rest.length === text.length && /^(?:\\(?:u[0-9a-fA-F]{0,3})?)?$/.test(rest)) {
    return { kind: "ended", offset: text.length, expected: "the closing quote of a text" };
  }
  const expected =
    text[stop] === "\\" ? "a valid escape such as \\n" : "the closing quote of a text";
  return { kind: "foreign", offset: stop, expected };
}

/** The end of what `pattern` (sticky) matches at `offset`; `offset` itself when nothing does. */
function skip(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}
