/** What becomes of people's roles in a workspace when what was given to them, or to their groups, changes. */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, inArray, isNull, not, type SQL } from "drizzle-orm";
import type { RecordChange, RecordedChange } from "../core/feed/change.ts";
import { aroundRoles } from "../core/rights/around-roles.ts";
import type { WhoseRoles } from "../core/rights/derive-roles.ts";
import { makerMayStill } from "./invitation-rights.ts";
import { type notifyInvited, recordInvitation, told } from "./invitations.ts";
import { readMembers } from "./queries.ts";

const { invitations } = schema;

export type Ended = Parameters<typeof notifyInvited>[1];

export type SettledRoles = {
  /** Whose rights are others now: to be notified after the commit. */
  affected: string[];
  /** Invitations that ended with their makers' right to give them. */
  ended: Ended;
};

/**
 * `change` writes what was given and names those whose row it changed itself. First it is told what each
 * of them is now, then what they may see; invitations end that their maker may not give any more.
 */
export async function settleRoles(
  tx: Tx,
  record: RecordChange,
  whose: WhoseRoles,
  change: () => Promise<string[]>,
): Promise<SettledRoles> {
  const { workspaceId } = whose;
  const rest: RecordedChange[] = [];
  let named: string[] = [];
  const settled = await aroundRoles(
    tx,
    (each) => rest.push(each),
    whose,
    async () => {
      named = await change();
    },
  );
  const changed = new Set([...named, ...settled.derived.members]);
  const rows = changed.size === 0 ? [] : await readMembers(tx, workspaceId, [...changed]);
  for (const row of rows) {
    record({ entity: "member", id: row.userId, op: "update", row, workspaceId });
  }
  for (const each of rest) record({ workspaceId, ...each });
  const { affected } = settled;
  if (changed.size === 0) return { affected, ended: [] };
  const which = and(inArray(invitations.invitedBy, [...changed]), not(makerMayStill));
  return { affected, ended: await endInvitations(tx, record, { workspaceId, which }) };
}

/** For good: whoever made them may become an owner again, and the links stay ended. */
export async function endInvitations(
  tx: Tx,
  record: RecordChange,
  { workspaceId, which }: { workspaceId: string; which: SQL | undefined },
): Promise<Ended> {
  const ended = await tx
    .update(invitations)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(invitations.workspaceId, workspaceId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        which,
      ),
    )
    .returning(told);
  for (const each of ended) recordInvitation(record, each, "delete");
  return ended;
}
