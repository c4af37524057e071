export type WikiPart =
  | { kind: "text"; text: string }
  | { kind: "code"; language: string; title: string | null; content: string };

/** `{code:js|title=a.js}`, `{noformat}`, and the fences of people who wrote Markdown into Jira. */
const TAG = /\{(code|noformat)(?::([^{}\n]{0,300}))?\}|^(```)([\w+#-]{0,30})[ \t]*$/gm;

/**
 * Cuts a page into code and the rest, before anything else looks at it: nothing in code is markup. A
 * tag that is never closed stays text.
 */
export function splitWikiCode(text: string): WikiPart[] {
  const tags = [...text.matchAll(TAG)].map((match) => ({
    name: match[1] ?? match[3] ?? "",
    options: match[2] ?? match[4] ?? "",
    start: match.index,
    end: match.index + match[0].length,
    closer: -1,
  }));
  const nextCloser = new Map<string, number>();
  for (const [index, tag] of [...tags.entries()].reverse()) {
    tag.closer = nextCloser.get(tag.name) ?? -1;
    if (tag.options === "") nextCloser.set(tag.name, index);
  }
  const parts: WikiPart[] = [];
  let from = 0;
  for (let index = 0; index < tags.length; index += 1) {
    const open = tags[index];
    const close = open === undefined ? undefined : tags[open.closer];
    if (open === undefined || close === undefined) continue;
    parts.push({ kind: "text", text: text.slice(from, open.start) });
    parts.push(codePart(open.options, text.slice(open.end, close.start)));
    from = close.end;
    index = open.closer;
  }
  parts.push({ kind: "text", text: text.slice(from) });
  return parts.filter((part) => part.kind === "code" || part.text !== "").map(trimSeam);
}

function codePart(options: string, content: string): WikiPart {
  const parts = options.split("|").map((part) => part.trim());
  const language = parts.find((part) => /^[\w+#.-]{1,30}$/.test(part)) ?? "";
  const title = parts
    .find((part) => part.startsWith("title="))
    ?.slice("title=".length)
    .trim();
  const trimmed = content.replace(/^[ \t]*\n/, "").trimEnd();
  return { kind: "code", language: language.toLowerCase(), title: title || null, content: trimmed };
}

/** The line end behind a closing tag belongs to the tag, not to a blank line of the text. */
function trimSeam(part: WikiPart, index: number, parts: WikiPart[]): WikiPart {
  if (part.kind === "code") return part;
  const afterCode = parts[index - 1]?.kind === "code";
  const beforeCode = parts[index + 1]?.kind === "code";
  let text = afterCode ? part.text.replace(/^[ \t]*\n/, "") : part.text;
  if (beforeCode && text.endsWith("\n")) text = text.slice(0, -1);
  return { kind: "text", text };
}
