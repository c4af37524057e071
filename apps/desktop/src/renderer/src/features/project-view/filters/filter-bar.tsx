import { Search, X } from "lucide-react";
import { useEffect, useState } from "react";
import { isFiltering, noFilter } from "@/features/project-view/query/task-filter.ts";
import { useView } from "@/features/project-view/view/view-context.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Facets } from "./facets.tsx";

/** One line under the header: what is searched for, what it is narrowed by, how much is left. */
export function FilterBar({ autoFocus }: { autoFocus: boolean }) {
  const { search, change, shown, total } = useView();
  return (
    <search
      aria-label="Filter tasks"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-1 border-b px-3 py-1"
    >
      <TextFilter
        value={search.text}
        autoFocus={autoFocus}
        onValueChange={(text) => change({ text })}
      />
      <Facets />
      <span className="ml-auto px-1 text-12 text-faint tabular-nums" aria-live="polite">
        {shown.length} of {total}
      </span>
      {isFiltering(search) && (
        <Button
          variant="ghost"
          size="small"
          icon={<X size={12} />}
          onClick={() => change(noFilter)}
        >
          <span className="@max-4xl/main:sr-only">Clear all</span>
        </Button>
      )}
    </search>
  );
}

type TextProps = { value: string; onValueChange: (text: string) => void; autoFocus: boolean };

/** Letters show at once; the address, and with it the board, follows when the hand rests. */
const RESTS_MS = 120;

function TextFilter({ value, onValueChange, autoFocus }: TextProps) {
  const [typed, setTyped] = useState(value);
  const [given, setGiven] = useState(value);
  if (given !== value) {
    // Changed from outside: cleared, or gone back to.
    setGiven(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => {
      setGiven(typed);
      onValueChange(typed);
    }, RESTS_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onValueChange]);

  return (
    <label className="flex h-7 min-w-28 max-w-44 grow basis-28 items-center gap-1.5 rounded-control px-2 text-faint focus-within:outline-2 focus-within:outline-focus hover:bg-hover">
      <Search size={13} aria-hidden="true" />
      <input
        dir="auto"
        type="text"
        aria-label="Title or key"
        placeholder="Title or key"
        value={typed}
        // biome-ignore lint/a11y/noAutofocus: the bar was asked for in order to type here.
        autoFocus={autoFocus}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className="min-w-0 flex-1 bg-transparent text-13 text-ink outline-none"
      />
    </label>
  );
}
