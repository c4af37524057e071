/**
 * A whole workspace of another Guildhall into a new one, which its importer has just made and owns.
 *
 * The archive is read twice: first all of it is checked, then it is written. Files are stored one by one, under keys
 * that a second run makes again, so that one that was cut off goes on behind the last of them; the rows
 * are one transaction. People are matched by their address only with the importer themself: whoever else has an
 * account here decides on their own to come in, and nobody learns by an import who has one. The others stand
 * beside their work with their names and roles, and can be invited.
 */
import { schema, sqlState, type Tx } from "@guildhall/db";
import { and, eq, inArray, sql } from "drizzle-orm";
import { recordAudit } from "../../audit/record-audit.ts";
import { loadWorkspace } from "../../core/access.ts";
import { invariant } from "../../core/errors.ts";
import { insertRows } from "../../core/insert-rows.ts";
import { write } from "../../core/write.ts";
import { takeQuota } from "../../files/upload/check-quota.ts";
import { dropContent, MAX_FILE_BYTES, noteLate } from "../../files/upload/store-file.ts";
import { readWorkspaceRow } from "../../workspaces/queries.ts";
import { ImportRefusal } from "../import-refusals.ts";
import { Ended, finishImport, type ImportRun, MY_ADDRESS } from "../import-run.ts";
import { underWay } from "../queries.ts";

import { type Archive, damaged, openArchive } from "./open-archive.ts";
import { type ArchivedObject, type Known, readWhole, verified } from "./read-archive.ts";
import { reportOf } from "./report-of.ts";
import { writeFeed, writeRows } from "./write-rows.ts";

const { documents, filePuts, groups, imports, members, projects, users, workspaces } = schema;

export async function importWorkspace(run: ImportRun): Promise<void> {
  const { signal } = run;
  const archive = await openArchive(invariant(run.files[0], "it brings one upload"));
  const { user, mapping } = { ...run.actor, ...run.import };
  const email = (mapping?.[MY_ADDRESS] ?? user.email).toLowerCase();
  const me = { id: user.id, email };
  const known = await readWhole(archive, { importId: run.import.id, user: me, signal });
  if (run.import.mode === "dry") {
    await checkFiles(run, known);
    await run.progress.settle();
    return noteDryRun(run, archive, known);
  }
  try {
    await storeFiles(run, known);
    await run.progress.settle();
    await writeArchive(run, archive, known);
  } catch (error) {
    // What may go on later finds its files again.
    if (error instanceof ImportRefusal) {
      for (const object of known.objects) await dropContent(run.services, object);
    }
    throw error;
  }
  run.services.search.wake();
  await run.services.lookForUnreadTexts();
}

const bytesOf = ({ objects }: Known) => objects.reduce((sum, { size }) => sum + size, 0);

async function eachFile(
  { progress, signal }: ImportRun,
  known: Known,
  use: (object: ArchivedObject) => Promise<unknown>,
) {
  const total = Math.max(1, Math.round(bytesOf(known) / 1024));
  let done = 0;
  for (const object of known.objects) {
    signal.throwIfAborted();
    await use(object);
    done += object.size / 1024;
    progress.tell({ state: "reading", done: Math.min(total, Math.round(done)), total });
  }
}

const checkFiles = (run: ImportRun, known: Known) =>
  eachFile(run, known, async (object) => {
    for await (const _ of verified(object));
  });

/** Those that an earlier run has stored are there: an object is seen only when all of it is, as it should be. */
const storeFiles = (run: ImportRun, known: Known) =>
  eachFile(run, known, async (object) => {
    const { db, files } = run.services;
    if (await files.stat(object.key)) return;
    await noteLate(db, object.key);
    await files.put(object.key, verified(object), MAX_FILE_BYTES);
  });

const noteDryRun = (run: ImportRun, archive: Archive, known: Known) =>
  write(run, run.import.workspaceId, async (tx, record) => {
    await requireEmpty(tx, run);
    await finishImport(tx, record, run, {
      total: 1,
      report: reportOf(archive, known, run.actor.user.id),
    });
  });

