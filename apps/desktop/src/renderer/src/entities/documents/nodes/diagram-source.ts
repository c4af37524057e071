/** A diagram's text without what would change how it is drawn, or by what: only its words are its writer's. */
export function plainSource(text: string): string {
  const title = /^title:[ \t]*(.+)$/m.exec(frontMatter.exec(text)?.[1] ?? "")?.[1]?.trim();
  const words = withoutDirectives(text.replace(frontMatter, ""));
  return title ? `---\ntitle: ${JSON.stringify(title)}\n---\n${words}` : words;
}

const frontMatter = /^\s*---[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*---[ \t]*(?:\r?\n|$)/;

/** One that is not closed is a comment to its line's end; what is left must begin no other one. */
function withoutDirectives(text: string): string {
  let before = text;
  for (;;) {
    const after = before.replace(/%%\s*\{[\s\S]*?\}%%/g, "").replace(/%%(\s*)\{/g, "%% ");
    if (after === before) return after;
    before = after;
  }
}
