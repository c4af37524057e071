/** All emoji there are, in Unicode's groups, each with its name and the words it is found by. */
import keywords from "emojilib/dist/emoji-en-US.json";
import groups from "unicode-emoji-json/data-by-group.json";

/** Words are in lower case; the first are its name. */
export type Emoji = { sign: string; name: string; words: string };
export type EmojiGroup = { name: string; emoji: readonly Emoji[] };

const keywordsOf = keywords as Record<string, readonly string[]>;

export const emojiGroups: readonly EmojiGroup[] = groups.map(({ name, emojis }) => ({
  name,
  emoji: emojis.map(({ emoji: sign, name }) => ({
    sign,
    name,
    words: [name, ...(keywordsOf[sign] ?? [])].join(" ").replaceAll("_", " ").toLowerCase(),
  })),
}));

const bySign = new Map(emojiGroups.flatMap(({ emoji }) => emoji.map((one) => [one.sign, one])));

export const findEmoji = (sign: string): Emoji | undefined => bySign.get(sign);

/** Those whose words begin with each of what was typed: "cat" finds no "location". */
export function searchEmoji(query: string): EmojiGroup[] {
  const parts = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ words }: Emoji) => parts.every((part) => ` ${words}`.includes(` ${part}`));
  return emojiGroups
    .map(({ name, emoji }) => ({ name, emoji: emoji.filter(fits) }))
    .filter(({ emoji }) => emoji.length > 0);
}
