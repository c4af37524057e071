import type { RouterInputs } from "@guildhall/api/client";
import { parseDay } from "@/ui/format/format-time.ts";

type Input = RouterInputs["audit"]["list"];

/** As it is chosen; days are "yyyy-mm-dd", both included. */
export type AuditFilter = {
  personId: string | null;
  actions: NonNullable<Input["actions"]>;
  from: string | null;
  until: string | null;
};

export const noFilter: AuditFilter = { personId: null, actions: [], from: null, until: null };

/** As it is asked: the days in the zone of who looks. */
export function askedOf({ personId, actions, from, until }: AuditFilter) {
  return {
    ...(personId && { personId }),
    ...(actions.length > 0 && { actions }),
    ...(from && { from: parseDay(from) }),
    ...(until && { until: dayAfter(parseDay(until)) }),
  };
}

const dayAfter = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1);
