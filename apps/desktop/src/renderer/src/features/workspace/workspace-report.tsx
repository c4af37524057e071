import type { RouterOutputs } from "@guildhall/api/client";
import { roleNames } from "@/entities/people/format-role.ts";
import { formatDate, formatNumber } from "@/lib/locale.ts";
import { formatBytes } from "@/ui/format/format-count.ts";

type Row = Extract<RouterOutputs["imports"]["get"], { kind: "workspace" }>;
type Report = NonNullable<Row["report"]>;

/** What a file has, or what has come of it: people count it, and see who is who. */
export function WorkspaceReport({ report, isDone }: { report: Report; isDone: boolean }) {
  const { name, madeAt, counts, bytes, people, peopleCount, notes } = report;
  const former = people.filter((person) => person.as === "former");
  return (
    <section aria-label={isDone ? "Imported" : "In this file"} className="grid gap-3">
      <p className="text-14">
        <span className="font-medium">{name}</span>
        <span className="text-muted">
          , exported on {formatDate(new Date(madeAt), { dateStyle: "long" })}
        </span>
      </p>
      <dl className="grid grid-cols-2 rounded-panel border sm:grid-cols-4">
        {Object.entries(counts).map(([what, count]) => (
          <div key={what} className="flex flex-col-reverse px-3 py-2">
            <dt className="text-12 text-muted">{what}</dt>
            <dd className="font-semibold text-16 tabular-nums">{formatNumber(count)}</dd>
          </div>
        ))}
        <div className="flex flex-col-reverse px-3 py-2">
          <dt className="text-12 text-muted">of files</dt>
          <dd className="font-semibold text-16 tabular-nums">{formatBytes(bytes)}</dd>
        </div>
      </dl>
      {former.length > 0 && (
        <details className="text-13">
          <summary className="text-muted">
            {peopleCount - 1 === 1 ? "One other person" : `${peopleCount - 1} other people`} stay
            beside their work by name; invite them to let them in.
          </summary>
          <ul className="mt-2 grid gap-1">
            {former.map((person) => (
              <li key={`${person.email} ${person.name}`} className="flex justify-between gap-3">
                <span dir="auto" className="truncate">
                  {person.name} <span className="text-muted">{person.email}</span>
                </span>
                <span className="text-muted">{person.role && nameOfRole(person.role)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {notes.map((note) => (
        <p key={note} className="text-13 text-muted">
          {note}
        </p>
      ))}
    </section>
  );
}

const nameOfRole = (role: string) =>
  role in roleNames ? roleNames[role as keyof typeof roleNames] : role;
