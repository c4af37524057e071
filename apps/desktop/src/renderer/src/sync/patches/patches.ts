import type { Change, ChangeOf, Entity, RouterOutputs } from "@guildhall/api/client";
import type { History } from "@/entities/comments/sync/use-history.ts";
import type { Versions } from "@/entities/documents/sync/use-versions.ts";
import { type FileList, putInList } from "@/entities/files/patch-file-list.ts";
import { withPart } from "@/entities/projects/patch-project.ts";
import { compareText } from "@/lib/locale.ts";
import type { CacheTransaction } from "@/sync/cache-transaction.ts";
import { keys } from "@/sync/keys.ts";
import type {
  Backlinks,
  Comment,
  DocumentRow,
  DocumentThreads,
  DocumentVersion,
  LinkedDocument,
  LinkedTask,
  Project,
  Task,
  TaskRow,
  Workspace,
} from "@/sync/types.ts";

type Place = { workspaceId: string; myId: string };
type Patch<E extends Entity> = (tx: CacheTransaction, change: ChangeOf<E>, place: Place) => void;

/**
 * How a change reaches the screen. One entry for each entity of the feed: a new one does not
 * compile until it is said here what it changes.
 */
const patches: { [E in Entity]: Patch<E> } = {
  workspace: (tx, { row }, { workspaceId }) => {
    tx.update<Workspace>(keys.workspace(workspaceId), (w) => ({ ...w, ...row }));
    tx.stale.push(keys.workspaces());
  },

  member: (tx, { id, row }, { workspaceId, myId }) => {
    tx.update<Workspace>(keys.workspace(workspaceId), (w) => ({
      ...w,
      members: put(w.members, row, (m) => m.userId === id),
    }));
    // Who comes in has an address, and no longer an invitation; neither is in the feed.
    tx.stale.push(keys.addresses(workspaceId), keys.invitations(workspaceId));
    // My own role decides what I may see of everything else.
    if (id !== myId) return;
    tx.stale.push(keys.workspace(workspaceId), keys.workspaces(), keys.tree(workspaceId));
    tx.stale.push(...openDocuments);
  },

  project: (tx, { id, row }, { workspaceId }) => {
    tx.update<Workspace>(keys.workspace(workspaceId), (w) => {
      const known = w.projects.find((p) => p.id === id);
      // Its statuses and labels follow by themselves; a change of an older server brings them along.
      const parts = { statuses: known?.statuses ?? [], labels: known?.labels ?? [] };
      const next: Project | null = row && { ...parts, ...row, role: known?.role ?? w.role };
      return { ...w, projects: put(w.projects, next, (p) => p.id === id).sort(byName) };
    });
  },

  status: (tx, change, { workspaceId }) => {
    tx.update<Workspace>(keys.workspace(workspaceId), (w) => withPart(w, "statuses", change));
  },

  label: (tx, change, { workspaceId }) => {
    tx.update<Workspace>(keys.workspace(workspaceId), (w) => withPart(w, "labels", change));
  },

  projectMember: (tx, { row }) => {
    tx.stale.push(row ? keys.projectMembers(row.projectId) : [["projects", "members"]]);
  },

  access: (tx, { id, row }, { workspaceId, myId }) => {
    if (row && row.userId !== myId) return;
    tx.stale.push(keys.workspace(workspaceId), keys.mine(workspaceId), keys.linkTargets());
    tx.stale.push(keys.search());
    // My roles in the documents of the project that have access of their own may hang on it.
    tx.stale.push(keys.tree(workspaceId));
    if (row?.role) return void tx.stale.push(keys.board(id));
    tx.forgetProject(id);
    forgetDocuments(tx, workspaceId, (document) => document.projectId === id);
  },

  task: (tx, change, { workspaceId, myId }) => {
    const { id, row } = change;
    tx.update<History>(keys.history(id), (history) => withChange(history, change));
    tx.update<LinkedTask>(keys.linkTarget("task", id), (known) => linkedTask(known, row));
    if (!row) {
      for (const board of tx.boards()) board.delete(id);
      tx.update<MyTasks>(keys.mine(workspaceId), (mine) => without(mine, id));
      tx.stale.push(keys.task(id), keys.search());
      return;
    }
    const { description, ...listed } = row;
    putTask(tx.board(row.projectId), listed);
    tx.update<Task>(keys.task(id), (task) => newer(task, { ...task, ...row }));
    tx.update<MyTasks>(keys.mine(workspaceId), (mine) =>
      row.assigneeIds.includes(myId) && !row.archivedAt
        ? { ...mine, items: put(mine.items, listed, (t) => t.id === id) }
        : without(mine, id),
    );
  },

  comment: (tx, { id, row }) => {
    const placed = (list: Comment[]) => put(list, row, (c) => c.id === id).sort(byTime);
    const inThreads = (all: DocumentThreads) => ({ ...all, comments: placed(all.comments) });
    if (row?.taskId) tx.update(keys.comments(row.taskId), placed);
    else if (row?.documentId) tx.update(keys.documentThreads(row.documentId), inThreads);
    else {
      // Gone, and nothing says from where.
      tx.updateAll([["comments", "list"]], placed);
      tx.updateAll([["threads", "list"]], inThreads);
    }
  },

  document: (tx, { id, op, row }, { workspaceId }) => {
    const tree = tx.tree(workspaceId);
    if (row && tree) putDocument(tree.documents, row);
    // Gone from a place is not gone: what it is now, and may be for me, the server says.
    if (!row) forgetDocuments(tx, workspaceId, id);
    else
      tx.update<OpenDocument>(keys.document(id), (open) => ({
        ...open,
        ...(row.version >= open.version && row),
      }));
    if (op !== "update") tx.stale.push(keys.bin(workspaceId));
    tx.updateAll<Backlinks>(keys.backlinks(), (links) => linkedFrom(links, id, row));
    tx.update<LinkedDocument>(keys.linkTarget("document", id), (known) =>
      row ? { excerpt: "", ...known, ...row } : null,
    );
    // It comes (back) to where I see it: what was said meanwhile was not told to me.
    if (op === "insert") tx.askAgain(keys.documentThreads(id));
  },

  documentThread: (tx, { id, row }) => {
    if (!row) return;
    tx.update<DocumentThreads>(keys.documentThreads(row.documentId), (all) => ({
      ...all,
      threads: put(all.threads, row, (t) => t.id === id),
    }));
  },

  documentVersion: (tx, { id, row }) => {
    if (!row) return;
    tx.update<Versions>(keys.documentVersions(row.documentId), ({ pages, pageParams }) => ({
      pageParams,
      pages: withVersion(pages, id, row),
    }));
  },

  /** Comes ahead of the documents whose area comes or goes by it. */
  documentAccess: (tx, { row }, { workspaceId, myId }) => {
    tx.stale.push(keys.documentMembers());
    if (!row || row.userId !== myId) return;
    const { documentId, role } = row;
    const tree = tx.tree(workspaceId);
    tx.stale.push(keys.linkTargets(), ...openDocuments);
    if (!role) {
      delete tree?.areas[documentId];
      forgetDocuments(tx, workspaceId, (document) => document.areaId === documentId);
      return;
    }
    if (tree) tree.areas[documentId] = role;
    // Let in where I was not: what stands there was never told to me.
    if (!tree?.documents.has(documentId)) tx.stale.push(keys.tree(workspaceId));
  },

  file: (tx, { id, row }) => {
    tx.updateAll<FileList>(keys.files(), (list) => putInList(list, id, () => row));
    tx.stale.push(keys.files(), keys.fileVersions(id));
  },

  import: (tx, { id, row }) => {
    if (row) tx.set(keys.import(id), row);
    tx.stale.push([["imports", "list"]]);
  },
};

