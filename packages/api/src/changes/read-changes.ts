import { type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, getTableColumns, gt, inArray } from "drizzle-orm";
import { toRoutedChange } from "../core/feed/read-feed.ts";
import { ChangeMessage } from "./change-message.ts";
import { standing, toStanding } from "./standing.ts";

const { changes, workspaces } = schema;

const PAGE = 500;

/** Changes after `after`, oldest first, at most `limit`; with where their things stand now. */
export async function readChanges(
  q: Queryable,
  workspaceId: string,
  after: number,
  limit = PAGE,
): Promise<ChangeMessage[]> {
  const rows = await q
    .select({ ...getTableColumns(changes), place: standing })
    .from(changes)
    .where(and(eq(changes.workspaceId, workspaceId), gt(changes.seq, after)))
    .orderBy(asc(changes.seq))
    .limit(limit);
  return rows.map(({ place, ...row }) => {
    const message = ChangeMessage.of(toRoutedChange(row));
    message.standing = toStanding(workspaceId, place);
    message.standingAt = rows.at(-1)?.seq ?? 0;
    return message;
  });
}

/** How far the feed of each of these workspaces has come; those that are gone are not in it. */
export async function readFeedEnds(q: Queryable, ids: string[]): Promise<Map<string, number>> {
  const rows = await q
    .select({ id: workspaces.id, seq: workspaces.changeSeq })
    .from(workspaces)
    .where(inArray(workspaces.id, ids));
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}
