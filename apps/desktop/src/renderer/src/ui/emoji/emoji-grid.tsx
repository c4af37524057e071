import { type KeyboardEvent, useRef, useState } from "react";
import { firstGrapheme } from "@/lib/locale.ts";
import { Button } from "@/ui/controls/button.tsx";
import { type Emoji, emojiGroups, searchEmoji } from "./emoji.ts";
import { rememberEmoji, storedRecents } from "./recent-emoji.ts";

type Props = { current: string | null; onPick: (emoji: string | null) => void };

const COLUMNS = 8;
/** How far each key goes among the buttons, which stand in rows of as many. */
const steps: Record<string, number> = {
  ...{ ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS },
};

/** Found by an English word, walked through by the arrow keys, or typed or pasted as it is. */
export default function EmojiGrid({ current, onPick }: Props) {
  const [query, setQuery] = useState("");
  const [recents] = useState(storedRecents);
  const place = useRef<HTMLFieldSetElement>(null);
  const typed = firstEmoji(query);
  const isSearch = query.trim() !== "" && !typed;
  const found = isSearch ? searchEmoji(query) : emojiGroups;
  const groups =
    isSearch || recents.length === 0 ? found : [{ name: "Recent", emoji: recents }, ...found];

  function pick(emoji: string) {
    rememberEmoji(emoji);
    onPick(emoji);
  }

  function walk(event: KeyboardEvent) {
    const step = steps[event.key];
    const isInField = event.target instanceof HTMLInputElement;
    if (step === undefined || (isInField && event.key !== "ArrowDown")) return;
    const buttons = [...(place.current?.querySelectorAll<HTMLElement>("[data-emoji]") ?? [])];
    const at = buttons.indexOf(event.target as HTMLElement);
    const next = isInField ? buttons[0] : buttons[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return (
    // The keys are those of the field and the buttons within.
    <fieldset ref={place} aria-label="Emoji" onKeyDown={walk} className="min-w-0">
      <div className="flex h-10 items-center gap-2 border-b px-3">
        <input
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            const first = typed ?? groups[0]?.emoji[0]?.sign;
            if (event.key === "Enter" && first) pick(first);
          }}
          placeholder="Search, or paste any emoji…"
          aria-label="Search emoji"
          className="min-w-0 flex-1 bg-transparent outline-none"
        />
        {current && (
          <Button size="small" variant="ghost" onClick={() => onPick(null)}>
            Remove
          </Button>
        )}
      </div>
      <div className="max-h-64 overflow-y-auto p-2">
        {groups.map(({ name, emoji }, i) => (
          <Group key={name} {...{ name, emoji }} isFirst={i === 0} onPick={pick} />
        ))}
        {groups.length === 0 && <p className="px-1 py-2 text-muted">No matching emoji</p>}
      </div>
    </fieldset>
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

/** What was pasted, when it is one: also flags and families, which are several characters in one. */
function firstEmoji(text: string): string | null {
  const first = firstGrapheme(text.trim());
  return first && /^\p{RGI_Emoji}$/v.test(first) ? first : null;
}
