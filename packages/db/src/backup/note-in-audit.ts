import type postgres from "postgres";

/** What a command did is in the audit log as the server's own doing. */
export const noteInAudit = (
  sql: postgres.ReservedSql,
  action: string,
  after: Record<string, number | string>,
) => sql`
  insert into audit_entries (id, action, credential, after)
  values (gen_random_uuid(), ${action}, 'system', ${JSON.stringify(after)}::text::jsonb)`;
