import { formatWaiting } from "@/entities/imports/format-waiting.ts";
import type { TaskImportRow } from "@/entities/imports/import-row.ts";
import { formatNumber } from "@/lib/locale.ts";
import { formatCount } from "@/ui/format/format-count.ts";
import { ProgressBar } from "@/ui/layout/progress-bar.tsx";

type Props = { row: TaskImportRow | undefined; onCancel?: (() => void) | undefined };

/** How far the server is; it tells through the feed. */
export function ImportProgress({ row, onCancel }: Props) {
  const { state = "waiting", done = 0, total = 0, mode } = row ?? {};
  const label = {
    waiting: formatWaiting(row?.waitsFor),
    reading: "Reading files",
    writing: mode === "dry" ? "Comparing with existing tasks" : "Importing tasks",
    done: "Done",
    failed: "Stopped",
    cancelled: "Cancelled",
  }[state];
  const isCounted = state === "writing" && total > 0;
  return (
    <ProgressBar
      label={label}
      value={isCounted ? done / total : null}
      detail={isCounted ? `${formatNumber(done)} of ${formatCount(total, "task")}` : ""}
      onCancel={onCancel}
    />
  );
}
