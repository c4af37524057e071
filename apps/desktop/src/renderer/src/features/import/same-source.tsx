import { CircleHelp } from "lucide-react";
import type { Report } from "@/entities/imports/import-report.tsx";
import { Button } from "@/ui/controls/button.tsx";
import { formatCount } from "@/ui/format/format-count.ts";

type Props = {
  other: NonNullable<Report["otherSource"]>;
  busy: boolean;
  onAnswer: (isSame: boolean) => void;
};

/** Asked before anything of another file's tasks could be overwritten. */
export function SameSource({ other, busy, onAnswer }: Props) {
  const { ids, examples, answer } = other;
  return (
    <section
      aria-label="Same source?"
      className="rounded-panel border border-warning-ink/30 bg-warning-soft px-3.5 py-3"
    >
      <div className="flex items-start gap-2.5">
        <CircleHelp size={16} className="mt-px shrink-0 text-warning-ink" aria-hidden="true" />
        <div className="min-w-0 flex-1">
          <h3 className="font-medium text-13">Is this file from the same source?</h3>
          <p className="mt-0.5 text-12 leading-[18px]">
            {formatCount(ids, "ID")} in it {ids === 1 ? "was" : "were"} seen in another file, for
            what
            {ids === 1 ? " looks like a different task" : " look like different tasks"}:
          </p>
          <ul className="mt-2 grid gap-1 text-12">
            {examples.map(({ key, here, file }) => (
              <li key={key} className="flex flex-wrap gap-x-2">
                <span className="text-muted tabular-nums">{key}</span>
                <span dir="auto" className="min-w-0 break-words">
                  <span className="text-muted">here</span> {here}
                </span>
                <span dir="auto" className="min-w-0 break-words">
                  <span className="text-muted">in the file</span> {file}
                </span>
              </li>
            ))}
          </ul>
          <div className="mt-3 flex flex-wrap gap-2">
            <Button
              size="small"
              busy={busy}
              aria-pressed={answer === "other"}
              variant={answer === "other" ? "primary" : "secondary"}
              onClick={() => onAnswer(false)}
            >
              No, add them as new tasks
            </Button>
            <Button
              size="small"
              busy={busy}
              aria-pressed={answer === "same"}
              variant={answer === "same" ? "primary" : "secondary"}
              onClick={() => onAnswer(true)}
            >
              Yes, update these tasks
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}
