/** The few tags of HTML within a line that the model knows; others stay as they are. */

const markTags: Record<string, string> = {
  strong: "bold",
  b: "bold",
  em: "italic",
  i: "italic",
  del: "strike",
  s: "strike",
  mark: "highlight",
};
/** How a mark is written where Markdown's own signs would not be read again. */
export const tagOfMark: Record<string, string> = {
  bold: "strong",
  italic: "em",
  strike: "del",
  highlight: "mark",
};

export const isBreak = (html: string) => /^<br\s*\/?>$/i.test(html);

/** One tag of HTML; `attributes` as they are written, with the space before them. */
export function htmlTag(html: string) {
  const found = /^<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>$/i.exec(html);
  if (!found) return null;
  const [, slash, name = "", attributes = ""] = found;
  return { closing: slash === "/", name: name.toLowerCase(), attributes };
}

/** The mark that a tag stands for; `isTyped`: in what people type, where no tag is kept as it is. */
export const markOfTag = (name: string, isTyped: boolean): string | null =>
  markTags[name] ?? (isTyped ? (typedMarkTags[name] ?? null) : null);

const typedMarkTags: Record<string, string> = {
  strike: "strike",
  code: "code",
  tt: "code",
  kbd: "code",
  samp: "code",
};

const imageNames = new Set(["src", "alt", "title", "width"]);

/** The attributes of an `<img>` that says no more than an image of ours can. */
export function imageTag(html: string): Record<string, string> | null {
  const body = /^<img\s([^<>]*?)\s*\/?>$/i.exec(html.trim())?.[1];
  if (body === undefined) return null;
  const found: Record<string, string> = {};
  const rest = body.replace(/\s*([a-z]+)=(?:"([^"]*)"|'([^']*)')/gi, (_, name, double, single) => {
    found[String(name).toLowerCase()] = decodeEntities(double ?? single);
    return "";
  });
  const known = Object.keys(found).every((name) => imageNames.has(name));
  if (rest.trim() || !known || !found.src) return null;
  if (found.width !== undefined && !/^[1-9]\d{0,3}$/.test(found.width)) return null;
  return found;
}

export function writeImageTag(attrs: Record<string, unknown>): string {
  const parts = ["src", "alt", "title", "width"].flatMap((name) => {
    const value = attrs[name];
    return value == null || value === "" ? [] : [`${name}="${encodeEntities(String(value))}"`];
  });
  return `<img ${parts.join(" ")} />`;
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#10": "\n" };
const decodeEntities = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#10);/g, (_, name) => entities[name] ?? "");
const encodeEntities = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
