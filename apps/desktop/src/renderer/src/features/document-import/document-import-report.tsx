import type { ImportRow } from "@/entities/imports/import-row.ts";
import { ProblemList } from "@/entities/imports/problem-list.tsx";
import { formatNumber } from "@/lib/locale.ts";

type Report = NonNullable<Extract<ImportRow, { kind: "documents" }>["report"]>;

/** What came, and file by file what was left out or is not as it was. */
export function DocumentImportReport({ report }: { report: Report }) {
  const { documents, folders, files, linksResolved, linksUnresolved, problemCount } = report;
  const facts: [string, number][] = [
    ["documents", documents],
    ["folders", folders],
    ["images and files", files],
    ["working links", linksResolved],
  ];
  return (
    <div className="grid gap-4">
      <dl className="grid grid-cols-2 overflow-hidden rounded-panel border sm:grid-cols-4 sm:divide-x">
        {facts.map(([label, count]) => (
          <div key={label} className="flex flex-col-reverse px-4 py-3">
            <dt className="text-12 text-muted">{label}</dt>
            <dd className="font-semibold text-20 tabular-nums">{formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
      {linksUnresolved > 0 && (
        <p className="text-13 text-muted">
          {linksUnresolved === 1
            ? "1 link points to something that wasn't in the import. It was left as is."
            : `${formatNumber(linksUnresolved)} links point to things that weren't in the import. They were left as is.`}
        </p>
      )}
      {problemCount > 0 ? (
        <ProblemList
          problems={report.problems.map(({ path, ...problem }) => ({
            ...problem,
            place: path,
            field: null,
          }))}
          total={problemCount}
        />
      ) : (
        <p className="text-13 text-muted">No problems found.</p>
      )}
    </div>
  );
}
