import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { findIn, markFound, unmarkFound } from "./find-in-page.ts";

type Props = {
  /** Raised each time it is asked for: what is in the field is then typed over. */
  asked: number;
  onClose: () => void;
};

/** Finds in what the page shows. Only the desktop app has it: a browser has its own. */
export default function FindBar({ asked, onClose }: Props) {
  const bar = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState("");
  const [{ found, at }, setFound] = useState<{ found: Range[]; at: number }>({ found: [], at: 0 });
  // Where it was opened from; another place is another page.
  const [before] = useState(() => document.activeElement);

  // `asked` counts how often it was asked for: each time what is written is selected.
  useEffect(() => field.current?.select(), [asked]);
  useEffect(() => markFound(found, found[at]), [found, at]);
  useEffect(() => unmarkFound, []);

  function search(next: string) {
    setWords(next);
    setFound({ found: findIn(document.body, next, bar.current), at: 0 });
  }
  /** What the page shows may have changed since: it is searched again. */
  function go(by: 1 | -1) {
    const again = findIn(document.body, words, bar.current);
    const count = again.length;
    setFound({ found: again, at: count === 0 ? 0 : (at + by + count) % count });
  }
  function close() {
    onClose();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") close();
    else if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  const count = found.length === 0 ? "No results" : `${at + 1} of ${found.length}`;
  return (
    <search
      ref={bar}
      aria-label="Find in page"
      onKeyDown={onKeyDown}
      className="popup fixed top-2 right-4 z-40 flex items-center gap-1 p-1.5 text-13 print:hidden"
    >
      <input
        ref={field}
        type="text"
        // biome-ignore lint/a11y/noAutofocus: it was opened in order to type.
        autoFocus
        aria-label="Find in page"
        placeholder="Find in page"
        value={words}
        onChange={(event) => search(event.target.value)}
        className="h-7 w-48 rounded-control bg-transparent px-2 outline-none"
      />
      <span role="status" className="min-w-20 text-right text-12 text-muted tabular-nums">
        {words ? count : ""}
      </span>
      <IconButton
        label="Previous match"
        size="small"
        icon={<ChevronUp size={14} />}
        onClick={() => go(-1)}
      />
      <IconButton
        label="Next match"
        size="small"
        icon={<ChevronDown size={14} />}
        onClick={() => go(1)}
      />
      <IconButton label="Close" size="small" icon={<X size={14} />} onClick={close} />
    </search>
  );
}
