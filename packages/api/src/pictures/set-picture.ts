import { schema, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { loadWorkspace } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { invariant } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { write } from "../core/write.ts";
import { dropContent, keepContent, noteLate } from "../files/upload/store-file.ts";
import { readWorkspaceRow } from "../workspaces/queries.ts";
import { recordPerson } from "../workspaces/record-person.ts";

const { filePuts, users, workspaces } = schema;

export type PictureOf = { kind: "person" | "workspace"; id: string };

/**
 * `bytes`: of the small square, null for none. As with files the bytes come first, then the row that names
 * them; those that nothing names any more go, at once or by the sweep.
 */
export async function setPicture(ctx: MutationContext, of: PictureOf, bytes: Uint8Array | null) {
  const kept = bytes && (await keepContent(ctx.services, bytes));
  const pictureKey = kept?.key ?? null;
  const workspaceId = of.kind === "workspace" ? of.id : null;
  let old: string | null = null;
  const answer = await write(ctx, workspaceId, async (tx, record) => {
    const set = of.kind === "person" ? setOwn : setOfWorkspace;
    old = await set(tx, record, { ctx, id: of.id, pictureKey });
    if (kept) await tx.delete(filePuts).where(eq(filePuts.objectId, kept.key));
    if (old) await noteLate(tx, old);
    return { pictureKey };
  });
  if (old) await dropContent(ctx.services, { key: old });
  return answer;
}

type Setting = { ctx: MutationContext; id: string; pictureKey: string | null };

/** Returns the key of the one before. */
async function setOwn(tx: Tx, record: RecordChange, { ctx, pictureKey }: Setting) {
  const { id } = ctx.actor.user;
  const [held] = await tx.select().from(users).where(eq(users.id, id)).for("no key update");
  await tx.update(users).set({ pictureKey }).where(eq(users.id, id));
  await recordPerson(tx, record, id);
  return invariant(held, "who acts has an account").pictureKey;
}

async function setOfWorkspace(tx: Tx, record: RecordChange, { ctx, id, pictureKey }: Setting) {
  await tx.select().from(workspaces).where(eq(workspaces.id, id)).for("no key update");
  const { pictureKey: old } = await loadWorkspace(tx, ctx.actor.user.id, id, "owner");
  await tx.update(workspaces).set({ pictureKey }).where(eq(workspaces.id, id));
  const row = await readWorkspaceRow(tx, id);
  record({ entity: "workspace", id, op: "update", row });
  await recordAudit(tx, ctx, {
    ...{ action: "workspace.settingsChanged", workspaceId: id, subject: row },
    ...{ before: { picture: old !== null }, after: { picture: pictureKey !== null } },
  });
  return old;
}
