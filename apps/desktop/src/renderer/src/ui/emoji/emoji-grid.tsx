import { useEffect, useState } from "react";
import { type Emoji, emojiGroups, findEmoji, searchEmoji } from "./emoji.ts";
import { storedRecents } from "./recent-emoji.ts";

type Props = {
  /** What they are searched for; nothing: all of them, the last ones first. */
  query: string;
  onPick: (emoji: string) => void;
  /** Told of what Enter in the field takes. */
  onFirst: (emoji: string | null) => void;
};

/** The names of all emoji are read by who looks for one. */
export default function EmojiGrid({ query, onPick, onFirst }: Props) {
  const [recents] = useState(() => storedRecents().flatMap((sign) => findEmoji(sign) ?? []));
  const found = query ? searchEmoji(query) : emojiGroups;
  const groups =
    query || recents.length === 0 ? found : [{ name: "Recent", emoji: recents }, ...found];
  const first = groups[0]?.emoji[0]?.sign;

  useEffect(() => onFirst(first ?? null), [first, onFirst]);

  return (
    <>
      {groups.map(({ name, emoji }, i) => (
        <Group key={name} {...{ name, emoji }} isFirst={i === 0} onPick={onPick} />
      ))}
      {groups.length === 0 && <p className="px-1 py-2 text-muted">No matching emoji</p>}
    </>
  );
}

type GroupProps = {
  name: string;
  emoji: readonly Emoji[];
  isFirst: boolean;
  onPick: (emoji: string) => void;
};

function Group({ name, emoji, isFirst, onPick }: GroupProps) {
  return (
    // Hundreds of buttons that nobody sees are not laid out.
    <section
      aria-label={name}
      className="[content-visibility:auto] [contain-intrinsic-height:auto_400px]"
    >
      <h3 className="popup-label px-1!">{name}</h3>
      <div className="grid grid-cols-8 gap-0.5">
        {emoji.map(({ sign, name }, i) => (
          <button
            key={sign}
            type="button"
            data-emoji
            // One stop for Tab; the arrows go on from it.
            tabIndex={isFirst && i === 0 ? 0 : -1}
            title={name}
            aria-label={name}
            onClick={() => onPick(sign)}
            className="grid h-8 place-items-center rounded-control text-20 hover:bg-hover"
          >
            {sign}
          </button>
        ))}
      </div>
    </section>
  );
}
