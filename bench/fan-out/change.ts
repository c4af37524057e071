/** The change that is sent: a task as a board knows it, about 900 bytes with its envelope. */
import { type ChangeOf, rowOf } from "@guildhall/api/client";
import { uuidv7 } from "uuidv7";

export function makeChange(seq: number, extra = ""): ChangeOf<"task"> {
  const at = new Date();
  const id = uuidv7();
  return {
    seq,
    entity: "task",
    id,
    op: "update",
    row: {
      id,
      workspaceId: id,
      projectId: id,
      number: seq,
      key: `APP-${seq}`,
      ...rowOf({
        title: `Mend the lock of the north gate ${extra}`,
        statusId: id,
        assigneeIds: [id],
      }),
      rank: "a0",
      commentCount: 0,
      checklistTotal: 0,
      checklistDone: 0,
      version: seq,
      source: null,
      createdBy: id,
      createdAt: at,
      updatedAt: at,
      completedAt: null,
      archivedAt: null,
    },
    actorId: id,
    mutationId: id,
    at,
  };
}
