import { schema, sqlState } from "@guildhall/db";
import { type StarterKey, starters } from "@guildhall/document-model/starters";
import { uuidv7 } from "uuidv7";
import { scopeOf } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { idTaken } from "../core/errors.ts";
import { lockTree } from "../core/rights/lock-tree.ts";
import { write } from "../core/write.ts";
import { type Beside, loadPlace, rankAt } from "./place.ts";
import { readDocument } from "./queries.ts";

const { documents, documentUpdates } = schema;

/** What documents may hold is hundreds of modules: a server loads them with the first one from a starter. */
async function textOf(key: StarterKey) {
  const [{ writeDocument }, { readMarkdown }] = await Promise.all([
    import("@guildhall/document-model"),
    import("@guildhall/document-model/markdown"),
  ]);
  return writeDocument(readMarkdown(starters[key].markdown));
}

export type NewDocument = Beside & {
  id?: string;
  workspaceId: string;
  projectId?: string | null;
  parentId?: string | null;
  kind?: (typeof schema.documentKinds)[number];
  title?: string;
  icon?: string | null;
  starter?: StarterKey;
};

/** A document, empty or with the text of a starter, or a folder; last unless said beside which, for editors of where it is to stand. */
export async function createDocument(ctx: MutationContext, input: NewDocument) {
  const userId = ctx.actor.user.id;
  const id = input.id ?? uuidv7();
  const { title = "", icon = null, kind = "document" } = input;
  const update = kind === "document" && input.starter ? await textOf(input.starter) : null;
  try {
    return await write(ctx, input.workspaceId, async (tx, record) => {
      // The parent stays where it is, and is not deleted, until this stands below it.
      await loadPlace(tx, userId, input);
      await lockTree(tx, input.workspaceId);
      const place = await loadPlace(tx, userId, input);
      const rank = await rankAt(tx, place, input, id);
      const own = { id, kind, title, icon, rank, createdBy: userId, updatedBy: userId };
      await tx.insert(documents).values({ ...own, ...place, updateSeq: update ? 1 : 0 });
      // The text is the first update of its log.
      if (update) {
        const first = { documentId: id, seq: 1, id: uuidv7(), update, actorId: userId };
        await tx.insert(documentUpdates).values(first);
      }
      const row = await readDocument(tx, id);
      record({ entity: "document", id, op: "insert", row, scopeId: scopeOf(place) });
      return row;
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw idTaken(error);
  }
}
