import { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import { confirmedMutation } from "../auth/confirmation.ts";
import { loadProject, loadWorkspace } from "../core/access.ts";
import { refuseExport } from "../core/rights/may-export.ts";
import { id } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { snapshot } from "../core/write.ts";
import { OWN_EXPORT } from "./own/over-http.ts";
import { readTaskCsvRows } from "./read-task-csv-rows.ts";
import { tasksToCsv } from "./tasks-csv.ts";
import { workspaceExportPath } from "./workspace/over-http.ts";

export const exportsRouter = router({
  /** For who has just proved that it is them: where their own data is to be had (own/over-http.ts). */
  askForOwnData: confirmedMutation.mutation(() => ({ path: OWN_EXPORT })),

  /** The same of a whole workspace, for its owners (workspace/over-http.ts). */
  askForWorkspace: confirmedMutation
    .input(z.object({ workspaceId: id }))
    .mutation(async ({ ctx, input: { workspaceId } }) => {
      await loadWorkspace(ctx.services.db, ctx.actor.user.id, workspaceId, "owner");
      return { path: workspaceExportPath(workspaceId) };
    }),

  /** The tasks of a project as one CSV file, which `imports` reads again. */
  tasksCsv: authed
    .input(z.object({ projectId: id, archived: z.boolean().default(false) }))
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const userId = ctx.actor.user.id;
      // Before anything is given out, and not in its snapshot, which only reads.
      const { workspaceId, ...project } = await loadProject(db, userId, input.projectId, "viewer");
      await refuseExport(db, { workspaceId, projectId: input.projectId }, project.role);
      await recordAudit(db, ctx, {
        ...{ action: "tasks.exported", workspaceId, subject: project },
        after: { archived: input.archived },
      });
      return snapshot(db, async (tx) => {
        const { key } = await loadProject(tx, userId, input.projectId, "viewer");
        const content = tasksToCsv(await readTaskCsvRows(tx, input));
        return { name: `${key}-tasks-${new Date().toISOString().slice(0, 10)}.csv`, content };
      });
    }),
});
