/**
 * What this device answers where the server doesn't: the reads that screens make of a place that is kept
 * here. Only of what was read to its end once; of anything else it is not known whether there is more.
 */
import type { RouterInputs } from "@guildhall/api/client";
import type { PlaceList } from "@/entities/offline/places/place-list.ts";
import type { InputOf, OutputOf, ProcedurePath } from "@/sync/procedures.ts";
import type { DeviceSearch } from "../search/open-search.ts";
import { ask, readAll, readOne, rowsOf } from "../store/database.ts";
import type { Rows, StoredEntity, StoredRow } from "../store/stored.ts";
import { filesFor } from "./files.ts";

export type Here = { db: IDBDatabase; list: PlaceList; search: DeviceSearch };

/** In an answer, so that it is shown as what it is. */
const foundOnThisDevice = { isFromDevice: true };

/** Of another shape only where a screen reads less of it. */
type Answerer<P extends ProcedurePath> = (
  here: Here,
  input: InputOf<P>,
) => Promise<Partial<OutputOf<P>> | undefined>;

const isWhole = ({ list }: Here, key: string) =>
  list.places().some((place) => place.key === key && place.isWhole);

export async function rowFrom<E extends StoredEntity>(db: IDBDatabase, entity: E, id: string) {
  const stored = await readOne(db, "rows", [entity, id]);
  return stored as StoredRow<E> | undefined;
}

export async function rowsFrom<E extends StoredEntity>(db: IDBDatabase, entity: E, owner: string) {
  return ((await rowsOf(db, entity, owner)) as StoredRow<E>[]).map(({ row }) => row);
}

/** Nothing is said of a task or document of which nothing is here. */
async function hangingOn<E extends StoredEntity>(
  here: Here,
  entity: E,
  [owner, id]: [StoredEntity, string],
): Promise<Rows[E][] | undefined> {
  return (await rowFrom(here.db, owner, id)) ? await rowsFrom(here.db, entity, id) : undefined;
}

const byTime = (a: { createdAt: Date }, b: { createdAt: Date }) =>
  a.createdAt.getTime() - b.createdAt.getTime();
const byRank = (a: { rank: string }, b: { rank: string }) => (a.rank < b.rank ? -1 : 1);

const answerers: { [P in ProcedurePath]?: Answerer<P> } = {
  async "tasks.list"(here, { projectId, archived }) {
    if (!isWhole(here, `project/${projectId}`)) return undefined;
    const rows = await rowsFrom(here.db, "task", projectId);
    const items = rows
      .filter(({ archivedAt }) => archived || !archivedAt)
      .map(({ description: _, ...row }) => row)
      .sort((a, b) => a.number - b.number);
    return { items, nextCursor: null };
  },
  "tasks.get": async ({ db }, { id }) => (await rowFrom(db, "task", id))?.row,
  async "tasks.getByKey"({ db }, { workspaceId, key }) {
    const index = db.transaction("rows").objectStore("rows").index("name");
    const found = await ask<StoredRow<"task">[]>(index.getAll(key.toUpperCase()));
    return found.find(({ row }) => row.workspaceId === workspaceId)?.row;
  },
  "comments.list": async (here, { taskId }) =>
    (await hangingOn(here, "comment", ["task", taskId]))?.sort(byTime),
  async "checklists.list"(here, { taskId }) {
    const checklists = await hangingOn(here, "checklist", ["task", taskId]);
    if (!checklists) return undefined;
    const ids = new Set(checklists.map(({ id }) => id));
    const items = await rowsFrom(here.db, "checklistItem", taskId);
    return {
      checklists: checklists.sort(byRank),
      items: items.filter(({ checklistId }) => ids.has(checklistId)).sort(byRank),
    };
  },
  // Their role is what the tree says.
  "documents.get": async ({ db }, { id }) => (await rowFrom(db, "document", id))?.row,
  async "threads.list"(here, { documentId }) {
    const threads = await hangingOn(here, "documentThread", ["document", documentId]);
    if (!threads) return undefined;
    const comments = await rowsFrom(here.db, "comment", documentId);
    return { threads: threads.sort(byTime), comments: comments.sort(byTime) };
  },
  async "files.list"(here, input: RouterInputs["files"]["list"]) {
    const { projectId, taskId, documentId } = input;
    const isKnown = projectId
      ? isWhole(here, `project/${projectId}`)
      : taskId
        ? await rowFrom(here.db, "task", taskId)
        : documentId && (await rowFrom(here.db, "document", documentId));
    if (!isKnown || input.deleted) return undefined;
    return { items: await filesFor(here.db, input), nextCursor: null };
  },
  // The service worker gives out what is at such an address, where it speaks for itself too.
  async "files.url"({ db }, { id }) {
    const file = await readOne(db, "files", id);
    return file?.isComplete ? { path: `/files/${id}`, seconds: 60 } : undefined;
  },
  "search.find": async ({ search }, asked) => ({
    ...(await search.find(asked)),
    ...foundOnThisDevice,
  }),
  "search.count": ({ search }, asked) => search.count(asked),
};

export async function answerFrom(here: Here, path: string, input: unknown): Promise<unknown> {
  const answerer = answerers[path as ProcedurePath] as Answerer<ProcedurePath> | undefined;
  if (!answerer) return undefined;
  if (here.list.places().length === 0 && (await readAll(here.db, "places")).length === 0) {
    return undefined;
  }
  return await answerer(here, input as never);
}
