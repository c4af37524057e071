import { z } from "zod";
import { confirmedMutation } from "../auth/confirmation.ts";
import type { ActorContext } from "../core/context.ts";
import { isAdministrator, requireAdministrator } from "../core/rights/administrators.ts";
import {
  type InstanceSettings,
  instanceSettings,
  settingNames,
} from "../core/settings/settings.ts";
import { id } from "../core/text.ts";
import { authed, personally, personalMutation, router } from "../core/trpc.ts";
import { accountFilters, listAccounts, listAllWorkspaces } from "./accounts.ts";
import {
  deactivateAccount,
  endAccountSessions,
  reactivateAccount,
  resetAccountFactors,
  sendAccountReset,
  setAdministrator,
} from "./change-account.ts";
import { changeSettings } from "./change-settings.ts";
import { readHealth } from "./health.ts";
import { tryMail } from "./try-mail.ts";

const account = z.object({ userId: id });

/** What was given is checked by the setting's own row. */
const settingsPatch = z.object(
  Object.fromEntries(settingNames.map((name) => [name, instanceSettings[name].schema.optional()])),
) as unknown as z.ZodType<Partial<InstanceSettings>>;

const asAdministrator = personally.use(async ({ ctx, next }) => {
  await requireAdministrator(ctx.services.db, (ctx as ActorContext).actor.user.id);
  return next();
});

/** The server as a whole, for its administrators, signed in with a session. */
export const instanceRouter = router({
  /** Whether I administer this server. */
  access: authed.query(async ({ ctx }) => ({
    isAdministrator: await isAdministrator(ctx.services.db, ctx.actor.user.id),
  })),

  accounts: asAdministrator
    .input(
      z.object({
        text: z.string().max(200).optional(),
        filter: z.enum(accountFilters).default("all"),
        cursor: id.optional(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(({ ctx, input }) => listAccounts(ctx.services.db, input)),

  workspaces: asAdministrator.query(({ ctx }) => listAllWorkspaces(ctx.services.db)),

  /** Those that hold; `fixed` names those that the environment sets. */
  settings: asAdministrator.query(async ({ ctx }) => ({
    settings: await ctx.services.settings.read(),
    fixed: Object.fromEntries(
      settingNames
        .filter((name) => ctx.services.settings.fixed[name] !== undefined)
        .map((name) => [name, instanceSettings[name].variable]),
    ),
    sendsMail: ctx.services.config.sendsMail,
  })),

  health: asAdministrator.query(async ({ ctx }) => ({
    parts: await readHealth(ctx.services),
    node: process.version,
  })),

  setSettings: personalMutation
    .input(z.object({ patch: settingsPatch }))
    .mutation(({ ctx, input }) => changeSettings(ctx, input.patch)),

  deactivate: personalMutation
    .input(account)
    .mutation(({ ctx, input }) => deactivateAccount(ctx, input)),
  reactivate: personalMutation
    .input(account)
    .mutation(({ ctx, input }) => reactivateAccount(ctx, input)),
  setAdministrator: personalMutation
    .input(account.extend({ isAdministrator: z.boolean() }))
    .mutation(({ ctx, input }) => setAdministrator(ctx, input)),
  endSessions: personalMutation
    .input(account)
    .mutation(({ ctx, input }) => endAccountSessions(ctx, input)),
  /** Removes all second factors of somebody who has lost them, and ends their sessions; they get a mail. */
  resetFactors: confirmedMutation
    .input(account)
    .mutation(({ ctx, input }) => resetAccountFactors(ctx, input)),
  sendReset: personalMutation
    .input(account)
    .mutation(({ ctx, input }) => sendAccountReset(ctx, input)),
  tryMail: personalMutation.mutation(({ ctx }) => tryMail(ctx)),
});
