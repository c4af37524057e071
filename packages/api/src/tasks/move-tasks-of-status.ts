import { schema, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import type { RecordChange } from "../core/feed/change.ts";
import { tickLinkedItems } from "./checklists/count-items.ts";
import { completion } from "./completion.ts";
import { recordTasks, touched } from "./touch.ts";

const { tasks } = schema;

/** Every task of one status goes to another, deleted ones too, keeping its rank. */
export async function moveTasksOfStatus(
  tx: Tx,
  record: RecordChange,
  fromId: string,
  to: { id: string; category: schema.StatusCategory },
) {
  const moved = await tx
    .update(tasks)
    .set({ statusId: to.id, ...completion(to.category), ...touched() })
    .where(eq(tasks.statusId, fromId))
    .returning({ id: tasks.id });
  const ids = moved.map(({ id }) => id);
  await recordTasks(tx, record, ids);
  await tickLinkedItems(tx, record, ids);
}
