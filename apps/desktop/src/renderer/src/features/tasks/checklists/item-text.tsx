import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import type { ChecklistView, ItemView } from "@/entities/checklists/sync/checklist-view.ts";
import { cx } from "@/ui/format/cx.ts";
import { usePageHide } from "@/ui/layout/use-page-hide.ts";
import { useChecklistsParts } from "./checklists-context.ts";
import { linesOf, MOST_LETTERS } from "./lines.ts";
import { useItemCommands } from "./use-item-commands.ts";

type Props = { item: ItemView; list: ChecklistView; onNext: () => void };

/** Edited where it stands; leaving it saves, Escape takes back what was typed. */
export function ItemText({ item, list, onNext }: Props) {
  const { readOnly, mutations, caret } = useChecklistsParts();
  const commands = useItemCommands(item, list);
  const [typed, setTyped] = useState<string | null>(null);
  const isCancelled = useRef(false);
  const at = list.items.findIndex(({ id }) => id === item.id);

  function save() {
    const text = typed?.replace(/\s+/g, " ").trim();
    if (text && text !== item.text && !isCancelled.current) mutations.update(item, { text });
    isCancelled.current = false;
    setTyped(null);
  }
  usePageHide(save);

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const { key, currentTarget: field } = event;
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = goTo(key, field, { previous: list.items[at - 1]?.id, next: list.items[at + 1]?.id });
    if (key === "Enter") {
      event.preventDefault();
      onNext();
    } else if (key === "Backspace" && field.value === "") {
      event.preventDefault();
      isCancelled.current = true;
      commands.removeBackwards();
    } else if (key === "Escape") {
      event.preventDefault();
      isCancelled.current = true;
      field.blur();
    } else if (go) {
      event.preventDefault();
      caret.go(go === "end" ? { at: "new", id: list.id } : { at: "text", id: go });
    }
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const pasted = event.clipboardData.getData("text/plain");
    const field = event.currentTarget;
    if (!pasted.trim().includes("\n")) return;
    event.preventDefault();
    const [first, ...rest] = linesOf(pasted);
    const { value, selectionStart, selectionEnd } = field;
    const text = value.slice(0, selectionStart) + (first?.text ?? "") + value.slice(selectionEnd);
    setTyped(text.slice(0, MOST_LETTERS));
    const items = rest.map((line) => ({ id: uuidv7(), ...line }));
    const last = items.at(-1);
    if (!last) return;
    mutations.add(list, items, { after: item, before: list.items[at + 1] });
    caret.go({ at: "text", id: last.id });
  }

  const look = cx(
    "min-w-0 flex-1 py-1.5 text-13 leading-5",
    item.doneAt && "text-muted line-through",
  );
  if (readOnly) {
    return (
      <span dir="auto" className={cx(look, "break-words")}>
        {item.text}
      </span>
    );
  }
  return (
    <textarea
      dir="auto"
      data-caret={`text ${item.id}`}
      aria-label="Checklist item"
      aria-keyshortcuts="Control+Enter Alt+ArrowUp Alt+ArrowDown"
      rows={1}
      maxLength={MOST_LETTERS}
      value={typed ?? item.text}
      onChange={(event) => setTyped(event.target.value.replaceAll("\n", " "))}
      onBlur={save}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      className={cx(look, "field-sizing-content resize-none bg-transparent outline-none")}
    />
  );
}

type Beside = { previous: string | undefined; next: string | undefined };

/** Up from the beginning of a text, down from its end; within a long one the caret moves as ever. */
function goTo(key: string, field: HTMLTextAreaElement, { previous, next }: Beside) {
  const isOneLine = field.clientHeight < 40;
  if (key === "ArrowUp" && (isOneLine || field.selectionEnd === 0)) return previous;
  const isAtEnd = field.selectionStart === field.value.length;
  if (key === "ArrowDown" && (isOneLine || isAtEnd)) return next ?? "end";
  return undefined;
}