function writeArchive(run: ImportRun, archive: Archive, known: Known): Promise<void> {
  const { services, actor, progress, signal } = run;
  const { workspaceId } = run.import;
  const userId = actor.user.id;
  const total = [...known.rows.values()].reduce((sum, rows) => sum + rows, 0);
  let done = 0;
  const onRows = (more: number) => {
    done += more;
    progress.tell({ state: "writing", done, total });
  };
  return write(run, workspaceId, async (tx, record) => {
    await takeTurn(tx, run);
    await requireEmpty(tx, run);
    await takeQuota(services, tx, workspaceId, bytesOf(known));
    await insertPeople(tx, known, userId);
    const writing = { archive, known, workspaceId, userId, onRows, signal, changeSeq: 0 };
    await writeRows(tx, writing).catch(asDamage);
    await forgetPuts(tx, known);
    const changeSeq = await holdFeed(tx, workspaceId);
    await writeFeed(tx, { ...writing, changeSeq, onRows: () => {} }).catch(asDamage);
    await settleWorkspace(tx, archive, { workspaceId, changeSeq, userId });
    const row = await readWorkspaceRow(tx, workspaceId);
    record({ entity: "workspace", id: workspaceId, op: "update", row });
    const { madeAt, guildhall } = archive.manifest;
    await recordAudit(tx, run, {
      ...{ action: "workspace.imported", workspaceId, subject: row },
      after: { madeAt, guildhall, rows: total, files: known.objects.length },
    });
    await finishImport(tx, record, run, { total, report: reportOf(archive, known, userId) });
  });
}

/** Of two workers with the same import the second waits, and finds it done. */
async function takeTurn(tx: Tx, { import: { id } }: ImportRun) {
  const turn = sql`hashtextextended(${`workspace-import:${id}`}, 0)`;
  await tx.execute(sql`select pg_advisory_xact_lock(${turn})`);
  if ((await tx.$count(imports, and(eq(imports.id, id), underWay))) === 0) throw new Ended();
}

/** What the database refuses to hold: each row by itself looked as it should. */
function asDamage(error: unknown): never {
  if (/^2[23]/.test(sqlState(error) ?? "")) throw damaged("its rows contradict each other");
  throw error;
}

async function requireEmpty(tx: Tx, run: ImportRun) {
  const { workspaceId } = run.import;
  await loadWorkspace(tx, run.actor.user.id, workspaceId, "owner");
  const within = [projects, documents, groups].map((table) =>
    tx.$count(table, eq(table.workspaceId, workspaceId)),
  );
  const people = await tx.$count(members, eq(members.workspaceId, workspaceId));
  if (people === 1 && (await Promise.all(within)).every((count) => count === 0)) return;
  throw new ImportRefusal(
    "workspace_not_empty",
    "A workspace can only be imported into a new one, and there is something in this one already.",
  );
}

const LONGEST_NAME = 200;

const insertPeople = (tx: Tx, { people }: Known, userId: string) => {
  const now = new Date();
  const former = people.filter(({ here }) => here !== userId);
  return insertRows(
    tx,
    users,
    former.map(({ here, name, email }) => ({
      ...{ id: here, email: `${here}@imported.invalid`, name: name.slice(0, LONGEST_NAME) },
      ...{ importedEmail: email ?? "", isNameErased: false, isAdministrator: false },
      ...{ createdAt: now, closedAt: now, erasedAt: now },
    })),
  );
};

async function forgetPuts(tx: Tx, { objects }: Known) {
  const MANY = 1_000;
  for (let at = 0; at < objects.length; at += MANY) {
    const keys = objects.slice(at, at + MANY).map(({ key }) => key);
    await tx.delete(filePuts).where(inArray(filePuts.objectId, keys));
  }
}

/** From here on nobody else's change comes in between. */
async function holdFeed(tx: Tx, workspaceId: string): Promise<number> {
  const [row] = await tx
    .select({ changeSeq: workspaces.changeSeq })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for("update");
  return invariant(row, "a workspace that was just loaded").changeSeq;
}

type Settling = { workspaceId: string; changeSeq: number; userId: string };

async function settleWorkspace(tx: Tx, { manifest }: Archive, settling: Settling) {
  const { workspaceId, changeSeq, userId } = settling;
  const { id: _, requiresSecondFactor, ...from } = manifest.workspace;
  const [me] = await tx
    .select({ has: users.secondFactorAt })
    .from(users)
    .where(eq(users.id, userId));
  await tx
    .update(workspaces)
    .set({
      ...from,
      // Else whoever imports it would be shut out of it.
      requiresSecondFactor: requiresSecondFactor && Boolean(me?.has),
      changeSeq: changeSeq + from.changeSeq,
      changeFloor: from.changeFloor > 0 ? changeSeq + from.changeFloor : 0,
      // What was read of the empty workspace is nothing to go on from.
      feedEpoch: sql`gen_random_uuid()`,
    })
    .where(eq(workspaces.id, workspaceId));
}
