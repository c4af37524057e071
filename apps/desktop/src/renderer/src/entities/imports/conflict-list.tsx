import { fieldLabels, priorityNames } from "@guildhall/api/client";
import { formatNumber } from "@/lib/locale.ts";
import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import type { ConflictField, ConflictPlan } from "./conflict-plan.ts";
import type { Report } from "./import-report.tsx";

export type Conflict = NonNullable<Report["conflicts"]>[number];

type Props = {
  conflicts: readonly Conflict[];
  /** All of them; the list has the first of them. */
  total: number;
  /** Without it they are shown as they were decided. */
  plan?: ConflictPlan;
};

const takes = [
  { value: "here", label: "Keep" },
  { value: "file", label: "Use file" },
] as const;

/** Fields that were changed both here and in the file since the last import, with both values. */
export function ConflictList({ conflicts, total, plan }: Props) {
  return (
    <section aria-label="Conflicting changes" className="rounded-panel border">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-3 py-2.5">
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="font-medium text-13">
            {formatCount(total, "field")} changed both here and in the file
          </h3>
          <p className="mt-0.5 text-12 text-muted">
            {plan
              ? "They keep their value here unless you choose the one from the file."
              : "What each of them has now is marked."}
          </p>
        </div>
        {plan && (
          <SegmentedControl
            label="All conflicting changes"
            value={plan.all ?? "mixed"}
            segments={[
              { value: "here", label: "Keep all" },
              { value: "file", label: "Use file for all" },
            ]}
            onValueChange={(next) => next !== "mixed" && plan.takeAll(next)}
          />
        )}
      </header>
      <ul className="max-h-96 divide-y overflow-y-auto">
        {conflicts.map((conflict) => (
          <Row key={`${conflict.taskId}.${conflict.field}`} conflict={conflict} plan={plan} />
        ))}
      </ul>
      {total > conflicts.length && (
        <p className="border-t px-3 py-2 text-12 text-muted">
          The first {formatNumber(conflicts.length)} are listed.
          {plan && " The choice for all of them covers the rest too."}
        </p>
      )}
    </section>
  );
}

function Row({ conflict, plan }: { conflict: Conflict; plan: ConflictPlan | undefined }) {
  const { key, title, field, here, file } = conflict;
  const take = plan?.of(conflict) ?? conflict.take;
  const name = fieldNames[field as ConflictField] ?? field;
  return (
    <li className="grid gap-2 px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="min-w-0 flex-1 basis-48 truncate text-13">
          <span className="text-muted tabular-nums">{key}</span>{" "}
          <span dir="auto" className="font-medium">
            {title}
          </span>
          <span className="text-muted"> · {name}</span>
        </p>
        {plan && (
          <SegmentedControl
            label={`${name} of ${key}`}
            value={take}
            segments={takes}
            onValueChange={(next) => plan.take(conflict, next)}
          />
        )}
      </div>
      <dl className="grid gap-2 sm:grid-cols-2">
        <Value label="Here" isTaken={take === "here"} value={words(field, here)} />
        <Value label="In the file" isTaken={take === "file"} value={words(field, file)} />
      </dl>
    </li>
  );
}

function Value({ label, value, isTaken }: { label: string; value: string; isTaken: boolean }) {
  return (
    <div
      className={`rounded-control border px-2.5 py-1.5 ${isTaken ? "border-accent bg-accent-soft" : ""}`}
    >
      <dt className="text-12 text-muted">
        {label}
        {isTaken && <span className="font-medium text-accent-ink"> · used</span>}
      </dt>
      <dd dir="auto" className="line-clamp-3 whitespace-pre-line break-words text-13">
        {value || <span className="text-muted">Empty</span>}
      </dd>
    </div>
  );
}

function words(field: string, value: string): string {
  const names: Record<string, string> = priorityNames;
  return field === "priority" ? (names[value] ?? value) : value;
}

const fieldNames: Record<ConflictField, string> = { ...fieldLabels, archivedAt: "Archived" };
