/**
 * The feed of each workspace, as this worker serves it.
 *
 * Problem: commits are numbered 1, 2, 3 … but their rings may come out of order (two transactions
 * end in the same tick, two workers write), twice, or never (the bus lost a message). Giving each
 * subscriber what rings as it rings loses order; letting each one read Postgres whenever a number is
 * missing turns one lost ring into five hundred queries.
 * Choice: one hub a workspace knows the last number it passed on, holds back what comes early, and
 * when the missing number does not ring within a moment reads the gap from Postgres once, for all.
 * A lost ring that no later one reveals is found by a look at all workspaces that were silent for
 * some seconds, in one query. The newest messages stay in memory, so that five thousand clients that
 * come back at once do not each ask Postgres for the same page.
 */
import { type Db, type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, getTableColumns, gt, inArray } from "drizzle-orm";
import superjson, { type SuperJSONResult } from "superjson";
import type { Bus } from "./bus.ts";
import type { RoutedChange } from "./change.ts";
import { ChangeMessage, type ChangeTuple, encodeChange } from "./change-message.ts";
import { invariant } from "./errors.ts";
import { Recent } from "./recent.ts";
import { GONE, mayMove, readStandings, standing, toStanding } from "./standing.ts";

const { workspaces } = schema;

const PATIENCE_MS = 100;
const SILENCE_MS = 3_000;
/** How often it is looked within that time: once would find some silences only after twice of it. */
const LOOKS = 4;
const PAGE = 500;
/** More than this is not sent through the bus: each worker then reads it from Postgres, once. */
const MAX_RING_BYTES = 256 * 1024;

export type Listener = (batch: ChangeMessage[]) => void;

/** What rings: the changes, or only how far the feed has come. */
type Ring = { tuples: ChangeTuple[] } | { seq: number };

type Hub = {
  /** The last number given to the listeners; null until the first look into the database. */
  last: number | null;
  /** The last change after which things of earlier ones may stand elsewhere. */
  lastMove: number;
  early: Map<number, ChangeMessage>;
  recent: Recent;
  listeners: Set<Listener>;
  leaveBus: () => void;
  timer: NodeJS.Timeout | null;
  healing: boolean;
  heardAt: number;
};

type Options = {
  db: Db;
  bus: Bus;
  onError: (error: unknown) => void;
  /** How long a workspace may be silent before Postgres is asked. */
  silenceMs?: number;
};

export class Feed {
  readonly #db: Db;
  readonly #bus: Bus;
  readonly #hubs = new Map<string, Hub>();
  readonly #onError: (error: unknown) => void;
  readonly #silenceMs: number;
  #looking: NodeJS.Timeout | null = null;
  /** How often a gap was read from Postgres, for the operator. */
  heals = 0;

  constructor({ db, bus, onError, silenceMs = SILENCE_MS }: Options) {
    this.#db = db;
    this.#bus = bus;
    this.#onError = onError;
    this.#silenceMs = silenceMs;
    bus.onGap(() => {
      for (const hub of this.#hubs.values()) hub.heardAt = 0;
      this.#look().catch(onError);
    });
  }

  /** Called after a commit with the changes it made: tells every worker, this one included. */
  ring(workspaceId: string, changes: RoutedChange[]) {
    if (this.#bus.state === "local" && !this.#hubs.has(workspaceId)) return;
    this.#bus.publish(channel(workspaceId), toRing(changes));
  }

  /**
   * Hears every change committed from now on, in order, each once. The caller reads the backlog
   * afterwards and drops what it has: listening first is what leaves no hole between the two.
   */
  async listen(workspaceId: string, listener: Listener): Promise<() => void> {
    const hub = this.#hubs.get(workspaceId) ?? this.#open(workspaceId);
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

  /** How far the listeners of this worker have come; null when nobody listens. */
  position(workspaceId: string): number | null {
    return this.#hubs.get(workspaceId)?.last ?? null;
  }

  /** Changes after `after` that are still in memory, without a gap; null when Postgres must tell. */
  remembered(workspaceId: string, after: number): ChangeMessage[] | null {
    return this.#hubs.get(workspaceId)?.recent.after(after) ?? null;
  }

  /** The newest of them, as far back as memory reaches. */
  newest(workspaceId: string, after: number): ChangeMessage[] {
    return this.#hubs.get(workspaceId)?.recent.newest(after) ?? [];
  }

  /**
   * Asks where their things stand now, for messages that were in memory while documents were moved.
   * Most often that is none of them, and Postgres is not asked.
   */
  async place(workspaceId: string, messages: ChangeMessage[]): Promise<void> {
    const hub = this.#hubs.get(workspaceId);
    const upTo = hub?.last ?? null;
    if (!hub || upTo === null) return;
    const stale = messages.filter((m) => m.standingAt < hub.lastMove && mayMove(m));
    if (stale.length === 0) return;
    const seqs = stale.map(({ seq }) => seq);
    const standings = await readStandings(this.#db, workspaceId, seqs);
    for (const message of stale) {
      const now = standings.get(message.seq);
      message.standing = now === undefined ? GONE : now;
      message.standingAt = upTo;
    }
  }

  /** Changes after `after`, oldest first, at most `limit`; with where their things stand now. */
  async read(workspaceId: string, after: number, limit = PAGE): Promise<ChangeMessage[]> {
    const { changes } = schema;
    const upTo = this.position(workspaceId) ?? 0;
    const rows = await this.#db
      .select({ ...getTableColumns(changes), place: standing })
      .from(changes)
      .where(and(eq(changes.workspaceId, workspaceId), gt(changes.seq, after)))
      .orderBy(asc(changes.seq))
      .limit(limit);
    const standingAt = Math.max(upTo, rows.at(-1)?.seq ?? 0);
    return rows.map(({ place, ...row }) => {
      const message = ChangeMessage.of(toRoutedChange(row));
      message.standing = toStanding(workspaceId, place);
      message.standingAt = standingAt;
      return message;
    });
  }

  #open(workspaceId: string): Hub {
    const hub: Hub = {
      last: null,
      lastMove: 0,
      early: new Map(),
      recent: new Recent(),
      listeners: new Set(),
      leaveBus: this.#bus.listen(channel(workspaceId), (ring) =>
        this.#hear(workspaceId, hub, ring as Ring),
      ),
      timer: null,
      healing: false,
      heardAt: Date.now(),
    };
    this.#hubs.set(workspaceId, hub);
    return hub;
  }

  #heardNow(workspaceId: string) {
    const hub = this.#hubs.get(workspaceId);
    if (hub) hub.heardAt = Date.now();
  }

  #hear(workspaceId: string, hub: Hub, ring: Ring) {
    hub.heardAt = Date.now();
    if ("tuples" in ring) {
      for (const tuple of ring.tuples) this.#keep(hub, new ChangeMessage(tuple));
      this.#drain(workspaceId, hub);
    } else if (hub.last !== null && ring.seq > hub.last && !hub.healing) {
      this.#heal(workspaceId, hub).catch(this.#onError);
    }
  }

