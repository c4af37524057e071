import { formatCount } from "@/ui/format/format-count.ts";
import type { ImportRow } from "./import-row.ts";

/** Why an import has not begun. */
export function formatWaiting(waitsFor: ImportRow["waitsFor"] | undefined): string {
  const { here = 0, elsewhere = false } = waitsFor ?? {};
  if (here > 0)
    return `Waiting for ${formatCount(here, "other import")} in this workspace to finish`;
  if (elsewhere) return "Waiting for imports in other workspaces to finish";
  return "Starting import";
}
