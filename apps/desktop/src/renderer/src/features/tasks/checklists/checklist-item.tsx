import { GripVertical, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import type { ChecklistView, ItemView } from "@/entities/checklists/sync/checklist-view.ts";
import { Checkbox } from "@/ui/controls/checkbox.tsx";
import { cx } from "@/ui/format/cx.ts";
import { useSettledCaret } from "./caret.ts";
import { useChecklistsParts } from "./checklists-context.ts";
import { ItemExtras } from "./item-extras.tsx";
import { ItemText } from "./item-text.tsx";
import { LinkedTask } from "./linked-task.tsx";
import { useItemCommands } from "./use-item-commands.ts";
import { useItemDrag } from "./use-item-drag.ts";

type Props = {
  item: ItemView;
  list: ChecklistView;
  /** The next item is to be written directly behind this one. */
  onNext: () => void;
};

/** One thing to tick: a line of text, or the task that it has become. */
export function ChecklistItem({ item, list, onNext }: Props) {
  const { tasks, readOnly, caret } = useChecklistsParts();
  useSettledCaret(caret);
  const commands = useItemCommands(item, list);
  const row = useRef<HTMLLIElement>(null);
  const grip = useRef<HTMLSpanElement>(null);
  const drag = useItemDrag({ row, grip }, { item, list, enabled: !readOnly });
  const linked = item.linkedTaskId ? tasks.get(item.linkedTaskId) : undefined;

  function onKeyDown(event: KeyboardEvent) {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (readOnly || event.nativeEvent.isComposing) return;
    if (altKey && (key === "ArrowUp" || key === "ArrowDown")) {
      event.preventDefault();
      commands.shift(key === "ArrowUp" ? -1 : 1);
    } else if ((ctrlKey || metaKey) && key === "Enter" && !linked) {
      event.preventDefault();
      commands.tick(!item.doneAt);
    }
  }

  return (
    <li
      ref={row}
      onKeyDown={onKeyDown}
      className={cx(
        "group/item relative -mx-1 flex min-h-8 items-start gap-2 rounded-control px-1 focus-within:bg-hover hover:bg-hover",
        drag.state === "dragging" && "opacity-40",
        drag.state === "above" && "shadow-[0_-2px_0_var(--accent)]",
        drag.state === "below" && "shadow-[0_2px_0_var(--accent)]",
      )}
    >
      {!readOnly && (
        <span
          ref={grip}
          aria-hidden="true"
          className="absolute top-2 -left-3.5 flex h-4 w-3.5 cursor-grab text-faint opacity-0 group-hover/item:opacity-100 pointer-coarse:hidden"
        >
          <GripVertical size={14} />
        </span>
      )}
      {linked ? (
        <LinkedTask item={item} task={linked} commands={commands} />
      ) : (
        <>
          <span data-caret={`box ${item.id}`} className="flex h-8 items-center">
            <Checkbox
              label={`Mark as done: ${item.text}`}
              checked={item.doneAt !== null}
              disabled={readOnly}
              onCheckedChange={commands.tick}
            />
          </span>
          <ItemText item={item} list={list} onNext={onNext} />
          <ItemExtras item={item} commands={commands} />
        </>
      )}
      {item.edit?.state === "failed" && (
        <span
          role="alert"
          title={item.edit.message}
          className="flex h-8 items-center text-danger-ink"
        >
          <TriangleAlert size={13} aria-label={`Not saved: ${item.edit.message}`} />
        </span>
      )}
    </li>
  );
}
