import { type Db, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";

const { documentVersions } = schema;

/**
 * Keeps of the unnamed versions all of the last day, then the last of each hour for a week, of each
 * day for a year, and of each month. Who wrote in those that go is told by the one that stays.
 * Returns how many went.
 */
export async function thinVersions(db: Db): Promise<number> {
  const gone = await db.execute(sql`
    with placed as (
      select id, document_id, seq, started_at, author_ids, date_trunc(case
          when created_at > now() - interval '7 days' then 'hour'
          when created_at > now() - interval '1 year' then 'day'
          else 'month' end, created_at) as stretch
      from ${documentVersions}
      where name is null and created_at < now() - interval '1 day'
    ), ranked as (
      select *, first_value(id) over last_first as kept_id,
        count(*) over (partition by document_id, stretch) as many
      from placed
      window last_first as (partition by document_id, stretch order by seq desc)
    ), merged as (
      select kept_id, min(started_at) as started_at,
        array(select distinct unnest(string_to_array(string_agg(array_to_string(author_ids, ','), ','), ',')))::uuid[] as author_ids
      from ranked where many > 1 group by kept_id
    ), kept as (
      update ${documentVersions} v set author_ids = m.author_ids, started_at = m.started_at
      from merged m where v.id = m.kept_id
    )
    delete from ${documentVersions} v using ranked r
    where v.id = r.id and r.id <> r.kept_id returning v.id`);
  return gone.length;
}
