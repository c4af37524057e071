import type { ImportRow } from "@/entities/imports/import-row.ts";
import { ReportFrame } from "@/entities/imports/report-frame.tsx";
import { formatNumber } from "@/lib/locale.ts";

type Report = NonNullable<Extract<ImportRow, { kind: "documents" }>["report"]>;

/** What came, and file by file what was left out or is not as it was. */
export function DocumentImportReport({ report }: { report: Report }) {
  const { documents, folders, files, linksResolved, linksUnresolved, problemCount } = report;
  const facts = [
    ["documents", documents],
    ["folders", folders],
    ["images and files", files],
    ["working links", linksResolved],
  ] as const;
  const problems = report.problems.map(({ path, ...rest }) => ({
    ...rest,
    place: path,
    field: null,
  }));
  return (
    <ReportFrame facts={facts} problems={problems} total={problemCount}>
      {linksUnresolved > 0 && (
        <p className="text-13 text-muted">
          {linksUnresolved === 1
            ? "1 link points to something that wasn't in the import. It was left as is."
            : `${formatNumber(linksUnresolved)} links point to things that weren't in the import. They were left as is.`}
        </p>
      )}
    </ReportFrame>
  );
}
