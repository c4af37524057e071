import { schema } from "@guildhall/db";
import { and, asc, eq } from "drizzle-orm";
import type { Services } from "../core/context.ts";
import { write } from "../core/write.ts";
import { recordImport } from "./queries.ts";

const { imports } = schema;

/** Those behind them are told when they come closer. */
const MOST_TOLD = 50;

/** After an import has ended: whoever waits is told what they wait for now. */
export async function tellWaiting(services: Services): Promise<void> {
  const waiting = await services.db
    .select({ id: imports.id, workspaceId: imports.workspaceId })
    .from(imports)
    .where(eq(imports.state, "waiting"))
    .orderBy(asc(imports.createdAt))
    .limit(MOST_TOLD);
  for (const { id, workspaceId } of waiting) {
    await write(
      { services, actor: null, path: "imports.wait" },
      workspaceId,
      async (tx, record) => {
        // Locked, so that no news of its beginning comes before this.
        const still = await tx
          .select({ id: imports.id })
          .from(imports)
          .where(and(eq(imports.id, id), eq(imports.state, "waiting")))
          .for("update");
        if (still.length > 0) await recordImport(tx, record, id);
      },
    );
  }
}
