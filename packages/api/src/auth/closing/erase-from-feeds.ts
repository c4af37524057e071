import { schema } from "@guildhall/db";
import { and, between, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Services } from "../../core/context.ts";

const { changes, members, workspaces } = schema;

/** Of a feed so many changes are looked at in one statement. */
const WINDOW = 20_000;

type Account = { id: string; isNameErased: boolean };

/**
 * A feed's changes stay, as its numbers have no gap. What is in them for this person alone goes, and where
 * their name was left out, so does it: what was told of them says what is told now.
 */
export async function* eraseFromFeeds({ db }: Services, { id, isNameErased }: Account) {
  const places = await db
    .select({ id: workspaces.id, from: workspaces.changeFloor, to: workspaces.changeSeq })
    .from(workspaces)
    .innerJoin(members, and(eq(members.workspaceId, workspaces.id), eq(members.userId, id)));
  for (const place of places) {
    for (let seq = place.from; seq <= place.to; seq += WINDOW) {
      const { count } = await db
        .update(changes)
        .set({ op: "delete", row: null })
        .where(
          and(
            ...[eq(changes.workspaceId, place.id), between(changes.seq, seq, seq + WINDOW - 1)],
            ...[eq(changes.audienceUserId, id), isNotNull(changes.row)],
            inArray(changes.entity, ["notification", "follow"]),
          ),
        );
      if (count > 0) yield "feeds";
    }
    if (!isNameErased) continue;
    const { count } = await db.execute(sql`
      update ${changes} told set row = last.row
      from (select row from ${changes} where workspace_id = ${place.id} and entity_id = ${id}
        and entity = 'member' and row is not null order by seq desc limit 1) last
      where told.workspace_id = ${place.id} and told.entity_id = ${id} and told.entity = 'member'
        and told.row is not null and told.row <> last.row`);
    if (count > 0) yield "names";
  }
}
