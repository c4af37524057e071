import { setTimeout as delay } from "node:timers/promises";
import type { Postmaster } from "./postmaster.ts";

type Actions = {
  start: () => Promise<Postmaster>;
  stop: (pid: number) => Promise<void>;
  log: (message: string) => void;
};

/**
 * Starts Postgres again, on the same port, when it ends without being asked (out of memory, a kill).
 * Requests fail meanwhile; the pool finds the new one by itself.
 */
export function keepRunning(first: Postmaster, actions: Actions): { stop(): Promise<void> } {
  const asked = new AbortController();
  let current: Postmaster | null = first;
  const watching = watch();

  async function watch(): Promise<void> {
    while (current) {
      await current.exited;
      current = null;
      for (let pause = 100; !asked.signal.aborted && !current; pause = Math.min(pause * 2, 5_000)) {
        actions.log("Postgres stopped unexpectedly and is being restarted.");
        current = await startAgain();
        if (!current) await delay(pause, undefined, { signal: asked.signal }).catch(() => {});
      }
    }
  }

  async function startAgain(): Promise<Postmaster | null> {
    try {
      return await actions.start();
    } catch (error) {
      actions.log(`Couldn't restart Postgres: ${String(error)}`);
      return null; // Tried again after a pause: the disk may have room by then.
    }
  }

  return {
    async stop() {
      asked.abort();
      current?.hold();
      if (current) await actions.stop(current.pid);
      await watching;
    },
  };
}
