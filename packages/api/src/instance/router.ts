import { z } from "zod";
import { confirmedMutation } from "../auth/confirmation.ts";
import type { ActorContext } from "../core/context.ts";
import { isAdministrator, requireAdministrator } from "../core/rights/administrators.ts";
import { awaitsServerFactor } from "../core/rights/second-factor.ts";
import {
  type InstanceSettings,
  instanceSettings,
  settingNames,
} from "../core/settings/settings.ts";
import { id } from "../core/text.ts";
import { authed, personally, personalMutation, router } from "../core/trpc.ts";
import { accountFilters, accountOrders, listAccounts } from "./accounts.ts";
import { appointOwner, listCandidates } from "./appoint-owner.ts";
import {
  deactivateAccount,
  endAccountSessions,
  reactivateAccount,
  resetAccountFactors,
  sendAccountReset,
  setAdministrator,
} from "./change-account.ts";
import { changeSettings } from "./change-settings.ts";
import { deleteAnyWorkspace, restoreAnyWorkspace } from "./delete-workspaces.ts";
import { listFailingJobs, retryJobs } from "./failing-jobs.ts";
import { readHealth, readLastBackup } from "./health.ts";
import { checkProvider, listProviders } from "./providers.ts";
import { tryMail } from "./try-mail.ts";
import { listAllWorkspaces, workspaceFilters, workspaceOrders } from "./workspaces.ts";

const account = z.object({ userId: id });
const workspace = z.object({ workspaceId: id });
const job = z.object({ queue: z.string().max(100), id: z.string().max(100) });
/** What is looked for in a list, and where its next page begins. */
const page = {
  text: z.string().max(200).optional(),
  cursor: id.optional(),
  limit: z.number().int().min(1).max(200).default(50),
};

/** What was given is checked by the setting's own row; built from entries, its type has lost the names. */
const settingsPatch = z.object(
  Object.fromEntries(settingNames.map((name) => [name, instanceSettings[name].schema.optional()])),
) as unknown as z.ZodType<Partial<InstanceSettings>>;

const asAdministrator = personally.use(async ({ ctx, next }) => {
  await requireAdministrator(ctx.services.db, (ctx as ActorContext).actor.user.id);
  return next();
});

/** The server as a whole, for its administrators, signed in with a session. */
export const instanceRouter = router({
  /** Whether I administer this server, and whether it first wants a second factor of me. */
  access: authed.query(async ({ ctx }) => ({
    isAdministrator: await isAdministrator(ctx.services.db, ctx.actor.user.id),
    awaitsFactor: await awaitsServerFactor(ctx.services.db, ctx.actor.user.id),
  })),

  accounts: asAdministrator
    .input(
      z.object({
        ...page,
        filter: z.enum(accountFilters).default("all"),
        order: z.enum(accountOrders).default("created"),
      }),
    )
    .query(({ ctx, input }) => listAccounts(ctx.services.db, input)),

  /** Names and numbers; what is within is not for administrators. */
  workspaces: asAdministrator
    .input(
      z.object({
        ...page,
        filter: z.enum(workspaceFilters).default("all"),
        order: z.enum(workspaceOrders).default("size"),
      }),
    )
    .query(({ ctx, input }) => listAllWorkspaces(ctx.services.db, input)),

  /** Members of a workspace whose owners are all gone; of any other they are not for administrators. */
  ownerCandidates: asAdministrator
    .input(workspace)
    .query(({ ctx, input }) => listCandidates(ctx.services.db, input.workspaceId)),

  /** Makes one of them an owner, or without `userId` whoever asks. Its people are told. */
  appointOwner: personalMutation
    .input(workspace.extend({ userId: id.optional() }))
    .mutation(({ ctx, input: { workspaceId, userId } }) =>
      appointOwner(ctx, { workspaceId, ...(userId && { userId }) }),
    ),

  /** Its name has to be typed. For some days it can be restored; then all of it is erased. */
  deleteWorkspace: personalMutation
    .input(workspace.extend({ name: z.string().max(200) }))
    .mutation(({ ctx, input }) => deleteAnyWorkspace(ctx, input)),
  restoreWorkspace: personalMutation
    .input(workspace)
    .mutation(({ ctx, input }) => restoreAnyWorkspace(ctx, input)),

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
    lastBackup: await readLastBackup(ctx.services),
  })),

  /** What failed in the background and is not done since, the newest failure first; 100 at most. */
  failingJobs: asAdministrator.query(({ ctx }) => listFailingJobs(ctx.services.db)),
  /** One of them, or all. */
  retryJobs: personalMutation
    .input(z.object({ only: job.optional() }))
    .mutation(({ ctx, input }) => retryJobs(ctx, input)),

  /** As they are set, and how they are used; asks none of them. */
  providers: asAdministrator.query(({ ctx }) => listProviders(ctx.services)),
  /** Asks it now. */
  checkProvider: asAdministrator
    .input(z.object({ id: z.string().max(40) }))
    .query(({ ctx, input }) => checkProvider(ctx.services, input.id)),

  setSettings: personalMutation
    .input(z.object({ patch: settingsPatch }))
    .mutation(({ ctx, input }) => changeSettings(ctx, input.patch)),

  deactivate: personalMutation
    .input(account)
    .mutation(({ ctx, input }) => deactivateAccount(ctx, input)),
  reactivate: personalMutation
    .input(account)
    .mutation(({ ctx, input }) => reactivateAccount(ctx, input)),
  setAdministrator: confirmedMutation
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
