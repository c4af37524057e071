import type { RouterInputs } from "@guildhall/api/client";
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
