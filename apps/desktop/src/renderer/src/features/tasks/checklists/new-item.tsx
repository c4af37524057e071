import { Plus } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useState } from "react";
import { uuidv7 } from "uuidv7";
import type { ChecklistView, ItemView } from "@/entities/checklists/sync/checklist-view.ts";
import { usePageHide } from "@/ui/layout/use-page-hide.ts";
import { useSettledCaret } from "./caret.ts";
import { useChecklistsParts } from "./checklists-context.ts";
import { type Line, linesOf, MOST_LETTERS } from "./lines.ts";

type Props = {
  list: ChecklistView;
  /** Directly behind this one; at the end without. */
  behind?: ItemView;
  /** The next one goes behind what was added last. */
  onAdded?: (id: string) => void;
  onLeave?: () => void;
};

/** Where the next item is written: Enter adds it, and the caret stays for the one after it. */
export function NewItem({ list, behind, onAdded, onLeave }: Props) {
  const { mutations, caret } = useChecklistsParts();
  useSettledCaret(caret);
  const [text, setText] = useState("");
  const after = behind ?? list.items.at(-1);
  const before = behind && list.items[list.items.indexOf(behind) + 1];

  function add(lines: readonly Line[]) {
    const items = lines.map((line) => ({ id: uuidv7(), ...line }));
    const last = items.at(-1);
    if (!last) return;
    mutations.add(list, items, { after, before });
    setText("");
    onAdded?.(last.id);
  }
  const addTyped = () => {
    const typed = text.replace(/\s+/g, " ").trim();
    if (typed) add([{ text: typed, isDone: false }]);
  };

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    const isEmpty = text === "";
    if (key === "Enter") {
      event.preventDefault();
      addTyped();
      if (isEmpty) onLeave?.();
    } else if (key === "Escape") {
      event.preventDefault();
      setText("");
      if (onLeave) onLeave();
      else event.currentTarget.blur();
    } else if (after && isEmpty && (key === "Backspace" || key === "ArrowUp")) {
      event.preventDefault();
      caret.go({ at: "text", id: after.id });
      onLeave?.();
    }
  }

  function onPaste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData("text/plain");
    if (!pasted.trim().includes("\n")) return;
    event.preventDefault();
    add(linesOf(text + pasted));
  }

  function leave() {
    addTyped();
    onLeave?.();
  }
  usePageHide(addTyped);

  return (
    <div className="-mx-1 flex h-8 items-center gap-2 rounded-control px-1 focus-within:bg-hover hover:bg-hover">
      <Plus size={14} className="ml-px shrink-0 text-faint" aria-hidden="true" />
      <input
        dir="auto"
        data-caret={`new ${behind?.id ?? list.id}`}
        aria-label={`New item in ${list.title}`}
        placeholder="Add an item…"
        maxLength={MOST_LETTERS}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={leave}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className="h-full min-w-0 flex-1 bg-transparent text-13 outline-none"
      />
    </div>
  );
}
