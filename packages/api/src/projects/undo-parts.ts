/** Takes back what one did to a label or a status; that it was made or deleted is not among it. */
import { schema, type Tx } from "@guildhall/db";
import { and, asc, eq, ne, type SQL, sql } from "drizzle-orm";
import { generateKeyBetween } from "fractional-indexing";
import type { MutationContext } from "../core/context.ts";
import { invariant } from "../core/errors.ts";
import type { ChangeRows } from "../core/feed/change.ts";
import { type Undone, undoRow } from "../core/feed/undo-row.ts";
import { changePart, ofLabel, ofStatus, ofUndone, type Undo } from "./parts.ts";
import type { StatusRow } from "./queries.ts";

const { labels, statuses } = schema;

type Table = typeof labels | typeof statuses;
type PartKind<E extends "label" | "status"> = {
  entity: E;
  table: Table;
  fields: readonly (keyof ChangeRows[E])[];
};

const label: PartKind<"label"> = { entity: "label", table: labels, fields: ["name", "color"] };
const status: PartKind<"status"> = {
  entity: "status",
  table: statuses,
  fields: ["name", "category", "rank"],
};

export const undoLabel = (ctx: MutationContext, undo: Undo) => undoPart(ctx, label, undo);
export const undoStatus = (ctx: MutationContext, undo: Undo) => undoPart(ctx, status, undo);

function undoPart<E extends "label" | "status">(
  ctx: MutationContext,
  { entity, table, fields }: PartKind<E>,
  undo: Undo,
): Promise<Undone<E>> {
  const { id, of } = undo;
  const userId = ctx.actor.user.id;
  const part = ofUndone(entity === "label" ? ofLabel(id) : ofStatus(id), { ...undo, userId });
  return changePart(ctx, part, async (tx, { projectId, workspaceId, tell }) => {
    const find = async () => {
      const [row] = await tx.select().from(table).where(eq(table.id, id));
      return row as ChangeRows[E] | undefined;
    };
    const read = async () => invariant(await find(), "it was found, and its project is held");
    return undoRow<E, keyof ChangeRows[E]>(tx, {
      thing: { entity, id, workspaceId },
      by: { mutationId: of, actorId: userId },
      isDeleted: (await find()) === undefined,
      fields,
      read,
      async set(values) {
        const { free, taken } = await freeValues(tx, table, { ...values, id, projectId });
        if (Object.keys(free).length === 0) return taken;
        await tx.update(table).set(free).where(eq(table.id, id));
        tell({ entity, id, op: "update", row: await read() });
        return taken;
      },
    });
  });
}

type Wanted = Partial<StatusRow> & Pick<StatusRow, "id" | "projectId">;

/** Another of the project may have its name by now, and then keeps it; or its rank. */
async function freeValues(tx: Tx, table: Table, { id, projectId, name, rank, ...rest }: Wanted) {
  const isOther = and(eq(table.projectId, projectId), ne(table.id, id));
  const isNamed = sql`lower(${table.name}) = lower(${name})`;
  const isTaken = name !== undefined && (await tx.$count(table, and(isOther, isNamed))) > 0;
  const free = {
    ...rest,
    ...(name !== undefined && !isTaken && { name }),
    ...(rank !== undefined && { rank: await freeRank(tx, isOther, rank) }),
  };
  return { free, taken: isTaken ? (["name"] as const) : [] };
}

/** The very rank it had; directly before the status that has got it since. */
async function freeRank(tx: Tx, isOther: SQL | undefined, rank: string) {
  const others = await tx
    .select({ rank: statuses.rank })
    .from(statuses)
    .where(isOther)
    .orderBy(asc(statuses.rank), asc(statuses.id));
  const taken = others.findIndex((other) => other.rank === rank);
  return taken < 0 ? rank : generateKeyBetween(others[taken - 1]?.rank ?? null, rank);
}
