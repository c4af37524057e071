/** Rows that one goes through with the keys: one Tab stop; arrows, or j and k, go from row to row. */
import { type ComponentProps, type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { cx } from "@/ui/format/cx.ts";
import { latinKey } from "@/ui/shortcuts/keys.ts";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { useRestoredScroll } from "./restored-scroll.ts";

type Options = {
  /** What scrolls here, among all that scrolls on this screen. */
  scroll: string;
  /** In the sheet of keys; `noun`: what a row is. */
  group: string;
  noun: string;
  ids: readonly string[];
  /** The row that is shown beside the list. */
  openId: string | null;
  /** One has come to it by a key. */
  onGo?: (id: string) => void;
  /** What a key does to the row that has the focus, by the key's name. */
  keys: Record<string, (id: string) => void>;
};

export type RowList = {
  grid: RefObject<HTMLDivElement | null>;
  currentId: string | undefined;
  setCurrentId: (id: string) => void;
  /** Focuses that row. */
  focus: (id: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

export function useRowList({ scroll, group, noun, ids, openId, onGo, keys }: Options): RowList {
  const grid = useRef<HTMLDivElement>(null);
  useRestoredScroll(grid, scroll);
  const [chosenId, setCurrentId] = useState<string | null>(null);
  const currentId = ids.find((id) => id === (chosenId ?? openId)) ?? ids[0];
  useShortcut({ keys: "j", label: `Next ${noun}`, group }, () => go(1));
  useShortcut({ keys: "k", label: `Previous ${noun}`, group }, () => go(-1));

  function focus(id: string) {
    grid.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus();
    setCurrentId(id);
  }

  function go(step: number) {
    const at = currentId === undefined ? -1 : ids.indexOf(currentId);
    const isEntering = !grid.current?.contains(document.activeElement);
    const next = ids[Math.max(0, Math.min(ids.length - 1, isEntering ? at : at + step))];
    if (next === undefined) return;
    focus(next);
    onGo?.(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    const isRow = (event.target as Element).matches("[data-row]");
    if (!isRow || currentId === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    const key = latinKey(event.nativeEvent);
    const step = steps[key];
    if (step) go(step);
    else if (keys[key]) keys[key](currentId);
    else return;
    event.preventDefault();
  }

  return { grid, currentId, setCurrentId, focus, onKeyDown };
}

type GridProps = {
  label: string;
  list: RowList;
  /** Some rows have others below them. */
  isTree?: boolean;
  children: React.ReactNode;
};

/** Its rows are opened, which a table's are not. */
export function RowGrid({ label, list, isTree = false, children }: GridProps) {
  const props = {
    ...{ ref: list.grid, tabIndex: -1, onKeyDown: list.onKeyDown, children },
    className: "min-h-0 flex-1 overflow-y-auto pb-6 outline-none",
  };
  return isTree ? (
    <div role="treegrid" aria-label={label} {...props} />
  ) : (
    // biome-ignore lint/a11y/useSemanticElements: see above.
    <div role="grid" aria-label={label} {...props} />
  );
}

type GroupProps = {
  name: string;
  count?: number;
  isUrgent?: boolean | undefined;
  children: React.ReactNode;
};

/** Rows under a name, which stays at the top while they are scrolled. */
export function RowGroup({ name, count, isUrgent, children }: GroupProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid.
    <div role="rowgroup" aria-label={name}>
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid. */}
      <div
        role="row"
        tabIndex={-1}
        className="sticky top-0 z-[1] flex h-9 items-center gap-2 border-b bg-inset px-4 text-13"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see the grid. */}
        <span role="rowheader" tabIndex={-1} className="flex items-center gap-2">
          <h2 className={cx("font-medium", isUrgent && "text-danger-ink")}>{name}</h2>
          {count !== undefined && <span className="text-12 text-muted tabular-nums">{count}</span>}
        </span>
      </div>
      {children}
    </div>
  );
}

type RowProps = Pick<ComponentProps<"div">, "className" | "children" | "aria-expanded"> & {
  id: string;
  list: RowList;
  /** Shown beside the list. */
  isOpen?: boolean;
  onOpen: () => void;
};

export function Row({ id, list, isOpen = false, onOpen, className, ...props }: RowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table has no rows that are opened.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it answers the keys.
    <div
      role="row"
      {...props}
      tabIndex={id === list.currentId ? 0 : -1}
      data-row={id}
      aria-selected={isOpen}
      onClick={() => {
        list.setCurrentId(id);
        onOpen();
      }}
      onFocus={() => list.setCurrentId(id)}
      className={cx(
        "cursor-default select-none text-13 focus-visible:-outline-offset-2",
        isOpen ? "bg-accent-soft" : "hover:bg-hover",
        className,
      )}
    />
  );
}

export function Cell(props: Pick<ComponentProps<"div">, "className" | "children" | "onClick">) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the row.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus goes from row to row.
    <div role="gridcell" {...props} />
  );
}
