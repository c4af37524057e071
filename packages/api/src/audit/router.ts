import { z } from "zod";
import { id, instant } from "../core/text.ts";
import { personally, router } from "../core/trpc.ts";
import { type AuditActionName, auditActionNames } from "./actions.ts";
import { authoriseAudit } from "./authorise-audit.ts";
import { followAudit } from "./follow-audit.ts";
import { readAudit, readAuditPeople } from "./read-audit.ts";

/** Null: the server's, for its administrators; else the workspace's, for its owners. */
const place = z.object({ workspaceId: id.nullable() });

export const auditFilter = z.object({
  personId: id.optional(),
  actions: z
    .array(z.enum(auditActionNames as [AuditActionName, ...AuditActionName[]]))
    .max(200)
    .optional(),
  from: instant.optional(),
  until: instant.optional(),
});

/** Who did what; with a session only, so that no script reads along. Exports: over-http.ts. */
export const auditRouter = router({
  list: personally
    .input(
      place.extend(auditFilter.shape).extend({
        cursor: z.string().max(100).optional(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(async ({ ctx, input: { workspaceId, ...page } }) => {
      await authoriseAudit(ctx, workspaceId);
      return readAudit(ctx.services.db, { workspaceId }, page);
    }),

  /** That there is something new in it, as it is written: the id of the newest entry. */
  onNew: personally
    .input(place)
    .subscription(({ ctx, input, signal }) =>
      followAudit(ctx, { ...input, signal: signal ?? new AbortController().signal }),
    ),

  people: personally.input(place).query(async ({ ctx, input }) => {
    await authoriseAudit(ctx, input.workspaceId);
    return readAuditPeople(ctx.services.db, input);
  }),
});
