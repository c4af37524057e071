import { type Queryable, schema } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { id } from "../../core/text.ts";
import type { ConflictChoices } from "./compare-fields.ts";
import { conflictFields } from "./imported-fields.ts";

const { imports } = schema;

const MOST_CHOICES = 5_000;
const take = z.enum(["here", "file"]);

/**
 * What becomes of fields that were changed both here and in the file since the last import. Whatever
 * is not named stays as it is here, and is shown again by the next import of it.
 */
export const conflictsInput = z.object({
  /**
   * The dry run in whose report the person saw them: what was changed here after it was started stays
   * as it is here, whatever was chosen.
   */
  previewId: id.optional(),
  /** For all that `choices` does not name, those beyond the report's list too. */
  all: take.optional(),
  /** Field by field, as the report's `conflicts` name them. */
  choices: z
    .array(z.object({ taskId: id, field: z.enum(conflictFields), take }))
    .max(MOST_CHOICES)
    .optional(),
});

export type ConflictsInput = z.output<typeof conflictsInput>;

type Import = Pick<typeof imports.$inferSelect, "conflicts"> & { projectId: string };

export async function readChoices(
  q: Queryable,
  { projectId, conflicts }: Import,
): Promise<ConflictChoices> {
  const { previewId, all = null, choices = [] } = conflictsInput.parse(conflicts ?? {});
  const named = new Map(choices.map((choice) => [`${choice.taskId} ${choice.field}`, choice.take]));
  const [preview] = previewId
    ? await q
        .select({ at: imports.createdAt })
        .from(imports)
        .where(and(eq(imports.id, previewId), eq(imports.projectId, projectId)))
    : [];
  return {
    of: (taskId, field) => named.get(`${taskId} ${field}`) ?? all,
    seenAt: preview?.at ?? null,
  };
}
