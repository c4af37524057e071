import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState } from "react";
import { formatNumber } from "@/lib/locale.ts";
import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import type { Report } from "./import-report.tsx";
import { ProblemLine } from "./problem-line.tsx";

type Problem = Report["problems"][number];
type Kind = "all" | "skipped" | "note";

const kinds = [
  { value: "all", label: "All" },
  { value: "skipped", label: "Skipped" },
  { value: "note", label: "Notes" },
] as const;

type Props = {
  problems: readonly Problem[];
  /** All of them; the list has the first of them. */
  total: number;
};

/** Notes on this import, each with its place in the file. */
export function ProblemList({ problems, total }: Props) {
  const [kind, setKind] = useState<Kind>("all");
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = problems.filter(
    ({ severity, place, field, message }) =>
      (kind === "all" || severity === kind) &&
      `${place} ${field ?? ""} ${message}`.toLowerCase().includes(wanted),
  );
  return (
    <section aria-label="Notes on this import">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 className="mr-auto font-medium text-13">{formatCount(total, "note")}</h3>
        <SegmentedControl label="Show" value={kind} segments={kinds} onValueChange={setKind} />
        <div className="w-44">
          <TextField
            label="Search notes"
            hideLabel
            type="search"
            placeholder="Search…"
            value={query}
            onValueChange={setQuery}
          />
        </div>
      </div>
      <Rows problems={shown} />
      {total > problems.length && (
        <p className="mt-1.5 text-12 text-muted">
          The first {formatNumber(problems.length)} are listed.
        </p>
      )}
    </section>
  );
}

function Rows({ problems }: { problems: readonly Problem[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: problems.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 37,
    overscan: 12,
  });
  if (problems.length === 0) {
    return <p className="rounded-panel border px-3 py-4 text-13 text-muted">No matching notes.</p>;
  }
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
      tabIndex={0}
      aria-label="Notes"
      className="max-h-80 overflow-y-auto rounded-panel border"
    >
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => {
          const problem = problems[item.index];
          return (
            problem && (
              <li
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                className="absolute inset-x-0 flex items-start gap-3 border-b px-3 py-2"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <ProblemLine problem={problem} />
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}
