import { schema, sqlState } from "@guildhall/db";
import { uuidv7 } from "uuidv7";
import { areaOf } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { idTaken } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { holdTree } from "./hold-tree.ts";
import { type Beside, loadPlace, rankAt } from "./place.ts";
import { readDocument } from "./queries.ts";

const { documents } = schema;

export type NewDocument = Beside & {
  id?: string;
  workspaceId: string;
  projectId?: string | null;
  parentId?: string | null;
  kind?: (typeof schema.documentKinds)[number];
  title?: string;
  icon?: string | null;
};

/** An empty document or folder, last unless said beside which, for editors of where it is to stand. */
export async function createDocument(ctx: MutationContext, input: NewDocument) {
  const userId = ctx.actor.user.id;
  const id = input.id ?? uuidv7();
  try {
    return await write(ctx, input.workspaceId, async (tx, record) => {
      // The parent stays where it is, and is not deleted, until this stands below it.
      await loadPlace(tx, userId, input);
      await holdTree(tx, input.workspaceId);
      const place = await loadPlace(tx, userId, input);
      const { title = "", icon = null, kind = "document" } = input;
      const rank = await rankAt(tx, place, input, id);
      const own = { id, kind, title, icon, rank, createdBy: userId, updatedBy: userId };
      await tx.insert(documents).values({ ...own, ...place });
      const row = await readDocument(tx, id);
      record({ entity: "document", id, op: "insert", row, within: areaOf(place) });
      return row;
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw idTaken(error);
  }
}
