import { schema, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import type { RecordChange } from "../core/feed/change.ts";
import { readMember } from "./queries.ts";

const { members } = schema;

/** What others see of a person has changed: told wherever they are a member. */
export async function recordPerson(tx: Tx, record: RecordChange, userId: string) {
  const places = await tx
    .select({ workspaceId: members.workspaceId })
    .from(members)
    .where(eq(members.userId, userId));
  for (const { workspaceId } of places) {
    const row = await readMember(tx, workspaceId, userId);
    record({ workspaceId, entity: "member", id: userId, op: "update", row });
  }
}
