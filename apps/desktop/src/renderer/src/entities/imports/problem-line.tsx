import { shownName } from "@guildhall/api/client";
import { Badge } from "@/ui/icons/badge.tsx";
import type { Report } from "./import-report.tsx";

/** Its place and its words hold names out of files. */
export function ProblemLine({ problem }: { problem: Report["problems"][number] }) {
  const { field, message, severity } = problem;
  const place = shownName(problem.place);
  return (
    <>
      <span
        title={place}
        className="w-24 shrink-0 truncate text-12 text-muted tabular-nums leading-[18px] sm:w-36"
      >
        <bdi>{place}</bdi>
      </span>
      <span dir="auto" className="min-w-0 flex-1 break-words">
        {field && <span className="font-medium">{field}: </span>}
        {shownName(message)}
      </span>
      {severity === "skipped" && <Badge tone="warning">Skipped</Badge>}
    </>
  );
}
