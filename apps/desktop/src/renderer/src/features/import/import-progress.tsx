import { formatWaiting } from "@/entities/imports/format-waiting.ts";
import type { ImportRow } from "@/entities/imports/import-row.ts";
import { formatNumber } from "@/lib/locale.ts";
import { formatCount } from "@/ui/format/format-count.ts";
import { ProgressBar } from "@/ui/layout/progress-bar.tsx";

/** How far the server is; it tells through the feed. */
export function ImportProgress({ row }: { row: ImportRow | undefined }) {
  const { state = "waiting", done = 0, total = 0, mode } = row ?? {};
  const label = {
    waiting: formatWaiting(row?.waitsFor),
    reading: "Reading files",
    writing: mode === "dry" ? "Comparing with existing tasks" : "Importing tasks",
    done: "Done",
    failed: "Stopped",
  }[state];
  const isCounted = state === "writing" && total > 0;
  return (
    <ProgressBar
      label={label}
      value={isCounted ? done / total : null}
      detail={isCounted ? `${formatNumber(done)} of ${formatCount(total, "task")}` : ""}
    />
  );
}
