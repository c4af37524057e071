/**
 * The feed of each workspace, as this process serves it.
 *
 * Problem: commits are numbered 1, 2, 3 … but their rings may come out of order (two transactions
 * end in the same tick), twice, or never (another worker's message was lost). Giving each
 * subscriber what rings as it rings loses order; letting each one read Postgres whenever a number is
 * missing turns one lost ring into five hundred queries.
 * Choice: one hub a workspace knows the last number it passed on, holds back what comes early, and
 * when the missing number does not ring within a moment reads the gap from Postgres once, for all.
 * A lost ring that no later one reveals is found by a look at all listened-to workspaces, every few
 * seconds, in one query.
 */
import { type Db, type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, gt, inArray, lte } from "drizzle-orm";
import superjson, { type SuperJSONResult } from "superjson";
import type { RoutedChange } from "./change.ts";
import { must } from "./errors.ts";

const { workspaces } = schema;

const PATIENCE_MS = 100;
const LOOK_MS = 5_000;
const PAGE = 500;

export type Listener = (batch: RoutedChange[]) => void;

type Hub = {
  /** The last number given to the listeners; null until the first look into the database. */
  last: number | null;
  early: Map<number, RoutedChange>;
  listeners: Set<Listener>;
  timer: NodeJS.Timeout | null;
  healing: boolean;
};

export class Feed {
  readonly #db: Db;
  readonly #hubs = new Map<string, Hub>();
  readonly #onError: (error: unknown) => void;
  readonly #lookMs: number;
  #looking: NodeJS.Timeout | null = null;

  constructor(db: Db, onError: (error: unknown) => void, options: { lookMs?: number } = {}) {
    this.#db = db;
    this.#onError = onError;
    this.#lookMs = options.lookMs ?? LOOK_MS;
  }

  /** Called after a commit with the changes it made. */
  ring(workspaceId: string, changes: RoutedChange[]) {
    const hub = this.#hubs.get(workspaceId);
    if (!hub) return;
    for (const change of changes) hub.early.set(change.seq, change);
    this.#drain(workspaceId, hub);
  }

  /**
   * Hears every change committed from now on, in order, each once. The caller reads the backlog
   * afterwards and drops what it has: listening first is what leaves no hole between the two.
   */
  async listen(workspaceId: string, listener: Listener): Promise<() => void> {
    let hub = this.#hubs.get(workspaceId);
    if (!hub) {
      hub = { last: null, early: new Map(), listeners: new Set(), timer: null, healing: false };
      this.#hubs.set(workspaceId, hub);
    }
    hub.listeners.add(listener);
    this.#lookLater();
    const close = () => this.#leave(workspaceId, hub, listener);
    try {
      if (hub.last === null) await this.#findStart(workspaceId, hub);
    } catch (error) {
      close();
      throw error;
    }
    return close;
  }

  /** Changes after `after`, oldest first, at most `limit`. */
  async read(workspaceId: string, after: number, limit = PAGE): Promise<RoutedChange[]> {
    const { changes } = schema;
    const rows = await this.#db
      .select()
      .from(changes)
      .where(
        and(
          eq(changes.workspaceId, workspaceId),
          gt(changes.seq, after),
          lte(changes.seq, after + limit),
        ),
      )
      .orderBy(asc(changes.seq));
    return rows.map(toRoutedChange);
  }

  #lookLater() {
    if (this.#looking || this.#hubs.size === 0) return;
    this.#looking = setTimeout(async () => {
      await this.#look().catch(this.#onError);
      this.#looking = null;
      this.#lookLater();
    }, this.#lookMs);
    this.#looking.unref();
  }

  /** A commit whose ring was lost, and nothing after it: the numbers in the database tell. */
  async #look() {
    if (this.#hubs.size === 0) return;
    const rows = await this.#db
      .select({ id: workspaces.id, seq: workspaces.changeSeq })
      .from(workspaces)
      .where(inArray(workspaces.id, [...this.#hubs.keys()]));
    for (const { id, seq } of rows) {
      const hub = this.#hubs.get(id);
      if (hub && hub.last !== null && hub.last < seq && !hub.healing) await this.#heal(id, hub);
    }
  }

  async #findStart(workspaceId: string, hub: Hub) {
    const [row] = await this.#db
      .select({ seq: schema.workspaces.changeSeq })
      .from(schema.workspaces)
      .where(eq(schema.workspaces.id, workspaceId));
    // A ring may have come while we asked: it is in `early`, and drains now.
    hub.last ??= row?.seq ?? 0;
    this.#drain(workspaceId, hub);
  }

  #leave(workspaceId: string, hub: Hub, listener: Listener) {
    hub.listeners.delete(listener);
    if (hub.listeners.size > 0) return;
    if (hub.timer) clearTimeout(hub.timer);
    if (this.#hubs.get(workspaceId) === hub) this.#hubs.delete(workspaceId);
  }

  #drain(workspaceId: string, hub: Hub) {
    if (hub.last === null) return;
    const batch: RoutedChange[] = [];
    for (let next = hub.early.get(hub.last + 1); next; next = hub.early.get(hub.last + 1)) {
      hub.early.delete(next.seq);
      hub.last = next.seq;
      batch.push(next);
    }
    for (const seq of hub.early.keys()) if (seq <= hub.last) hub.early.delete(seq);
    if (batch.length > 0) for (const listener of [...hub.listeners]) listener(batch);
    this.#watchGap(workspaceId, hub);
  }

  #watchGap(workspaceId: string, hub: Hub) {
    if (hub.early.size === 0) {
      if (hub.timer) clearTimeout(hub.timer);
      hub.timer = null;
      return;
    }
    if (hub.timer || hub.healing || hub.listeners.size === 0) return;
    hub.timer = setTimeout(() => {
      hub.timer = null;
      this.#heal(workspaceId, hub).catch(this.#onError);
    }, PATIENCE_MS);
  }

  async #heal(workspaceId: string, hub: Hub) {
    hub.healing = true;
    try {
      const missing = await this.read(workspaceId, hub.last ?? 0);
      for (const change of missing) hub.early.set(change.seq, change);
    } finally {
      hub.healing = false;
      // Also after a failed read: what is early starts the watch again.
      this.#drain(workspaceId, hub);
    }
  }
}

export function toRoutedChange(row: typeof schema.changes.$inferSelect): RoutedChange {
  const { workspaceId: _, entityId, row: kept, ...rest } = row;
  return {
    ...rest,
    id: entityId,
    row: kept === null ? null : superjson.deserialize(kept as SuperJSONResult),
  } as RoutedChange;
}

/** Where the feed stands: read in the same snapshot as the rows it belongs to. */
export async function readCursor(q: Queryable, workspaceId: string) {
  const [row] = await q
    .select({
      seq: workspaces.changeSeq,
      epoch: workspaces.feedEpoch,
      floor: workspaces.changeFloor,
    })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  return must(row, "a workspace that was just read");
}
