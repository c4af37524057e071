/** Who is named in a Markdown text: `[@Ann](guildhall:user/<id>)`, or `[@everyone](guildhall:everyone)`. */

const MENTION =
  /\]\(guildhall:(?:user\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(everyone))\)/gi;

/** How often each; so many people at most, as a text may be long. */
const MOST = 200;

export function mentionsIn(markdown: string): { people: Map<string, number>; everyone: boolean } {
  const people = new Map<string, number>();
  let everyone = false;
  for (const [, id, all] of markdown.matchAll(MENTION)) {
    if (all) everyone = true;
    const userId = id?.toLowerCase();
    if (userId && (people.has(userId) || people.size < MOST)) {
      people.set(userId, (people.get(userId) ?? 0) + 1);
    }
  }
  return { people, everyone };
}
