/**
 * Who is named in a Markdown text: `[@Ann](guildhall:user/<id>)`, a group by `[@Design](guildhall:group/<id>)`,
 * or `[@everyone](guildhall:everyone)`.
 */
import { groupOfMention } from "@guildhall/document-model/text";
import type { Concern } from "./kinds.ts";

/** How the cause of a mention ends by which nobody is named by name. */
export const AS_ONE_OF_MANY = "/everyone";

const MENTION =
  /\]\(guildhall:(?:(user|group)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(everyone))\)/gi;

/** So many of each at most, as a text may be long. */
const MOST = 200;

export type Mentions = {
  /** By id, how often each. */
  people: Map<string, number>;
  groups: Map<string, number>;
  everyone: boolean;
};

export function mentionsIn(markdown: string): Mentions {
  const mentions: Mentions = { people: new Map(), groups: new Map(), everyone: false };
  for (const [, target, id, all] of markdown.matchAll(MENTION)) {
    if (all) mentions.everyone = true;
    if (!target || !id) continue;
    const named = target.toLowerCase() === "group" ? mentions.groups : mentions.people;
    const key = id.toLowerCase();
    if (named.has(key) || named.size < MOST) named.set(key, (named.get(key) ?? 0) + 1);
  }
  return mentions;
}

/** Of a document's mentions, as the model counts them: who is named by what stands for a person or a group. */
export function mentionsOf(counted: Record<string, number>): Mentions {
  const all = Object.entries(counted).map(
    ([key, times]) => [groupOfMention(key), key, times] as const,
  );
  return {
    people: new Map(all.flatMap(([group, key, times]) => (group ? [] : [[key, times]]))),
    groups: new Map(all.flatMap(([group, , times]) => (group ? [[group, times]] : []))),
    everyone: false,
  };
}

type Named = Concern & { cause: string };

/**
 * Whom a text names now and did not before: the n-th mention of somebody is told once. Who is named with
 * their group is so as one of many: who muted the thing hears nothing of it, nobody follows the thing by it,
 * and who is named by name as often is told of that alone.
 */
export function newlyNamed(id: string, now: Mentions, before: Mentions | null): Named[] {
  const more = (named: "people" | "groups") =>
    [...now[named]].filter(([who, times]) => times > (before?.[named].get(who) ?? 0));
  return [
    ...more("people").map(([userId, n]) => ({ people: [userId], cause: `${id}/${n}` })),
    ...more("groups").map(([groupId, n]) => ({
      people: [groupId],
      cause: `${id}/${n}${AS_ONE_OF_MANY}`,
      detail: groupId,
      authors: [...now.people].flatMap(([userId, times]) => (times >= n ? [userId] : [])),
    })),
    ...(now.everyone && !before?.everyone
      ? [{ people: "everyone" as const, cause: `${id}${AS_ONE_OF_MANY}` }]
      : []),
  ];
}
