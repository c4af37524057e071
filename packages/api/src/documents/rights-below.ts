import { schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { documentGrant, joinRoles, type Role } from "../core/access.ts";
import type { RecordChange, RecordedChange } from "../core/feed/change.ts";
import { withBelow } from "./subtree.ts";

const { documentMembers, documents, members } = schema;

type Right = {
  document_id: string;
  user_id: string;
  role: Role;
  is_scope: boolean;
  /** By a row of their own in this very document. */
  is_named: boolean;
};
type Rights = ReadonlyMap<string, Right>;

/** Of what was not there, and so nobody is added to it: whoever is let in came with it. */
const NOTHING: Rights = new Map();

/**
 * Everybody's role in a document and in those below it that have access of their own; elsewhere it is
 * that of the nearest of these. The workspace's owners are left out: nothing takes their right away.
 */
async function rightsBelow(tx: Tx, id: string): Promise<Rights> {
  const rows = await tx.execute<Right>(sql`${withBelow(id)}
    select ${documents.id} as document_id, ${members.userId} as user_id, ${documentGrant} as role,
      ${documents.scopePath}[1] is not distinct from ${documents.id} as is_scope,
      exists (select from ${documentMembers} own where own.document_id = ${documents.id}
        and own.user_id = ${members.userId} and own.personal_role is not null) as is_named
    from ${documents}
    join below on below.id = ${documents.id}
    ${joinRoles(sql`${members.role} <> 'owner'`)}
    where ${documents.id} = ${id} or ${documents.scopePath}[1] = ${documents.id}`);
  return new Map(
    rows.filter((r) => r.role).map((right) => [`${right.document_id} ${right.user_id}`, right]),
  );
}

/**
 * Runs what moves a subtree or changes its access, and tells each person whose right to a scope in it
 * that changes, scopes that come and go among them: ahead of the documents, so that a client knows what
 * to forget, and what it may take, when they follow. Returns whom to notify after the commit.
 */
export async function aroundRights(
  tx: Tx,
  record: RecordChange,
  id: string,
  change: (record: RecordChange) => Promise<unknown>,
): Promise<string[]> {
  const before = await rightsBelow(tx, id);
  const changes: RecordedChange[] = [];
  await change((each) => changes.push(each));
  const affected = tellRights(record, before, await rightsBelow(tx, id));
  for (const each of changes) record(each);
  return affected;
}

/** For scopes that were not there before. */
export async function tellNewRights(tx: Tx, record: RecordChange, id: string): Promise<string[]> {
  return tellRights(record, NOTHING, await rightsBelow(tx, id));
}

function tellRights(record: RecordChange, before: Rights, after: Rights): string[] {
  const affected = new Set<string>();
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key), after.get(key)];
    const { document_id: documentId, user_id: userId } = (is ?? was) as Right;
    if (was?.role !== is?.role) affected.add(userId);
    const had = was?.is_scope ? was.role : null;
    const has = is?.is_scope ? is.role : null;
    const isAdded = before !== NOTHING && Boolean(is?.is_named) && !was?.is_named;
    if (had === has && !isAdded) continue;
    const row = { documentId, userId, role: has, isAdded };
    const op = has ? "update" : "delete";
    record({ entity: "documentAccess", id: documentId, op, row, audienceUserId: userId });
  }
  return [...affected];
}
