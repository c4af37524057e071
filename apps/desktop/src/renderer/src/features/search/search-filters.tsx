import { CalendarDays, CircleDashed, UserRound, X } from "lucide-react";
import { useAssigneesById } from "@/entities/groups/assignees.ts";
import { useEmails } from "@/entities/people/use-emails.ts";
import { projectColor } from "@/entities/projects/project-color.ts";
import {
  type Age,
  ages,
  nothingAsked,
  type SearchAddress,
  type SearchKind,
  searchKinds,
  searchStates,
} from "@/entities/search/search-params.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Facet } from "@/ui/controls/facet.tsx";
import { cx } from "@/ui/format/cx.ts";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";

const kindNames: Record<SearchKind, string> = {
  task: "Tasks",
  document: "Documents",
  comment: "Comments",
  file: "Files",
};
const ageNames: Record<Age, string> = {
  day: "Today",
  week: "Last 7 days",
  month: "Last 30 days",
  year: "Last year",
};
const stateNames = {
  open: "Open",
  completed: "Completed",
  cancelled: "Cancelled",
  archived: "Archived",
} as const;

type Props = {
  asked: SearchAddress;
  ask: (patch: Partial<SearchAddress>) => void;
  counts: Record<SearchKind, number> | null;
};

/** What is looked for among: a kind, with how many there are of each, and what narrows it down. */
export function SearchFilters({ asked, ask, counts }: Props) {
  const { text, ...filters } = asked;
  const isFiltering = Object.values(filters).some(Boolean);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-1">
      <fieldset aria-label="Type" className="flex flex-wrap gap-0.5">
        <KindButton isOn={asked.kind === null} onClick={() => ask({ kind: null })}>
          All
        </KindButton>
        {searchKinds.map((kind) => (
          <KindButton key={kind} isOn={asked.kind === kind} onClick={() => ask({ kind })}>
            {kindNames[kind]}
            {counts && <span className="text-faint tabular-nums">{short(counts[kind])}</span>}
          </KindButton>
        ))}
      </fieldset>
      <span className="mx-1 h-4 w-px bg-line max-sm:hidden" />
      <Facets asked={asked} ask={ask} />
      {isFiltering && (
        <Button
          variant="ghost"
          size="small"
          icon={<X size={12} />}
          onClick={() => ask({ ...nothingAsked, text })}
        >
          Clear
        </Button>
      )}
    </div>
  );
}

const short = (count: number) => (count > 999 ? "999+" : count);

type KindProps = { isOn: boolean; onClick: () => void; children: React.ReactNode };

const KindButton = ({ isOn, onClick, children }: KindProps) => (
  <button
    type="button"
    aria-pressed={isOn}
    onClick={onClick}
    className={cx(
      "inline-flex h-6 items-center gap-1.5 rounded-control px-2 font-medium text-12 transition-colors hover:bg-hover",
      isOn ? "bg-active text-ink" : "text-muted",
    )}
  >
    {children}
  </button>
);

function Facets({ asked, ask }: Omit<Props, "counts">) {
  const { projects } = useWorkspace();
  const people = useAssigneesById();
  const emails = useEmails();
  /** One at a time: what was chosen last. */
  const one = (ids: string[]) => ids.at(-1) ?? null;
  return (
    <>
      <Facet
        name="Project"
        icon={<LabelDot color="grey" />}
        value={asked.project ? [asked.project] : []}
        options={projects.map(({ id, key, name }) => ({
          id: key,
          label: name,
          keywords: key,
          icon: <LabelDot color={projectColor(id)} />,
        }))}
        onValueChange={(ids) => ask({ project: one(ids) })}
      />
      <Facet
        name="Person"
        icon={<UserRound size={13} />}
        value={asked.person ? [asked.person] : []}
        options={[...people.values()].map((person) => ({
          id: person.id,
          label: person.name,
          keywords: emails.get(person.id),
          icon: <Avatar person={person} size={20} decorative />,
        }))}
        onValueChange={(ids) => ask({ person: one(ids) })}
      />
      <Facet
        name="State"
        icon={<CircleDashed size={13} />}
        value={asked.state ? [asked.state] : []}
        options={searchStates.map((state) => ({ id: state, label: stateNames[state] }))}
        onValueChange={(ids) => ask({ state: one(ids) as SearchAddress["state"] })}
      />
      <Facet
        name="Changed"
        icon={<CalendarDays size={13} />}
        value={asked.changed ? [asked.changed] : []}
        options={(Object.keys(ages) as Age[]).map((age) => ({ id: age, label: ageNames[age] }))}
        onValueChange={(ids) => ask({ changed: one(ids) as SearchAddress["changed"] })}
      />
    </>
  );
}
