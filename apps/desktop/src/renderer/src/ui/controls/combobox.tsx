import { Combobox as Base } from "@base-ui/react/combobox";
import { Check } from "lucide-react";
import { type ReactElement, type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { isSameName } from "@/lib/locale.ts";
import { Kbd } from "@/ui/shortcuts/kbd.tsx";

export type ComboboxOption = {
  id: string;
  label: string;
  icon?: ReactNode;
  /** Found by these too, e.g. an address beside the name. */
  keywords?: string;
};

type Common = {
  /** What is chosen here: "Assignees". Also the field's placeholder: "Assignees…". */
  label: string;
  options: readonly ComboboxOption[];
  /** The element that opens it; it shows what is chosen. */
  trigger: ReactElement;
  keys?: string;
  /** Controlled opening, so that a shortcut can open it. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Said below the list. */
  note?: string | undefined;
  /** Said when nothing fits what was typed. */
  emptyText?: string;
  /** Offers to make what was typed (a new label). */
  onCreate?: (name: string) => void;
  /** Shows no more than this many at once: of 10,000 tasks one types to find one. */
  limit?: number;
};

type Single = {
  multiple?: false;
  value: string | null;
  onValueChange: (id: string | null) => void;
};
type Multiple = {
  multiple: true;
  value: readonly string[];
  onValueChange: (ids: string[]) => void;
};

const createId = "new:";

/** One or several of many, found by typing: assignees, labels, status, priority. */
export function Combobox(props: Common & (Single | Multiple)) {
  const { label, options, trigger, keys, open, onOpenChange, emptyText, note, onCreate, limit } =
    props;
  const id = useId();
  const [query, setQuery] = useState("");
  const from = useRef<Element | null>(null);
  const popup = useRef<HTMLDivElement>(null);
  // Opened by a key, it gives the focus back to where the key was pressed, and not to the trigger.
  useLayoutEffect(() => {
    if (open) from.current = document.activeElement;
  }, [open]);
  const name = query.trim();
  const isNew = onCreate && name && !options.some((option) => isSameName(option.label, name));
  const items = isNew ? [...options, { id: createId + name, label: `Create “${name}”` }] : options;

  const chosen = props.multiple
    ? options.filter((option) => props.value.includes(option.id))
    : (options.find((option) => option.id === props.value) ?? null);

  function choose(next: ComboboxOption[] | ComboboxOption | null) {
    const list = Array.isArray(next) ? next : [next];
    if (onCreate && list.some((option) => option?.id === createId + name)) return onCreate(name);
    if (props.multiple) props.onValueChange(list.flatMap((option) => option?.id ?? []));
    else props.onValueChange(list[0]?.id ?? null);
  }

  return (
    <Base.Root
      items={items}
      multiple={props.multiple ?? false}
      value={chosen as ComboboxOption[] & ComboboxOption}
      onValueChange={choose}
      inputValue={query}
      onInputValueChange={setQuery}
      open={open}
      onOpenChange={onOpenChange}
      filter={(option: ComboboxOption, typed) =>
        option.id.startsWith(createId) || matches(option, typed)
      }
      isItemEqualToValue={(a: ComboboxOption, b: ComboboxOption) => a.id === b.id}
      itemToStringLabel={(option: ComboboxOption) => option.label}
      limit={limit}
      autoHighlight
    >
      {/* A combobox takes no name from its content, unless it is told that it is its own label. */}
      <span id={`${id}-label`} hidden>
        {label}
      </span>
      <Base.Trigger
        id={id}
        aria-labelledby={`${id}-label ${id}`}
        render={trigger}
        nativeButton
        onKeyDown={(event) => {
          // A letter is the app's shortcut; the closed trigger would choose by it unseen.
          if (event.key.length === 1 && event.key !== " ") event.preventBaseUIHandler();
        }}
      />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-40">
          <Base.Popup
            className="popup flex w-60 flex-col text-13"
            aria-label={label}
            ref={popup}
            finalFocus={() => {
              const { activeElement, body } = document;
              // Who has gone on by then is not fetched back.
              if (activeElement !== body && !popup.current?.contains(activeElement)) return false;
              return from.current instanceof HTMLElement ? from.current : true;
            }}
          >
            <div className="flex h-9 items-center gap-2 border-b px-3">
              <Base.Input
                dir="auto"
                placeholder={`${label}…`}
                aria-label={label}
                className="min-w-0 flex-1 bg-transparent outline-none"
              />
              {keys && <Kbd keys={keys} />}
            </div>
            <Base.Empty className="px-3 py-2.5 text-muted empty:hidden">
              {emptyText ?? "No matches"}
            </Base.Empty>
            <Base.List className="max-h-72 overflow-y-auto p-1 empty:hidden">
              {(option: ComboboxOption) => (
                <Base.Item key={option.id} value={option} className="popup-item">
                  {option.icon && (
                    <span className="grid min-w-4 place-items-center">{option.icon}</span>
                  )}
                  <span dir="auto" className="min-w-0 flex-1 truncate text-left">
                    {option.label}
                  </span>
                  <Base.ItemIndicator className="text-muted">
                    <Check size={14} />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
            {note && <p className="border-t px-3 py-2 text-12 text-muted">{note}</p>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Each word typed begins a word of the label or the keywords. */
function matches(option: ComboboxOption, typed: string): boolean {
  const words = `${option.label} ${option.keywords ?? ""}`.toLowerCase().split(/[\s@._-]+/);
  const wanted = typed
    .toLowerCase()
    .split(/[\s@._-]+/)
    .filter(Boolean);
  return wanted.every((part) => words.some((word) => word.startsWith(part)));
}
