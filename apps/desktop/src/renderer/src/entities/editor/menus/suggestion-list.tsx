import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { cx } from "@/ui/format/cx.ts";
import { Kbd } from "@/ui/shortcuts/kbd.tsx";

export type Suggested = {
  id: string;
  label: string;
  icon?: ReactNode;
  /** At the right: a task's key. */
  detail?: string;
  keys?: string;
  /** A heading above the first one of each. */
  group?: string;
};

type Props<Item extends Suggested> = {
  label: string;
  items: readonly Item[];
  isLoading: boolean;
  emptyText: string;
  onPick: (item: Item) => void;
  ref?: Ref<SuggestionKeys>;
};

export type SuggestionKeys = { onKeyDown(event: KeyboardEvent): boolean };

/** What can stand where the person is typing. The cursor stays in the text; arrows and Enter choose. */
export function SuggestionList<Item extends Suggested>(props: Props<Item>) {
  const { label, items, isLoading, emptyText, onPick, ref } = props;
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const index = Math.min(chosen, Math.max(0, items.length - 1));

  const known = items.map(({ id }) => id).join();
  // Another list begins at its first line.
  useEffect(() => setChosen(0), [known]);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: "nearest" });
  }, [index]);

  useImperativeHandle(ref, () => ({
    onKeyDown({ key }) {
      const item = items[index];
      if (items.length === 0 || !item) return false;
      if (key === "ArrowDown") setChosen((index + 1) % items.length);
      else if (key === "ArrowUp") setChosen((index - 1 + items.length) % items.length);
      else if (key === "Enter" || key === "Tab") onPick(item);
      else return false;
      return true;
    },
  }));

  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      className="popup max-h-80 w-72 max-w-[calc(100vw-24px)] overflow-y-auto p-1 text-13"
    >
      {items.map((item, at) => (
        <div key={item.id}>
          {item.group && item.group !== items[at - 1]?.group && (
            <div className="popup-label" role="presentation">
              {item.group}
            </div>
          )}
          {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text. */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the text passes its keys on. */}
          <div
            role="option"
            aria-selected={at === index}
            data-index={at}
            data-highlighted={at === index ? "" : undefined}
            onMouseMove={() => setChosen(at)}
            // Not to take the focus from the text.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(item)}
            className={cx("popup-item", at === index && "bg-active")}
          >
            {item.icon && (
              <span className="grid w-5 shrink-0 place-items-center text-muted" aria-hidden="true">
                {item.icon}
              </span>
            )}
            <span className="min-w-0 flex-1 truncate">{item.label}</span>
            {item.detail && <span className="shrink-0 text-12 text-faint">{item.detail}</span>}
            {item.keys && <Kbd keys={item.keys} variant="plain" />}
          </div>
        </div>
      ))}
      {items.length === 0 && (
        <p className="px-2 py-1.5 text-muted">{isLoading ? "Searching…" : emptyText}</p>
      )}
    </div>
  );
}