  #keep(hub: Hub, message: ChangeMessage) {
    if (hub.last === null || message.seq > hub.last) hub.early.set(message.seq, message);
  }

  #lookLater() {
    if (this.#looking || this.#hubs.size === 0) return;
    this.#looking = setTimeout(async () => {
      await this.#look().catch(this.#onError);
      this.#looking = null;
      this.#lookLater();
    }, this.#silenceMs / LOOKS);
    this.#looking.unref();
  }

  /** A commit whose ring was lost, and nothing after it: the numbers in the database tell. */
  async #look() {
    const since = Date.now() - this.#silenceMs;
    const silent = [...this.#hubs].filter(([, hub]) => hub.heardAt <= since).map(([id]) => id);
    if (silent.length === 0) return;
    // Asked once for each time of silence, however often it is looked.
    for (const id of silent) this.#heardNow(id);
    const rows = await this.#db
      .select({ id: workspaces.id, seq: workspaces.changeSeq })
      .from(workspaces)
      .where(inArray(workspaces.id, silent));
    for (const { id, seq } of rows) {
      const hub = this.#hubs.get(id);
      if (hub && hub.last !== null && hub.last < seq && !hub.healing) await this.#heal(id, hub);
    }
  }

  async #findStart(workspaceId: string, hub: Hub) {
    const [row] = await this.#db
      .select({ seq: workspaces.changeSeq })
      .from(workspaces)
      .where(eq(workspaces.id, workspaceId));
    // A ring may have come while we asked: it is in `early`, and drains now.
    if (hub.last === null) {
      hub.last = row?.seq ?? 0;
      hub.recent.startAt(hub.last);
    }
    this.#drain(workspaceId, hub);
  }

  #leave(workspaceId: string, hub: Hub, listener: Listener) {
    hub.listeners.delete(listener);
    if (hub.listeners.size > 0 || this.#hubs.get(workspaceId) !== hub) return;
    if (hub.timer) clearTimeout(hub.timer);
    hub.leaveBus();
    this.#hubs.delete(workspaceId);
  }

  #drain(workspaceId: string, hub: Hub) {
    if (hub.last === null) return;
    const batch: ChangeMessage[] = [];
    for (let next = hub.early.get(hub.last + 1); next; next = hub.early.get(hub.last + 1)) {
      hub.early.delete(next.seq);
      hub.last = next.seq;
      if (next.moves) hub.lastMove = next.seq;
      batch.push(next);
    }
    for (const seq of hub.early.keys()) if (seq <= hub.last) hub.early.delete(seq);
    hub.recent.push(batch);
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
    this.heals++;
    try {
      for (let full = true; full && hub.listeners.size > 0; ) {
        const missing = await this.read(workspaceId, hub.last ?? 0);
        for (const message of missing) this.#keep(hub, message);
        full = missing.length === PAGE;
        this.#drain(workspaceId, hub);
      }
    } finally {
      hub.healing = false;
      // Also after a failed read: what is early starts the watch again.
      this.#drain(workspaceId, hub);
    }
  }
}

const channel = (workspaceId: string) => `feed:${workspaceId}`;

function toRing(changes: RoutedChange[]): Ring {
  const seq = invariant(changes.at(-1), "a ring has changes").seq;
  const tuples: ChangeTuple[] = [];
  let bytes = 0;
  for (const change of changes) {
    const tuple = encodeChange(change);
    bytes += tuple[5].length;
    if (bytes > MAX_RING_BYTES) return { seq };
    tuples.push(tuple);
  }
  return { tuples };
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
  return invariant(row, "a workspace that was just read");
}
