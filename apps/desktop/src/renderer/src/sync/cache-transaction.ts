/**
 * Many changes, one new cache.
 *
 * An import of 5,000 issues arrives as 5,000 changes. Setting the cache for each would copy a
 * 10,000-row board 5,000 times. A tx copies what it touches once, takes all changes of a batch,
 * and is then put into the cache as a whole.
 */
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { keys } from "./keys.ts";
import type { Board, DocumentRow, Role, TaskRow, Tree } from "./types.ts";

/** A tree to be changed in place. */
export type TreeDraft = { documents: Map<string, DocumentRow>; areas: Record<string, Role> };

export class CacheTransaction {
  readonly #cache: QueryClient;
  readonly #boards = new Map<string, Map<string, TaskRow>>();
  readonly #trees = new Map<string, TreeDraft>();
  readonly #others = new Map<string, { key: QueryKey; data: unknown }>();

  constructor(cache: QueryClient) {
    this.#cache = cache;
  }

  /** The project's tasks to be changed in place; null when nobody has opened the project. */
  board(projectId: string): Map<string, TaskRow> | null {
    const open = this.#boards.get(projectId);
    if (open) return open;
    const board = this.#cache.getQueryData<Board>(keys.board(projectId));
    if (!board) return null;
    const tasks = new Map(board.tasks);
    this.#boards.set(projectId, tasks);
    return tasks;
  }

  /** Every board that is in the cache. */
  boards(): Map<string, TaskRow>[] {
    const found = this.#cache.getQueryCache().findAll({ queryKey: ["board"] });
    return found.flatMap(({ queryKey }) => this.board(String(queryKey[1])) ?? []);
  }

  /** The workspace's documents; null when nobody has asked for them. */
  tree(workspaceId: string): TreeDraft | null {
    const open = this.#trees.get(workspaceId);
    if (open) return open;
    const known = this.#cache.getQueryData<Tree>(keys.tree(workspaceId));
    if (!known) return null;
    const tree = { documents: new Map(known.documents), areas: { ...known.areas } };
    this.#trees.set(workspaceId, tree);
    return tree;
  }

  /** Changes what is cached under `key`; does nothing when nothing is. */
  update<T>(key: QueryKey, change: (data: T) => T) {
    const id = JSON.stringify(key);
    const data = this.#others.get(id)?.data ?? this.#cache.getQueryData(key);
    if (data !== undefined) this.#others.set(id, { key, data: change(data as T) });
  }

  /** The same for everything whose key starts with `prefix`. */
  updateAll<T>(prefix: QueryKey, change: (data: T) => T) {
    for (const { queryKey } of this.#cache.getQueryCache().findAll({ queryKey: prefix })) {
      this.update(queryKey, change);
    }
  }

  set(key: QueryKey, data: unknown) {
    this.#others.set(JSON.stringify(key), { key, data });
  }

  /** Asks the server again, once the tx is in the cache. */
  readonly stale: QueryKey[] = [];

  /** The same for one key, of which there may be thousands: only where something is cached. */
  askAgain(key: QueryKey) {
    if (this.#cache.getQueryState(key)) this.stale.push(key);
  }

  readonly #forgotten = new Set<string>();

  /** What I may no longer see does not stay here either. */
  forgetProject(projectId: string) {
    this.#forgotten.add(projectId);
  }

  commit() {
    for (const [projectId, tasks] of this.#boards) {
      this.#cache.setQueryData<Board>(keys.board(projectId), (old) =>
        old ? { ...old, tasks } : undefined,
      );
    }
    for (const [workspaceId, tree] of this.#trees) {
      this.#cache.setQueryData<Tree>(keys.tree(workspaceId), tree);
    }
    for (const { key, data } of this.#others.values()) this.#cache.setQueryData(key, data);
    for (const projectId of this.#forgotten) {
      this.#cache.removeQueries({ queryKey: keys.board(projectId) });
      this.#cache.removeQueries({ predicate: ({ state }) => isOf(projectId, state.data) });
    }
    const stale = new Map(this.stale.map((key) => [JSON.stringify(key), key]));
    for (const queryKey of stale.values()) this.#cache.invalidateQueries({ queryKey });
  }
}

const isOf = (projectId: string, data: unknown) =>
  typeof data === "object" && data !== null && "projectId" in data && data.projectId === projectId;
