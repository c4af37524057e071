import { schema } from "@guildhall/db";
import { lt, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { MutationContext } from "../core/context.ts";
import { refused } from "../core/errors.ts";
import { requireAdministrator } from "../core/rights/administrators.ts";
import { demandOwnFactor, deriveAwaitsFactor, holdMembers } from "../core/rights/second-factor.ts";
import { isSame } from "../core/same.ts";
import {
  type InstanceSettings,
  type SettingName,
  settingNames,
  instanceSettings as table,
} from "../core/settings/settings.ts";
import { readSettings } from "../core/settings/settings-cache.ts";
import { write } from "../core/write.ts";

const { instanceSettings, sessions } = schema;

/** One that the environment sets is changed there alone. */
export async function changeSettings(ctx: MutationContext, patch: Partial<InstanceSettings>) {
  const { settings } = ctx.services;
  let concerned: string[] = [];
  const answer = await write(ctx, null, async (tx) => {
    await requireAdministrator(tx, ctx.actor.user.id);
    if (patch.secondFactorRequired) await demandOwnFactor(tx, ctx.actor.user.id);
    if (patch.secondFactorRequired !== undefined) await holdMembers(tx);
    const names = settingNames.filter((name) => patch[name] !== undefined);
    const fixed = names.find((name) => settings.fixed[name] !== undefined);
    if (fixed) throw setByEnvironment(fixed);
    await tx.insert(instanceSettings).values({ id: 1 }).onConflictDoNothing();
    await tx.select().from(instanceSettings).for("update");
    const before = await readSettings(tx, settings.fixed);
    if (names.length > 0) {
      const set = Object.fromEntries(names.map((name) => [name, patch[name]]));
      await tx.update(instanceSettings).set({ ...set, updatedAt: new Date() });
    }
    const after = await readSettings(tx, settings.fixed);
    const changed = names.filter((name) => !isSame(before[name], after[name]));
    if (changed.includes("sessionMinutes")) {
      // Whoever is signed in for longer than is now allowed is so for the new time.
      const until = sql`now() + make_interval(mins => ${after.sessionMinutes}::int)`;
      await tx.update(sessions).set({ expiresAt: until }).where(lt(until, sessions.expiresAt));
    }
    if (changed.includes("secondFactorRequired")) {
      concerned = await deriveAwaitsFactor(tx, sql`true`);
    }
    const of = (all: InstanceSettings) =>
      Object.fromEntries(changed.map((name) => [name, all[name]]));
    if (changed.length > 0) {
      await recordAudit(tx, ctx, {
        ...{ action: "settings.changed", before: of(before), after: of(after) },
      });
    }
    return after;
  });
  settings.changed();
  for (const userId of new Set(concerned)) ctx.services.signals.notifyUser(userId);
  return answer;
}

const setByEnvironment = (name: SettingName) =>
  refused(
    "bad_input",
    `Nothing was changed: this is set by the environment (${table[name].variable}). Change it there and restart.`,
  );
