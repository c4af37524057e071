/**
 * /metrics of several workers behind one port. Whichever worker is asked asks the primary, which
 * asks all of them and adds up: so one address tells of the whole machine, and who is asked does not
 * matter. Machines are told apart by their addresses, as Prometheus does.
 */
import cluster, { type Worker } from "node:cluster";
import { AggregatorRegistry, type Registry } from "prom-client";

const ASK = "guildhall:metrics?";
const TELL = "guildhall:metrics";

type Told =
  | { type: typeof TELL; id: number; text: string }
  | { type: typeof TELL; id: number; error: string };

/** For the primary, once, before the first worker. */
export function tellWorkersTheirMetrics(): void {
  const all = new AggregatorRegistry();
  cluster.on("message", async (worker: Worker, message: unknown) => {
    if (!isMessage(message, ASK)) return;
    const { id } = message;
    const told = await all.clusterMetrics().then(
      (text): Told => ({ type: TELL, id, text }),
      (error: Error): Told => ({ type: TELL, id, error: error.message }),
    );
    if (worker.isConnected()) worker.send(told);
  });
}

/** What /metrics answers in this process: its own, or as a worker those of all. */
export function metricsText(registry: Registry): () => Promise<string> {
  if (!cluster.isWorker) return () => registry.metrics();
  AggregatorRegistry.setRegistries(registry);
  // Makes this worker answer when the primary asks it.
  new AggregatorRegistry();
  const waiting = new Map<number, PromiseWithResolvers<string>>();
  let asked = 0;
  process.on("message", (message: unknown) => {
    if (!isMessage(message, TELL)) return;
    const told = message as Told;
    const answer = waiting.get(told.id);
    waiting.delete(told.id);
    if ("text" in told) answer?.resolve(told.text);
    else answer?.reject(new Error(`The workers' metrics could not be gathered: ${told.error}`));
  });
  return () => {
    const answer = Promise.withResolvers<string>();
    waiting.set(++asked, answer);
    process.send?.({ type: ASK, id: asked });
    return answer.promise;
  };
}

function isMessage(message: unknown, type: string): message is { type: string; id: number } {
  return (
    typeof message === "object" && message !== null && "type" in message && message.type === type
  );
}
