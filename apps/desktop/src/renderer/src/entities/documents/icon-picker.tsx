import { type ReactNode, useState } from "react";
import { firstGrapheme } from "@/lib/locale.ts";
import { Button } from "@/ui/controls/button.tsx";
import { cx } from "@/ui/format/cx.ts";
import { Popover } from "@/ui/overlays/popover.tsx";
import { emojiGroups } from "./emoji.ts";

type Props = {
  icon: string | null;
  readOnly: boolean;
  /** What the button shows without one. */
  empty: ReactNode;
  onPick: (icon: string | null) => void;
};

/** One emoji for a document or folder. Found by an English word, or typed or pasted as it is. */
export function IconPicker({ icon, readOnly, empty, onPick }: Props) {
  const [isOpen, setOpen] = useState(false);
  if (readOnly) return <span className="px-1.5 text-28">{icon}</span>;
  return (
    <Popover
      label="Icon"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          aria-label={icon ? `Change icon ${icon}` : "Add icon"}
          className={cx(
            "rounded-control hover:bg-hover data-popup-open:bg-active",
            icon
              ? "px-1.5 py-0.5 text-28"
              : "h-7 opacity-0 transition-opacity focus-visible:opacity-100 group-focus-within/title:opacity-100 group-hover/title:opacity-100 data-popup-open:opacity-100 pointer-coarse:opacity-100",
          )}
        >
          {icon ?? empty}
        </button>
      }
    >
      <div className="w-76 max-w-[calc(100vw-24px)]">
        <EmojiChoice
          icon={icon}
          onPick={(next) => {
            setOpen(false);
            onPick(next);
          }}
        />
      </div>
    </Popover>
  );
}

/** The choice itself, for a popover or a dialog. */
export function EmojiChoice({ icon, onPick: pick }: Pick<Props, "icon" | "onPick">) {
  const [query, setQuery] = useState("");
  const words = query.trim().toLowerCase();
  const typed = firstEmoji(query);
  const groups = emojiGroups
    .map(({ name, emoji }) => ({
      name,
      emoji: emoji.filter(([, said]) => !words || typed || said.includes(words)),
    }))
    .filter(({ emoji }) => emoji.length > 0);

  return (
    <div>
      <div className="flex h-10 items-center gap-2 border-b px-3">
        <input
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            const first = typed ?? groups[0]?.emoji[0]?.[0];
            if (event.key === "Enter" && first) pick(first);
          }}
          placeholder="Search, or paste any emoji…"
          aria-label="Search emoji"
          className="min-w-0 flex-1 bg-transparent outline-none"
        />
        {icon && (
          <Button size="small" variant="ghost" onClick={() => pick(null)}>
            Remove
          </Button>
        )}
      </div>
      <div className="max-h-64 overflow-y-auto p-2">
        {groups.map(({ name, emoji }) => (
          <section key={name} aria-label={name}>
            <h3 className="popup-label px-1!">{name}</h3>
            <div className="grid grid-cols-8 gap-0.5">
              {emoji.map(([sign, said]) => (
                <button
                  key={sign}
                  type="button"
                  title={said}
                  aria-label={said}
                  onClick={() => pick(sign)}
                  className="grid h-8 place-items-center rounded-control text-20 hover:bg-hover"
                >
                  {sign}
                </button>
              ))}
            </div>
          </section>
        ))}
        {groups.length === 0 && <p className="px-1 py-2 text-muted">No matching emoji</p>}
      </div>
    </div>
  );
}

/** What was pasted, when it is one: also flags and families, which are several characters in one. */
function firstEmoji(text: string): string | null {
  const first = firstGrapheme(text.trim());
  return first && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(first) ? first : null;
}
