/** When nothing may interrupt a person, by the clock where they are. */
import { schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";

const { notificationPreferences, users } = schema;

export const instant = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;

/** To rows `w` with a user_id: their person's preferences `p`, and what time it is where they are, `here`. */
export const joinClock = (at: Date): SQL => sql`
  join ${users} reader on reader.id = w.user_id and reader.deactivated_at is null and reader.closed_at is null
  left join ${notificationPreferences} p on p.user_id = w.user_id
  cross join lateral (select coalesce(p.time_zone, 'UTC') as zone) z
  cross join lateral (select z.zone, ${instant(at)} at time zone z.zone as clock,
    to_char(${instant(at)} at time zone z.zone, 'HH24:MI') as time) here`;

/** Needs `joinClock`. */
export const isQuiet: SQL = sql`case
  when p.quiet_from is null then false
  when p.quiet_from <= p.quiet_to then here.time >= p.quiet_from and here.time < p.quiet_to
  else here.time >= p.quiet_from or here.time < p.quiet_to end`;
