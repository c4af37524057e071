import { type Queryable, schema, type Tx } from "@guildhall/db";
import { eq, sql } from "drizzle-orm";
import type { Services } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import { readSettings } from "../../core/settings/settings-cache.ts";

const { fileObjects } = schema;

/** What a workspace keeps, each thing once; `more` bytes are to come. */
export async function checkQuota(
  { settings }: Pick<Services, "settings">,
  q: Queryable,
  workspaceId: string,
  more: number,
): Promise<void> {
  const { workspaceFilesGb: most } = await readSettings(q, settings.fixed);
  if (most === null) return;
  const [kept] = await q
    .select({ bytes: sql<number>`coalesce(sum(${fileObjects.size}), 0)::float8` })
    .from(fileObjects)
    .where(eq(fileObjects.workspaceId, workspaceId));
  if ((kept?.bytes ?? 0) + more > most * 1e9) throw quotaExceeded(most);
}

/** The same with the row of a file: until it is committed nobody else of this workspace counts. */
export async function takeQuota(
  services: Pick<Services, "settings">,
  tx: Tx,
  workspaceId: string,
  more: number,
): Promise<void> {
  const { workspaceFilesGb } = await readSettings(tx, services.settings.fixed);
  if (workspaceFilesGb === null) return;
  const turn = sql`hashtextextended(${`quota:${workspaceId}`}, 0)`;
  await tx.execute(sql`select pg_advisory_xact_lock(${turn})`);
  await checkQuota(services, tx, workspaceId, more);
}

const quotaExceeded = (gb: number) =>
  refused(
    "quota_exceeded",
    `Nothing was uploaded: this workspace's files can take up to ${gb} GB. Delete some (they leave the bin after 30 days), or ask your administrator for more space.`,
  );
