import { parse } from "yaml";

/** `frontMatter`: what stood between the `---` lines, letter for letter; null without such lines. */
export function splitFrontMatter(source: string): { frontMatter: string | null; body: string } {
  const found = /^---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n|$)/.exec(source);
  if (!found) return { frontMatter: null, body: source };
  return { frontMatter: found[1] ?? "", body: source.slice(found[0].length) };
}

export function joinFrontMatter(frontMatter: string | null, body: string): string {
  if (frontMatter === null) return body;
  const block = frontMatter === "" ? "---\n---\n" : `---\n${frontMatter}\n---\n`;
  return body ? `${block}\n${body}` : block;
}

/** Its `title`. `isValid`: templates of other programs stand in front matter, and are no YAML. */
export function readTitle(frontMatter: string): { title: string | null; isValid: boolean } {
  try {
    const fields: unknown = parse(frontMatter, { maxAliasCount: 10, logLevel: "error" });
    const isRecord = typeof fields === "object" && fields !== null && !Array.isArray(fields);
    const title = isRecord && "title" in fields ? fields.title : null;
    const isText = typeof title === "string" || typeof title === "number";
    return { title: isText ? String(title) : null, isValid: isRecord || fields === null };
  } catch {
    return { title: null, isValid: false };
  }
}