const linkedFrom = (links: Backlinks, id: string, row: DocumentRow | null): Backlinks =>
  links.flatMap((link) => (link.id !== id ? [link] : row ? [{ ...link, ...row }] : []));

function linkedTask(known: LinkedTask, row: ChangeOf<"task">["row"]): LinkedTask {
  if (!row) return null;
  const { description: _, ...listed } = row;
  return known && known.version > row.version ? known : listed;
}

type OpenDocument = RouterOutputs["documents"]["get"];
/** My right to each of them may be another one now. */
const openDocuments = [[["documents", "get"]]];
/** The newest version is on the first page, which was read when it was not there yet. */
function withVersion(pages: Versions["pages"], id: string, row: DocumentVersion) {
  const isKnown = pages.some(({ items }) => items.some((v) => v.id === id));
  return pages.map((page, i) =>
    isKnown || i > 0
      ? { ...page, items: page.items.map((v) => (v.id === id ? row : v)) }
      : { ...page, items: [row, ...page.items].sort((a, b) => b.seq - a.seq) },
  );
}

/** An older row never overwrites a newer one. */
export function putDocument(documents: Map<string, DocumentRow>, row: DocumentRow) {
  const known = documents.get(row.id);
  if (!known || known.version <= row.version) documents.set(row.id, row);
}

