/** Clears away what people were told long ago. */
import { type Db, schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";
import type { ApiConfig } from "../core/context.ts";

const { notificationMails, notifications } = schema;

/** Deleted in one transaction, so that it holds no lock for long. */
const BATCH = 2_000;
/** A mail says until when which notifications were in it, and how many there were within an hour. */
const MAIL_DAYS = 30;

/**
 * What is done goes after some days, and all else in the end. Who was named in a thing follows it by that:
 * of a mention what says so is kept for as long as the thing is, and is in no list. Returns how many went.
 */
export async function clearNotifications(
  db: Db,
  { doneDays, days }: ApiConfig["notificationsKept"],
) {
  const isOld = sql`(created_at < now() - make_interval(days => ${days}::int)
    or done_at < now() - make_interval(days => ${doneDays}::int))`;
  const names = sql`kind = 'mentioned' and cause not like '%/everyone'
    and (task_id is not null or document_id is not null)`;
  const gone = await inBatches((batch) =>
    db.execute(sql`delete from ${notifications} where id in (
      select id from ${notifications} where ${isOld} and not (${names}) limit ${batch})`),
  );
  const unlisted = await inBatches((batch) =>
    db.execute(sql`update ${notifications} set channels = '{}', mail_waits = false, push_waits = false
      where id in (
      select id from ${notifications}
      where ${isOld} and ${names} and channels <> '{}' limit ${batch})`),
  );
  await inBatches((batch) =>
    db.execute(sql`delete from ${notificationMails} where id in (
      select id from ${notificationMails} where state <> 'waiting'
        and created_at < now() - make_interval(days => ${MAIL_DAYS}::int) limit ${batch})`),
  );
  return gone + unlisted;
}

async function inBatches(run: (batch: SQL) => Promise<{ count: number }>): Promise<number> {
  let all = 0;
  for (;;) {
    const { count } = await run(sql.raw(String(BATCH)));
    all += count;
    if (count < BATCH) return all;
  }
}
