/** What the primary and a worker tell each other; `ready` is told to `npm run dev` too. */

/** What a stop may take: then a process ends with what is still under way. */
export const WORKER_STOP_MS = 10_000;

export const STOP = { guildhall: "stop" } as const;

export type FromWorker = { guildhall: "worker" } & ({ ready: string } | { failed: string });

export const isStop = (message: unknown): boolean => kindOf(message) === STOP.guildhall;

export const isFromWorker = (message: unknown): message is FromWorker =>
  kindOf(message) === "worker";

function kindOf(message: unknown): unknown {
  return typeof message === "object" && message !== null && "guildhall" in message
    ? message.guildhall
    : null;
}
