/**
 * /metrics of several workers behind one port. Whichever worker is asked asks the primary, which
 * asks all that serve and adds up: so one address tells of the whole machine, and who is asked does
 * not matter. prom-client's own way (`clusterMetrics`) fails altogether when one worker is just
 * starting, dying or stuck, which is when somebody looks; here the others' part is told.
 */
import cluster, { type Worker } from "node:cluster";
import { AggregatorRegistry, type Registry } from "prom-client";

/** Longer than a worker waits for the database before it tells the rest. */
const PATIENCE_MS = 2_000;
const KEY = "guildhall:metrics";

type Part = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

type ToPrimary =
  | { [KEY]: "here" }
  | { [KEY]: "ask"; id: number }
  | { [KEY]: "part"; id: number; part: Part };
type ToWorker = { [KEY]: "give"; id: number } | { [KEY]: "whole"; id: number; text: string };

const isOurs = <T extends ToPrimary | ToWorker>(message: unknown): message is T =>
  typeof message === "object" && message !== null && KEY in message;

type Gathering = { parts: Part[]; waitFor: Set<Worker>; done: () => void };

/** For the primary, once, before the first worker. */
export function tellWorkersTheirMetrics(): void {
  const here = new Set<Worker>();
  const gatherings = new Map<number, Gathering>();
  let last = 0;

  async function gather(): Promise<string> {
    const id = ++last;
    const { promise, resolve } = Promise.withResolvers<void>();
    const gathering: Gathering = { parts: [], waitFor: new Set(here), done: resolve };
    gatherings.set(id, gathering);
    const late = setTimeout(resolve, PATIENCE_MS);
    for (const worker of here) send(worker, { [KEY]: "give", id });
    await promise;
    clearTimeout(late);
    gatherings.delete(id);
    return AggregatorRegistry.aggregate(gathering.parts).metrics();
  }

  function isDoneWith(worker: Worker, { waitFor, done }: Gathering): void {
    if (waitFor.delete(worker) && waitFor.size === 0) done();
  }

  cluster.on("message", async (worker: Worker, message: unknown) => {
    if (!isOurs<ToPrimary>(message)) return;
    if (message[KEY] === "here") return void here.add(worker);
    if (message[KEY] === "ask") {
      return send(worker, { [KEY]: "whole", id: message.id, text: await gather() });
    }
    const gathering = gatherings.get(message.id);
    gathering?.parts.push(message.part);
    if (gathering) isDoneWith(worker, gathering);
  });
  cluster.on("exit", (worker) => {
    here.delete(worker);
    for (const gathering of gatherings.values()) isDoneWith(worker, gathering);
  });
}

function send(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}

/** What /metrics answers in this process: its own, or as a worker those of all. */
export function metricsText(registry: Registry): () => Promise<string> {
  if (!cluster.isWorker) return () => registry.metrics();
  const waiting = new Map<number, (text: string) => void>();
  let asked = 0;
  const tell = (message: ToPrimary) => void process.send?.(message);
  process.on("message", async (message: unknown) => {
    if (!isOurs<ToWorker>(message)) return;
    const { id } = message;
    if (message[KEY] === "give")
      return tell({ [KEY]: "part", id, part: await registry.getMetricsAsJSON() });
    waiting.get(id)?.(message.text);
    waiting.delete(id);
  });
  tell({ [KEY]: "here" });
  return () => {
    const id = ++asked;
    const { promise, resolve } = Promise.withResolvers<string>();
    waiting.set(id, resolve);
    tell({ [KEY]: "ask", id });
    return promise;
  };
}
