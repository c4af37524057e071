/**
 * Who might see what, and when: put together from the feed alone, by other code than the product's.
 *
 * An epoch is the time between two changes of rights. It begins with the first change of the
 * transaction that made it: all changes of a transaction become true together.
 */
import type { KeptChange } from "./journal.ts";

type Role = "owner" | "editor" | "viewer" | "guest";

export type Epoch = {
  /** The first change that was made under these rights. */
  seq: number;
  /** Earliest moment at which these rights can have been in force. */
  at: number;
  /** The mutation that brought them. */
  mutationId: string | null;
  members: Map<string, Role>;
  /** Project to visibility. */
  projects: Map<string, "open" | "private">;
  /** `project person` to role. */
  projectMembers: Map<string, Role>;
  /** `document person`, of documents with access of their own. */
  areas: Set<string>;
  /** Where each document stands: a project, a document with access of its own; null is for everybody. */
  standing: Map<string, string | null>;
  /** By number of the change: the document that it is of, or of something on it. */
  documentOf: ReadonlyMap<number, string>;
};

/** Oldest first. */
export function rightsOf(changes: readonly KeptChange[]): Epoch[] {
  let now: Epoch = {
    seq: 0,
    at: 0,
    mutationId: null,
    members: new Map(),
    projects: new Map(),
    projectMembers: new Map(),
    areas: new Set(),
    standing: new Map(),
    documentOf: documentsOf(changes),
  };
  const epochs = [now];
  for (const transaction of transactionsOf(changes)) {
    const first = transaction[0];
    if (!first) continue;
    const next: Epoch = {
      seq: first.seq,
      at: first.at.getTime(),
      mutationId: first.mutationId,
      members: new Map(now.members),
      projects: new Map(now.projects),
      projectMembers: new Map(now.projectMembers),
      areas: new Set(now.areas),
      standing: new Map(now.standing),
      documentOf: now.documentOf,
    };
    const changed = transaction.map((change) => applyRights(next, change)).some(Boolean);
    if (!changed) continue;
    epochs.push(next);
    now = next;
  }
  return epochs;
}

/** Deletions carry nothing. */
function documentsOf(changes: readonly KeptChange[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const change of changes) {
    if (!change.row) continue;
    const of =
      change.entity === "document"
        ? change.id
        : "documentId" in change.row
          ? change.row.documentId
          : null;
    if (of) found.set(change.seq, of);
  }
  return found;
}

/** Changes that were committed together have the same moment and the same mutation. */
export function transactionsOf(changes: readonly KeptChange[]): KeptChange[][] {
  const transactions: KeptChange[][] = [];
  for (const change of changes) {
    const last = transactions.at(-1);
    const before = last?.at(-1);
    const together =
      before?.mutationId === change.mutationId && before?.at.getTime() === change.at.getTime();
    if (last && together) last.push(change);
    else transactions.push([change]);
  }
  return transactions;
}

/** True when the change is one of rights, or moves a document to where others may see it. */
function applyRights(epoch: Epoch, change: KeptChange): boolean {
  if (change.entity === "member") {
    if (change.row) epoch.members.set(change.id, change.row.role);
    else {
      epoch.members.delete(change.id);
      // Who leaves the workspace leaves its projects; the feed says only the former.
      for (const key of epoch.projectMembers.keys()) {
        if (key.endsWith(change.id)) epoch.projectMembers.delete(key);
      }
      for (const key of epoch.areas) if (key.endsWith(change.id)) epoch.areas.delete(key);
    }
    return true;
  }
  if (change.entity === "projectMember" && change.scopeId) {
    const key = `${change.scopeId} ${change.id}`;
    if (change.row) epoch.projectMembers.set(key, change.row.role);
    else epoch.projectMembers.delete(key);
    return true;
  }
  if (change.entity === "project" && change.row) {
    const before = epoch.projects.get(change.id);
    epoch.projects.set(change.id, change.row.visibility);
    // Its maker is its first owner.
    if (change.op === "insert" && change.actorId) {
      epoch.projectMembers.set(`${change.id} ${change.actorId}`, "owner");
    }
    return before !== change.row.visibility;
  }
  if (change.entity === "documentAccess" && change.row) {
    const key = `${change.row.documentId} ${change.row.userId}`;
    if (change.row.role) epoch.areas.add(key);
    else epoch.areas.delete(key);
    return true;
  }
  // Gone from one place, it is in the next one by the same transaction; in the bin it stays where it was.
  if (change.entity === "document" && change.row) {
    const before = epoch.standing.get(change.id);
    epoch.standing.set(change.id, change.scopeId);
    return before !== change.scopeId;
  }
  return false;
}

export function maySeeIn(epoch: Epoch, userId: string, change: KeptChange): boolean {
  const role = epoch.members.get(userId);
  if (!role) return false;
  const isOthers = change.audienceUserId !== null && change.audienceUserId !== userId;
  // What one person is told is nobody else's business, the owners' neither.
  if (isOthers && (change.entity === "notification" || change.entity === "follow")) return false;
  if (role === "owner") return true;
  if (isOthers) return false;
  const documentId = epoch.documentOf.get(change.seq);
  const standing = documentId === undefined ? null : epoch.standing.get(documentId);
  return isOpenTo(epoch, userId, change.scopeId) && isOpenTo(epoch, userId, standing ?? null);
}

function isOpenTo(epoch: Epoch, userId: string, place: string | null): boolean {
  if (place === null) return true;
  if (epoch.areas.has(`${place} ${userId}`)) return true;
  if (epoch.projectMembers.has(`${place} ${userId}`)) return true;
  return epoch.projects.get(place) === "open";
}

/** The epoch in which this number was given. */
export function epochAt(epochs: readonly Epoch[], seq: number): number {
  const later = epochs.findIndex((epoch) => epoch.seq > seq);
  return (later < 0 ? epochs.length : later) - 1;
}
