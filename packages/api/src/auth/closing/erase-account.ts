/**
 * Erases who somebody was, once the days after closing their account are over. Their work stays, with their
 * name unless they left it out: what refers to them by a reference that goes with them goes (the schema
 * says so), what only names who did it stays.
 *
 * In steps, each a transaction of its own and each finding less to do when it is done again: whoever dies
 * in the middle leaves the rest for the next try. The row of the account is last. The audit log stays, as
 * it is kept.
 */
import { type Queryable, schema } from "@guildhall/db";
import { and, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Services } from "../../core/context.ts";
import { FORMER_MEMBER } from "../../core/visibility/shown-name.ts";
import { keptSince } from "../../erasure/deletion-days.ts";
import { belongsTo, erasureOrder, tableName } from "../../erasure/erasure-plan.ts";
import { dropUpload } from "../../files/upload/upload-in-parts.ts";
import { eraseFromFeeds } from "./erase-from-feeds.ts";
import { leaveBehind } from "./leave-behind.ts";

const { commentReactions, fileUploads, invitations, members, mutations, taskAssignees, users } =
  schema;

type Account = typeof users.$inferSelect;

const BATCH = 500;

/** Would go with a person, but are part of other people's work: who did it, and where they were. */
const KEPT = new Set<PgTable>([members, taskAssignees, commentReactions]);

const isDue = and(isNull(users.erasedAt), lt(users.closedAt, keptSince));

export async function accountsToErase(q: Queryable): Promise<string[]> {
  const rows = await q.select({ id: users.id }).from(users).where(isDue);
  return rows.map(({ id }) => id);
}

/** What was done since the last one is committed: who stops here loses nothing of it. */
export async function* eraseAccount(services: Services, userId: string) {
  const { db } = services;
  // From here on it cannot be opened again: only time could make it due, and that does not go back.
  const [account] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isDue));
  if (!account) return;
  if (account.pictureKey) {
    await services.files.forget(account.pictureKey);
    await db.update(users).set({ pictureKey: null }).where(eq(users.id, userId));
    yield "picture";
  }
  yield* leaveBehind(services, account);
  for (const upload of await uploadsOf(db, userId)) {
    await dropUpload(services, upload);
    yield "uploads";
  }
  for (const table of erasureOrder(users).filter((each) => !KEPT.has(each))) {
    while ((await eraseRows(db, table, userId)) > 0) yield tableName(table);
  }
  yield* eraseFromFeeds(services, account);
  if (await eraseAnswers(db, account)) yield "answers";
  await finish(services, account);
  yield "account";
}

const uploadsOf = (q: Queryable, userId: string) =>
  q.select().from(fileUploads).where(eq(fileUploads.createdBy, userId));

async function eraseRows(q: Queryable, table: PgTable, userId: string): Promise<number> {
  const { count } = await q.execute(sql`
    delete from ${table} where ctid = any(array(
      select ${sql.identifier(tableName(table))}.ctid from ${table}
      where ${belongsTo(table, users, userId)} limit ${BATCH}))`);
  return count;
}

/** What their calls were answered, and invitations to their address that are over. */
async function eraseAnswers(q: Queryable, { id, email }: Account): Promise<boolean> {
  const answers = await q.delete(mutations).where(eq(mutations.actorId, id));
  const over = [invitations.acceptedAt, invitations.declinedAt, invitations.revokedAt];
  const invited = await q
    .delete(invitations)
    .where(and(eq(invitations.email, email), or(...over.map((at) => isNotNull(at)))));
  return answers.count + invited.count > 0;
}

async function finish({ db }: Services, { id, isNameErased, name }: Account) {
  await db.transaction(async (tx) => {
    const kept = isNameErased ? FORMER_MEMBER : name;
    const done = await tx
      .update(users)
      .set({
        // Free for another account from here on.
        ...{ email: `${id}@erased.invalid`, name: kept, passwordHash: null, emailVerifiedAt: null },
        ...{ secondFactorAt: null, isAdministrator: false, deactivatedAt: null, lastUsedAt: null },
        erasedAt: sql`now()`,
      })
      .where(and(eq(users.id, id), isDue))
      .returning({ id: users.id });
    if (done.length === 0) return;
    await recordAudit(tx, {}, { action: "account.erased", subject: { id, name: kept } });
  });
}
