/**
 * What /metrics tells. Every name is guildhall_… and stands in deploy/OBSERVE.md, which a test
 * holds against this file; the rest are prom-client's own of the process.
 *
 * Labels come from short lists only: names of procedures from the router, classes of status codes.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { RunningServices } from "@guildhall/api/server";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Sockets } from "../sockets/ws.ts";
import { metricsText } from "./metrics-of-all-workers.ts";

export type Destination = "trpc" | "files" | "page" | "operations";

export type Metrics = {
  registry: Registry;
  /** `procedure` is a name of the router, or "unknown". */
  procedure(procedure: string, status: number, seconds: number): void;
  answered(to: Destination, status: number, seconds: number): void;
  turnedAway(): void;
  /** Tells how many requests are under way. */
  underWay(read: () => number): void;
  /** Tells how many bytes are kept of what has not arrived, or is being answered. */
  arriving(read: () => number): void;
  /** Something could not be saved for want of room on a disk. */
  diskFull(): void;
  /** Makes what /metrics answers: of this process, or of all its fellow workers. */
  text(): () => Promise<string>;
  /** What is only looked at when somebody asks. */
  watch(watched: Watched): void;
};

type Watched = {
  services: Pick<RunningServices, "bus" | "feed" | "load" | "search">;
  sockets: Pick<Sockets, "stats">;
};

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** How long /metrics waits for the database. */
const PATIENCE_MS = 1_000;
const SEARCH_STATES = ["database", "outside", "away"] as const;
const BUS_STATES = ["local", "up", "down"] as const;

const classOf = (status: number) => `${Math.floor(status / 100)}xx`;

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  gauge(registry, "guildhall_workers", "Workers that told their part of this.", () => 1);
  const requests = new Histogram({
    name: "guildhall_http_request_duration_seconds",
    help: "HTTP requests, from their first byte to the last of the answer.",
    labelNames: ["to", "status"] as const,
    buckets: SECONDS,
    registers,
  });
  const procedures = new Histogram({
    name: "guildhall_procedure_duration_seconds",
    help: "Calls of procedures, over HTTP and on sockets; of a subscription its beginning.",
    labelNames: ["procedure", "status"] as const,
    buckets: SECONDS,
    registers,
  });
  const turnedAway = new Counter({
    name: "guildhall_http_turned_away_total",
    help: "Requests answered 503: HTTP_MAX_WAITING others were under way, or too much of one sender's.",
    registers,
  });
  const diskFull = new Counter({
    name: "guildhall_disk_full_total",
    help: "What could not be saved because the disk of the database or of files is full.",
    registers,
  });
  return {
    registry,
    diskFull: () => diskFull.inc(),
    procedure: (procedure, status, seconds) =>
      procedures.observe({ procedure, status: classOf(status) }, seconds),
    answered: (to, status, seconds) => requests.observe({ to, status: classOf(status) }, seconds),
    turnedAway: () => turnedAway.inc(),
    underWay: (read) =>
      gauge(
        registry,
        "guildhall_http_requests_under_way",
        "Requests to procedures that are being answered; HTTP_MAX_WAITING bounds each worker.",
        read,
      ),
    arriving: (read) =>
      gauge(
        registry,
        "guildhall_arriving_bytes",
        "Bytes of requests and frames that are on their way or being answered; 64 MB bound each worker.",
        read,
      ),
    text: () => metricsText(registry),
    watch: (watched) => {
      watchSockets(registry, watched.sockets);
      watchFeed(registry, watched.services);
      watchSearch(registry, watched.services);
      watchDatabase(registry, watched.services);
    },
  };
}

/** Asked for at each scrape; workers' values are added up. */
function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

/** Counted elsewhere, from 0 at the start of the process. */
function counter(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

function watchSockets(registry: Registry, sockets: Watched["sockets"]): void {
  gauge(
    registry,
    "guildhall_sockets",
    "Open WebSockets; WS_MAX_CONNECTIONS is the bound of each worker.",
    () => sockets.stats().sockets,
  );
  gauge(
    registry,
    "guildhall_subscriptions",
    "Subscriptions on open sockets.",
    () => sockets.stats().subscriptions,
  );
  counter(
    registry,
    "guildhall_sockets_let_go_total",
    "Sockets closed because their reader did not keep up; they resume by their cursor.",
    () => sockets.stats().terminated,
  );
}

function watchFeed(registry: Registry, { feed, bus }: Watched["services"]): void {
  const lag = new Histogram({
    name: "guildhall_feed_lag_seconds",
    help: "From the time written on a change, just before its commit, to its being sent (the oldest of those sent together).",
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers: [registry],
  });
  const deliveries = new Counter({
    name: "guildhall_feed_deliveries_total",
    help: "Changes × the subscribers they were sent to.",
    registers: [registry],
  });
  feed.onDelivered = (messages, subscribers) => {
    deliveries.inc(messages.length * subscribers);
    const oldest = messages[0]?.at ?? Date.now();
    // Clocks of two machines differ: a change from the future arrived at once.
    lag.observe(Math.max(0, Date.now() - oldest) / 1_000);
  };
  counter(
    registry,
    "guildhall_feed_heals_total",
    "Times that a gap in what the bus told was read from Postgres.",
    () => feed.backfills,
  );
  new Gauge({
    name: "guildhall_bus_workers",
    help: "Workers by the state of their bus; “down” means that others' changes arrive by polling.",
    labelNames: ["state"] as const,
    registers: [registry],
    collect() {
      for (const state of BUS_STATES) this.set({ state }, bus.state === state ? 1 : 0);
    },
  });
}

function watchSearch(registry: Registry, { search }: Watched["services"]): void {
  new Gauge({
    name: "guildhall_search_workers",
    help: "Workers by who searches for them; “away” means that Meilisearch does not answer and the database does.",
    labelNames: ["state"] as const,
    registers: [registry],
    collect() {
      for (const state of SEARCH_STATES) this.set({ state }, search.state() === state ? 1 : 0);
    },
  });
}

function watchDatabase(registry: Registry, { load }: Watched["services"]): void {
  gauge(
    registry,
    "guildhall_database_connections_max",
    "Connections at most: DB_POOL_SIZE and DB_MAX_OVERFLOW together, of all workers.",
    () => load.connections,
  );
  gauge(
    registry,
    "guildhall_database_work_under_way",
    "Statements and transactions under way or waiting for a connection.",
    load.database,
  );
  fromDatabase(
    registry,
    "guildhall_imports_unfinished",
    "Imports that wait or run, on all workers; absent while the database does not answer.",
    load.imports,
  );
  fromDatabase(
    registry,
    "guildhall_document_texts_waiting",
    "Documents whose text was written and is not read for search yet; absent while the database does not answer.",
    async () => (await load.unreadTexts()).waiting,
  );
  fromDatabase(
    registry,
    "guildhall_document_texts_unreadable",
    "Documents whose text could not be read, so that search and links do not know it; absent while the database does not answer.",
    async () => (await load.unreadTexts()).unreadable,
  );
}

function fromDatabase(
  registry: Registry,
  name: string,
  help: string,
  read: () => Promise<number>,
): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    // Every worker tells the same number.
    aggregator: "max",
    async collect() {
      const late = delay(PATIENCE_MS, null, { ref: false });
      // Without its database the rest of what /metrics tells is wanted most.
      const count = await Promise.race([read().catch(() => null), late]);
      if (count === null) this.remove();
      else this.set(count);
    },
  });
}
