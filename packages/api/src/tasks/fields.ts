/** What a client may say about a task: made from the table, narrowed where the domain is narrower. */
import { schema } from "@guildhall/db";
import { createInsertSchema } from "drizzle-zod";
import { z } from "zod";
import { day, id, ids, line } from "../core/text.ts";

const table = createInsertSchema(schema.tasks, {
  title: line(500),
  description: z.string().max(200_000),
  dueDate: day.nullable(),
  estimate: z.number().min(0).max(10_000).nullable(),
  parentId: id.nullable(),
});

/** Every field that a person edits. All are optional: a patch changes what it names. */
export const taskPatch = table
  .pick({
    title: true,
    description: true,
    statusId: true,
    priority: true,
    dueDate: true,
    estimate: true,
    parentId: true,
  })
  .extend({
    priority: z.enum(schema.priorities),
    statusId: id,
    assigneeIds: ids(20),
    labelIds: ids(50),
    blockedByIds: ids(50),
  })
  .partial()
  .strict();

export type TaskPatch = z.infer<typeof taskPatch>;
