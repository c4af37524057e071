import { z } from "zod";
import { loadProject } from "../core/access.ts";
import { id } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { snapshot } from "../core/write.ts";
import { readTaskCsvRows } from "./read-task-csv-rows.ts";
import { tasksToCsv } from "./tasks-csv.ts";

export const exportsRouter = router({
  /** The tasks of a project as one CSV file, which `imports` reads again. */
  tasksCsv: authed
    .input(z.object({ projectId: id, archived: z.boolean().default(false) }))
    .query(({ ctx, input }) =>
      snapshot(ctx.services.db, async (tx) => {
        const { key } = await loadProject(tx, ctx.actor.user.id, input.projectId, "viewer");
        const content = tasksToCsv(await readTaskCsvRows(tx, input));
        return { name: `${key}-tasks-${new Date().toISOString().slice(0, 10)}.csv`, content };
      }),
    ),
});
