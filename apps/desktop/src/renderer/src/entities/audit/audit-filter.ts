import { auditActionNames, type RouterInputs } from "@guildhall/api/client";
import { parseDay } from "@/ui/format/format-time.ts";

type Input = RouterInputs["audit"]["list"];

/** As it is chosen; days are "yyyy-mm-dd", both included. */
export type AuditFilter = {
  personId: string | null;
  /** By the names of what was done. */
  done: NonNullable<Input["actions"]>;
  from: string | null;
  until: string | null;
};

export const noFilter: AuditFilter = { personId: null, done: [], from: null, until: null };
export const isEmptyFilter = ({ personId, done, from, until }: AuditFilter) =>
  !(personId || done.length > 0 || from || until);

/** Its names in the address. */
export const filterParams = ["person", "done", "from", "until"] as const;
type Params = Record<(typeof filterParams)[number], string | null>;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const dayIn = (text: string | null) =>
  text && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;

/** What an address says that nobody could have chosen here counts as not said. */
export function readFilter({ person, done, from, until }: Params): AuditFilter {
  const named = done?.split(",") ?? [];
  return {
    personId: person && ID.test(person) ? person : null,
    done: auditActionNames.filter((name) => named.includes(name)),
    from: dayIn(from),
    until: dayIn(until),
  };
}

export const writeFilter = ({ personId, done, from, until }: AuditFilter): Params => ({
  person: personId,
  done: done.length > 0 ? done.join(",") : null,
  from,
  until,
});

/** As it is asked: the days in the zone of who looks. */
export function askedOf({ personId, done, from, until }: AuditFilter) {
  return {
    ...(personId && { personId }),
    ...(done.length > 0 && { actions: done }),
    ...(from && { from: parseDay(from) }),
    ...(until && { until: dayAfter(parseDay(until)) }),
  };
}

const dayAfter = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1);