/** What I may no longer see, or not there: what is open of it is asked for again. */
function forgetDocuments(
  tx: CacheTransaction,
  workspaceId: string,
  which: string | ((row: DocumentRow) => boolean),
) {
  const documents = tx.tree(workspaceId)?.documents;
  const gone =
    typeof which === "string"
      ? [which]
      : [...(documents?.values() ?? [])].filter(which).map(({ id }) => id);
  for (const id of gone) {
    documents?.delete(id);
    tx.askAgain(keys.document(id));
  }
  // What was found of them is on the screen yet.
  if (gone.length > 0) tx.stale.push(keys.search());
}

/** On top of the newest page; a change that is there already stays as it is. */
function withChange(history: History, change: ChangeOf<"task">): History {
  const { seq, op, at, actorId, row: kept } = change;
  const [first, ...older] = history.pages;
  if (!first || history.pages.some(({ items }) => items.some((item) => item.seq === seq))) {
    return history;
  }
  const { description, ...row } = kept ?? {};
  const item = { seq, op, at, actorId, isDescribed: description !== undefined };
  const next = { ...item, row: kept ? (row as TaskRow) : null };
  const items = [next, ...first.items].sort((a, b) => b.seq - a.seq);
  return { ...history, pages: [{ ...first, items }, ...older] };
}

type MyTasks = { items: TaskRow[] };

/** Lays one change over the tx. Applying it again, or an older one after it, changes nothing. */
export function applyChange(tx: CacheTransaction, change: Change, place: Place) {
  const patch = patches[change.entity] as Patch<Entity> | undefined;
  // A server newer than this page tells of something that it does not know: it reads all of it again.
  if (patch) patch(tx, change, place);
  else tx.stale.push([]);
}

/** The answer to a mutation of tasks says the same as its change will, only sooner. */
export function putTask(board: Map<string, TaskRow> | null, row: TaskRow) {
  if (!board) return;
  const known = board.get(row.id);
  if (!known || known.version <= row.version) board.set(row.id, row);
}

const newer = (old: Task, next: Task) => (next.version >= old.version ? next : old);

function put<T>(list: readonly T[], row: T | null, isIt: (item: T) => boolean): T[] {
  const at = list.findIndex(isIt);
  if (!row) return at < 0 ? [...list] : list.toSpliced(at, 1);
  return at < 0 ? [...list, row] : list.with(at, row);
}

const without = (mine: MyTasks, id: string) => ({
  ...mine,
  items: mine.items.filter((t) => t.id !== id),
});

type Timed = { createdAt: Date };
const byName = (a: Project, b: Project) => compareText(a.name, b.name);
const byTime = (a: Timed, b: Timed) => a.createdAt.getTime() - b.createdAt.getTime();
