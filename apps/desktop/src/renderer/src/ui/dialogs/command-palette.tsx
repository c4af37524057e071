import { Dialog as Base } from "@base-ui/react/dialog";
import { Command as Cmdk, useCommandState } from "cmdk";
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { Spinner } from "@/ui/icons/spinner.tsx";
import { Kbd } from "@/ui/shortcuts/kbd.tsx";
import { MarkedText } from "@/ui/text/marked-text.tsx";
import { useOpenings } from "./use-openings.ts";
import { useSearchResults } from "./use-search-results.ts";

export type PaletteCommand = {
  id: string;
  label: string;
  group: string;
  icon?: ReactNode;
  keys?: string;
  /** Other words people would type for it. */
  keywords?: string[];
  run: () => void;
};

type Marks = readonly (readonly [number, number])[];

export type PaletteResult = {
  id: string;
  label: string;
  /** The pieces of the label that were looked for. */
  marks?: Marks;
  /** A second line: what its text says. */
  snippet?: { text: string; marks: Marks };
  /** At the right, small: the task's key, the document's folder. */
  detail?: string;
  icon?: ReactNode;
  run: () => void;
};

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  commands: readonly PaletteCommand[];
  /** Asked a moment after typing stops; a newer question aborts the older one. */
  search?: (query: string, signal: AbortSignal) => Promise<PaletteResult[]>;
};

/** Going anywhere and doing anything, from one line. */
export function CommandPalette(props: Props) {
  const openings = useOpenings(props.open);
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Viewport className="fixed inset-0 z-30 px-4 pt-[14vh]">
          <Base.Popup
            aria-label="Command palette"
            className="popup mx-auto max-w-[620px] overflow-hidden"
          >
            <Palette key={openings} {...props} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

function Palette({ onOpenChange, commands, search }: Props) {
  const [query, setQuery] = useState("");
  const [marked, setMarked] = useState("");
  const { results, isSearching, failed } = useSearchResults(query, search);
  const groups = [...new Set(commands.map((command) => command.group))];
  const [isChosen, setChosen] = useState(false);
  const [isAwaited, setAwaited] = useState(false);

  function pick(run: () => void) {
    onOpenChange(false);
    run();
  }

  /** What is listed while the server searches answers an older question: Enter waits for its own. */
  function awaitAnswer(event: KeyboardEvent) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") return setChosen(true);
    if (event.key !== "Enter" || event.nativeEvent.isComposing || !isSearching || isChosen) return;
    if (commands.some(({ id }) => id === marked)) return;
    event.preventDefault();
    setAwaited(true);
  }

  const pickFirstFound = useEffectEvent(() => {
    setAwaited(false);
    if (results[0]) pick(results[0].run);
  });
  useEffect(() => {
    if (isAwaited && !isSearching) pickFirstFound();
  }, [isAwaited, isSearching]);

  return (
    <Cmdk
      label="Command palette"
      loop
      vimBindings={false}
      filter={fit}
      value={marked}
      onValueChange={setMarked}
      onKeyDown={awaitAnswer}
    >
      <MarkFirstFound first={results[0]?.id} onMark={setMarked} />
      <div className="flex h-12 items-center gap-3 border-b px-4">
        <Cmdk.Input
          dir="auto"
          value={query}
          onValueChange={(typed) => {
            setQuery(typed);
            setChosen(false);
            setAwaited(false);
          }}
          placeholder="Type a command or search…"
          className="min-w-0 flex-1 bg-transparent text-16 outline-none"
        />
        {isSearching && <Spinner />}
        <Kbd keys="escape" />
      </div>
      <Cmdk.List className="max-h-[min(420px,56vh)] scroll-py-2 overflow-y-auto p-1.5 text-13">
        {!isSearching && results.length === 0 && (
          <Cmdk.Empty className="px-3 py-6 text-center text-muted">
            {failed ? "Search is unavailable. Commands still work." : "No results"}
          </Cmdk.Empty>
        )}
        {groups.map((group) => (
          <Cmdk.Group key={group} heading={group} className={groupClass}>
            {commands
              .filter((command) => command.group === group)
              .map(({ id, label, icon, keys, keywords, run }) => (
                <Cmdk.Item
                  key={id}
                  value={id}
                  keywords={[label, ...(keywords ?? [])]}
                  onSelect={() => pick(run)}
                  className="popup-item min-h-9! px-2.5!"
                >
                  <span className="grid size-4 place-items-center text-muted" aria-hidden="true">
                    {icon}
                  </span>
                  <span className="min-w-0 flex-1 truncate">{label}</span>
                  {keys && <Kbd keys={keys} />}
                </Cmdk.Item>
              ))}
          </Cmdk.Group>
        ))}
        {results.length > 0 && (
          <Cmdk.Group heading="Results" forceMount className={groupClass}>
            {results.map(({ id, label, marks = [], snippet, detail, icon, run }) => (
              <Cmdk.Item
                key={id}
                value={id}
                // The server has already decided that it fits; the palette's own filter must not.
                forceMount
                onSelect={() => pick(run)}
                className="popup-item min-h-9! px-2.5!"
              >
                <span className="grid size-4 place-items-center text-muted" aria-hidden="true">
                  {icon}
                </span>
                <span className="min-w-0 flex-1">
                  <span dir="auto" className="block truncate">
                    <MarkedText text={label} marks={marks} />
                  </span>
                  {snippet && (
                    <span dir="auto" className="block truncate text-12 text-muted">
                      <MarkedText {...snippet} />
                    </span>
                  )}
                </span>
                {detail && (
                  <span className="max-w-[40%] shrink-0 truncate text-12 text-faint">{detail}</span>
                )}
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
        )}
      </Cmdk.List>
    </Cmdk>
  );
}

/**
 * Each word typed begins a word of the command: letters strewn over a long line, which cmdk takes
 * by itself, would let "sign out" open some settings. What begins as typed comes first.
 */
function fit(_id: string, typed: string, [label = "", ...others]: string[] = []): number {
  const words = [label, ...others].join(" ").toLowerCase().split(/\s+/);
  const wanted = typed.toLowerCase().trim();
  const fits = wanted.split(/\s+/).every((part) => words.some((word) => word.startsWith(part)));
  if (!fits) return 0;
  return label.toLowerCase().startsWith(wanted) ? 1 : 0.5;
}

/** Where no command fits, Enter is for what was found: that comes later, and cmdk marks it not by itself. */
function MarkFirstFound({ first, onMark }: { first?: string; onMark: (id: string) => void }) {
  const fitting = useCommandState((state) => state.filtered.count);
  useEffect(() => {
    if (fitting === 0 && first) onMark(first);
  }, [fitting, first, onMark]);
  return null;
}

const groupClass =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-faint";
