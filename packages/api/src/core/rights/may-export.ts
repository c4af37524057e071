import { type Queryable, schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { mayAs, type WorkspaceRole } from "../access.ts";
import { roleTooLow } from "../errors.ts";

const { workspaces } = schema;

/** Of who sees it: whether their role in it is enough to take it out as a file, as the workspace has set. */
export async function refuseExport(q: Queryable, workspaceId: string, role: WorkspaceRole) {
  const [set] = await q
    .select({ least: workspaces.exporterRole })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  // Then everybody may who sees it, a guest of the workspace too.
  if (!set || set.least === "viewer" || mayAs(role, set.least)) return;
  throw roleTooLow(set.least);
}
