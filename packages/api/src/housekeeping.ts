/**
 * Clears away what nobody can use any more: ended sessions and links, answers kept for retries,
 * documents that were in the bin for long, most of the old versions of documents, what people were
 * told long ago, and changes so old that who still waits for them reads everything afresh.
 * Deleting twice is harmless, so every worker does it on its own, some hours apart.
 */
import { type Db, schema } from "@guildhall/db";
import { lt, or, sql } from "drizzle-orm";
import { forgetAudit } from "./audit/forget-audit.ts";
import { forgetChanges } from "./changes/forget-changes.ts";
import type { ApiConfig } from "./core/context.ts";
import type { SettingsCache } from "./core/settings/settings-cache.ts";
import { thinVersions } from "./document-versions/thin-versions.ts";
import { purgeOldDocuments } from "./documents/trash.ts";
import { clearNotifications } from "./notifications/clear-notifications.ts";

const { sessions, passwordResets, invitations, mutations } = schema;
const { providerSignIns, providerLinks, usedOnce } = schema;

const EVERY_MS = 6 * 60 * 60_000;

/** A laptop may come back after a long leave and send again what was applied already. */
const MUTATIONS_KEPT = sql`now() - interval '90 days'`;
const DOORS_KEPT = sql`now() - interval '30 days'`;

/** Returns how many rows went. */
export async function clearAway(db: Db): Promise<number> {
  const gone = await Promise.all([
    db.delete(sessions).where(lt(sessions.expiresAt, sql`now()`)),
    db.delete(passwordResets).where(lt(passwordResets.expiresAt, DOORS_KEPT)),
    db
      .delete(invitations)
      .where(or(lt(invitations.expiresAt, DOORS_KEPT), lt(invitations.revokedAt, DOORS_KEPT))),
    ...[providerSignIns, providerLinks, usedOnce].map((table) =>
      db.delete(table).where(lt(table.expiresAt, sql`now()`)),
    ),
    db.delete(mutations).where(lt(mutations.createdAt, MUTATIONS_KEPT)),
    purgeOldDocuments(db),
  ]);
  return gone.reduce((sum, { count }) => sum + count, 0);
}

type HousekeepingRules = {
  changesKeepDays: number;
  notificationsKept: ApiConfig["notificationsKept"];
  sweepFiles: () => Promise<unknown>;
  settings: Pick<SettingsCache, "read">;
  onError: (error: unknown) => void;
};

/** Now and then every six hours; returns the function that ends it. */
export function startHousekeeping(db: Db, rules: HousekeepingRules): () => Promise<void> {
  const { changesKeepDays, notificationsKept, sweepFiles, settings, onError } = rules;
  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    const forgetting = forgetChanges(db, { keepDays: changesKeepDays, until: stopping.signal });
    running = Promise.all([
      ...[clearAway(db), forgetting, thinVersions(db), sweepFiles()],
      settings.read().then(({ auditKeepDays }) => forgetAudit(db, auditKeepDays)),
      clearNotifications(db, notificationsKept),
    ]).catch(onError);
  };
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  run();
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await running;
  };
}
