/**
 * What open sockets of a worker ask, all at once: are our sessions and tokens still good? One
 * statement for any number of them, with the rules of `sessions.ts` and `tokens.ts`.
 */
import { type Queryable, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";

const { accessTokens, sessions, users } = schema;

/** Ids as in `Actor.credential`. */
export type CredentialIds = { sessions: string[]; tokens: string[] };

/** Those that open nothing any more: ended, expired or revoked, or of an account that is deactivated or closed. */
export async function goneCredentials(q: Queryable, ids: CredentialIds): Promise<Set<string>> {
  const now = new Date().toISOString();
  const rows = await q.execute<{ id: string }>(sql`
    select id from unnest(${sql.param(ids.sessions)}::text[]) id where not exists (
      select from ${sessions} s join ${users} u on u.id = s.user_id and u.deactivated_at is null and u.closed_at is null
      where s.id = id.id and s.expires_at > ${now}::timestamptz)
    union all
    select id::text from unnest(${sql.param(ids.tokens)}::uuid[]) id where not exists (
      select from ${accessTokens} t join ${users} u on u.id = t.user_id and u.deactivated_at is null and u.closed_at is null
      where t.id = id.id and t.revoked_at is null and t.expires_at > ${now}::timestamptz)`);
  return new Set(rows.map((row) => row.id));
}

/** A socket in use keeps its session alive, as calls do: past half of its life it starts again. */
export async function renewSessions(
  q: Queryable,
  ids: string[],
  options: { minutes: number },
): Promise<void> {
  const life = options.minutes * 60_000;
  const now = Date.now();
  const at = (ms: number) => new Date(ms).toISOString();
  await q.execute(sql`
    update ${sessions} set expires_at = ${at(now + life)}
    where id = any(${sql.param(ids)}::text[])
      and expires_at > ${at(now)}::timestamptz and expires_at <= ${at(now + life / 2)}::timestamptz`);
}
