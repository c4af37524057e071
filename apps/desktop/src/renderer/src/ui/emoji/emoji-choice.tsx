import { type KeyboardEvent, lazy, type ReactElement, Suspense, useRef, useState } from "react";
import { firstGrapheme } from "@/lib/locale.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Spinner } from "@/ui/icons/spinner.tsx";
import { Popover } from "@/ui/overlays/popover.tsx";
import { rememberEmoji } from "./recent-emoji.ts";

type Props = {
  /** The one there is, which can be removed. */
  current?: string | null;
  /** Null removes the current one. */
  onPick: (emoji: string | null) => void;
};

// The field is there at once: what is typed before all names have come is not lost.
const EmojiGrid = lazy(() => import("./emoji-grid.tsx"));

const COLUMNS = 8;
/** How far each key goes among the buttons, which stand in rows of as many. */
const steps: Record<string, number> = {
  ...{ ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS },
};

/** One of all emoji: found by an English word, walked through by the arrow keys, or typed or pasted as it is. */
export function EmojiChoice({ current = null, onPick }: Props) {
  const [query, setQuery] = useState("");
  const place = useRef<HTMLFieldSetElement>(null);
  const [first, setFirst] = useState<string | null>(null);
  const typed = firstEmoji(query);

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
    <fieldset ref={place} aria-label="Emoji" onKeyDown={walk} className="min-w-0">
      <div className="flex h-10 items-center gap-2 border-b px-3">
        <input
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={({ key }) => {
            const taken = typed ?? first;
            if (key === "Enter" && taken) pick(taken);
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
        <Suspense fallback={<Spinner />}>
          <EmojiGrid query={typed ? "" : query.trim()} onPick={pick} onFirst={setFirst} />
        </Suspense>
      </div>
    </fieldset>
  );
}

/** What was typed or pasted, when it is one: also flags and families, which are several characters in one. */
function firstEmoji(text: string): string | null {
  const first = firstGrapheme(text.trim());
  return first && /^\p{RGI_Emoji}$/v.test(first) ? first : null;
}

type PopoverProps = Props & { label: string; trigger: ReactElement };

/** The same behind a button. */
export function EmojiPopover({ label, trigger, current, onPick }: PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover label={label} open={isOpen} onOpenChange={setOpen} trigger={trigger}>
      <div className="w-76 max-w-[calc(100vw-24px)]">
        <EmojiChoice
          current={current}
          onPick={(next) => {
            setOpen(false);
            onPick(next);
          }}
        />
      </div>
    </Popover>
  );
}
