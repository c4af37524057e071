/** Nothing but comments of HTML, which no reader sees. */
export function isComment(source: unknown): boolean {
  const text = String(source ?? "").trim();
  // One that is not closed goes to the end; so each sign is looked at once, whatever is written.
  return text.startsWith("<!--") && text.replace(/<!--[\s\S]*?(?:-->|$)/g, "").trim() === "";
}
