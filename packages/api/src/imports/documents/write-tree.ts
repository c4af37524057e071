/** Writes what was read: all of it in one transaction, or nothing. */
import { schema, type Tx } from "@guildhall/db";
import type { PlannedFile, PlannedNode } from "@guildhall/importers/documents";
import { generateNKeysBetween } from "fractional-indexing";
import { uuidv7 } from "uuidv7";
import { scopeOf } from "../../core/access.ts";
import { invariant } from "../../core/errors.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { insertRows } from "../../core/insert-rows.ts";
import { lockTree } from "../../core/rights/lock-tree.ts";
import { write } from "../../core/write.ts";
import { lastRanks, loadPlace, type Place } from "../../documents/place.ts";
import { readDocuments } from "../../documents/queries.ts";
import { takeQuota } from "../../files/upload/check-quota.ts";
import { addFile, type Kept } from "../../files/upload/store-file.ts";
import { finishImport, type ImportRun } from "../import-run.ts";
import type { ReadTree } from "./read-tree.ts";

const { documents, documentUpdates } = schema;

export type KeptFile = Omit<PlannedFile, "content"> & { kept: Kept };

/** Answers the bytes that were in the store already: nobody's any more. */
export function writeTree(
  run: ImportRun,
  { nodes, report }: ReadTree,
  files: KeptFile[],
): Promise<{ key: string }[]> {
  const userId = run.actor.user.id;
  const { workspaceId } = run.import;
  return write(run, workspaceId, async (tx, record) => {
    await lockTree(tx, workspaceId);
    const place = await loadPlace(tx, userId, run.import);
    const ordered = parentsFirst(nodes);
    const ranks = await ranksOf(tx, place, ordered);
    const tree = { nodes: ordered, ranks, place, userId };
    await insertDocuments(tx, tree);
    await insertTexts(tx, ordered, userId);
    await tell(tx, record, tree);
    const bytes = files.reduce((sum, { kept }) => sum + kept.size, 0);
    await takeQuota(run.services, tx, workspaceId, bytes);
    const spare = await insertFiles(tx, record, { files, place, userId });
    const total = nodes.length + files.length;
    await finishImport(tx, record, run, { total, report, rootId: ordered[0]?.id ?? null });
    return spare;
  });
}

function parentsFirst(nodes: PlannedNode[]): PlannedNode[] {
  const children = Map.groupBy(nodes, ({ parentId }) => parentId);
  const ordered = [...(children.get(null) ?? [])];
  for (const { id } of ordered) ordered.push(...(children.get(id) ?? []));
  return ordered;
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const isIndex = (name: string) => /^(_?index|readme)\.\w+$/i.test(name);

/** A folder's own page first, then by name. */
async function ranksOf(tx: Tx, place: Place, nodes: PlannedNode[]): Promise<Map<string, string>> {
  const ranks = new Map<string, string>();
  for (const [parentId, siblings] of Map.groupBy(nodes, (node) => node.parentId)) {
    const sorted = siblings.toSorted(
      (a, b) =>
        Number(isIndex(b.sourceName)) - Number(isIndex(a.sourceName)) ||
        collator.compare(a.sourceName, b.sourceName),
    );
    const keys =
      parentId === null
        ? await lastRanks(tx, place, sorted.length)
        : generateNKeysBetween(null, null, sorted.length);
    for (const [at, { id }] of sorted.entries()) ranks.set(id, invariant(keys[at], "one for each"));
  }
  return ranks;
}

type Tree = { nodes: PlannedNode[]; ranks: Map<string, string>; place: Place; userId: string };

const insertDocuments = (tx: Tx, { nodes, ranks, place, userId }: Tree) =>
  insertRows(
    tx,
    documents,
    nodes.map(({ id, parentId, kind, title, sourceName, frontMatter, update }) => ({
      ...{ id, kind, title, sourceName, frontMatter },
      workspaceId: place.workspaceId,
      projectId: place.projectId,
      parentId: parentId ?? place.parentId,
      scopePath: place.scopePath,
      rank: invariant(ranks.get(id), "one for each"),
      updateSeq: update ? 1 : 0,
      createdBy: userId,
      updatedBy: userId,
      // Every row has the same fields, and these have defaults.
      visibility: "inherited" as const,
      isTemplate: false,
      version: 1,
      createdAt: new Date(),
      updatedAt: new Date(),
    })),
  );

const TEXTS = 50;

/** The text is the first update of its log. */
async function insertTexts(tx: Tx, nodes: PlannedNode[], actorId: string) {
  const rows = nodes.flatMap(({ id: documentId, update }) =>
    update ? [{ documentId, seq: 1, id: uuidv7(), update, actorId }] : [],
  );
  for (let at = 0; at < rows.length; at += TEXTS) {
    await tx.insert(documentUpdates).values(rows.slice(at, at + TEXTS));
  }
}

async function tell(tx: Tx, record: RecordChange, { nodes, place }: Tree) {
  const rows = await readDocuments(
    tx,
    nodes.map(({ id }) => id),
  );
  const { workspaceId } = place;
  for (const { id } of nodes) {
    const row = invariant(rows.get(id), "it was just inserted");
    record({ entity: "document", id, op: "insert", row, scopeId: scopeOf(place), workspaceId });
  }
}

type Files = { files: KeptFile[]; place: Place; userId: string };

async function insertFiles(tx: Tx, record: RecordChange, { files, place, userId }: Files) {
  const { workspaceId } = place;
  const spare: { key: string }[] = [];
  for (const { id, name, documentId, kept } of files) {
    const file = {
      ...{ id, name, workspaceId },
      place: { documentId },
      scopeId: scopeOf(place),
      createdBy: userId,
    };
    const added = await addFile(tx, record, file, kept);
    if (added.spare) spare.push(added.spare);
  }
  return spare;
}
