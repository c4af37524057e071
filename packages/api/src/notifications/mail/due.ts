/**
 * Whom there is to mail: what waits for it is told together, some minutes after the first of it or in a
 * digest, by the clock where its person is, never in their quiet hours, and no more often than is bearable.
 */
import { type Queryable, schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";
import type { Services } from "../../core/context.ts";
import { instant, isQuiet, joinClock } from "../quiet-hours.ts";

const { notificationMails, notifications } = schema;

/** Mails to a person within an hour; what comes then is gathered. */
const MOST_AN_HOUR = 6;

type Asking = { services: Services; at: Date };

/** Not what its person has snoozed: that waits until it comes back. */
export const waits = (at: Date): SQL =>
  sql`mail_waits and (snoozed_until is null or snoozed_until <= ${instant(at)})`;

/** The last hour for a digest that was, each day or each Monday: as a day there, in hours. */
const lastDigest = (unit: "day" | "week"): SQL => sql`(date_trunc('${sql.raw(unit)}',
  here.clock - make_interval(hours => p.digest_hour)) + make_interval(hours => p.digest_hour))
  at time zone here.zone`;

/** People and workspaces; nobody to whom another mail is still on its way. */
export const due = ({ services, at }: Asking): SQL => sql`from (
    select user_id, workspace_id, min(greatest(created_at, snoozed_until)) as since
    from ${notifications} where ${waits(at)} group by user_id, workspace_id
  ) w ${joinClock(at)}
  where not ${isQuiet}
    and case p.mail_rhythm
      when 'daily' then w.since < ${lastDigest("day")}
      when 'weekly' then w.since < ${lastDigest("week")}
      else w.since <= ${instant(at)} - make_interval(mins => ${services.config.mailAfterMinutes}::int)
    end
    and not exists (select from ${notificationMails} m
      where m.user_id = w.user_id and m.state = 'waiting')
    and (select count(*) from ${notificationMails} m where m.user_id = w.user_id
      and m.created_at > ${instant(at)} - interval '1 hour' and m.state <> 'empty') < ${MOST_AN_HOUR}::int`;

/** Whom to make a mail for, and whose mail to send, now. */
export async function peopleToMail(services: Services, at = new Date()): Promise<string[]> {
  if (!services.config.sendsMail) return [];
  const rows = await services.db.execute<{ id: string }>(sql`
    select w.user_id as id ${due({ services, at })}
    union select user_id from ${notificationMails}
    where state = 'waiting' and next_try_at <= ${instant(at)}`);
  return rows.map(({ id }) => id);
}

/** What of a person is due in which workspace. */
export async function workspaceToMail(q: Queryable, asking: Asking & { userId: string }) {
  const [row] = await q.execute<{ id: string }>(sql`
    select w.workspace_id as id ${due(asking)} and w.user_id = ${asking.userId} limit 1`);
  return row?.id ?? null;
}
