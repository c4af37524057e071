import { Activity, CalendarDays, CircleUserRound, X } from "lucide-react";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { DatePicker } from "@/ui/controls/date-picker.tsx";
import { Facet, FacetButton } from "@/ui/controls/facet.tsx";
import { formatDay, formatDueDate } from "@/ui/format/format-time.ts";
import { useToday } from "@/ui/format/use-today.ts";
import { type AuditFilter, isEmptyFilter, noFilter } from "./audit-filter.ts";
import { doneOptions } from "./audit-words.ts";

type Props = {
  workspaceId: string | null;
  filter: AuditFilter;
  onFilterChange: (filter: AuditFilter) => void;
};

export function AuditFilters({ workspaceId, filter, onFilterChange }: Props) {
  const { data: people = [] } = trpc.audit.people.useQuery({ workspaceId }, { staleTime: 0 });
  const set = (patch: Partial<AuditFilter>) => onFilterChange({ ...filter, ...patch });
  const today = formatDay(useToday());
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Facet
        name="Person"
        icon={<CircleUserRound size={13} aria-hidden="true" />}
        value={filter.personId ? [filter.personId] : []}
        options={people.map(({ id, name }) => ({ id, label: name }))}
        // One at a time: the last one counts.
        onValueChange={(ids) => set({ personId: ids.at(-1) ?? null })}
      />
      <Facet
        name="Action"
        icon={<Activity size={13} aria-hidden="true" />}
        value={filter.done}
        options={doneOptions(workspaceId)}
        onValueChange={(ids) => set({ done: ids as AuditFilter["done"] })}
      />
      <Day
        name="From"
        value={filter.from}
        to={filter.until ?? today}
        onChange={(from) => set({ from })}
      />
      <Day
        name="Until"
        value={filter.until}
        from={filter.from}
        to={today}
        onChange={(until) => set({ until })}
      />
      {!isEmptyFilter(filter) && (
        <Button
          variant="ghost"
          size="small"
          icon={<X size={12} />}
          onClick={() => onFilterChange(noFilter)}
        >
          Clear filters
        </Button>
      )}
    </div>
  );
}

type DayProps = {
  name: string;
  value: string | null;
  from?: string | null;
  to: string;
  onChange: (day: string | null) => void;
};

function Day({ name, value, from = null, to, onChange }: DayProps) {
  const now = useToday();
  return (
    <DatePicker
      label={name}
      value={value}
      from={from}
      to={to}
      onValueChange={onChange}
      trigger={
        <FacetButton isSet={value !== null}>
          <CalendarDays size={13} aria-hidden="true" />
          <span className={value ? "text-muted" : ""}>{name}</span>
          {value && formatDueDate(value, now)}
        </FacetButton>
      }
    />
  );
}
