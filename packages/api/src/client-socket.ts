/**
 * The client's socket, where tRPC's would wait longer than a person does.
 *
 * After failures tRPC sleeps, and nothing wakes it: a laptop that comes back online would sit out the rest. So
 * the waiting is done here, before an address is given, and `wake` ends it. A socket may also be dead and not
 * know: its network went while the computer slept. A ping finds it out, but the browser tells nobody of a close
 * until the other side has agreed, or a minute has gone. So the end is told here, a second after it was asked
 * for, or at once when a ping after waking has had no answer.
 */
import { createWSClient } from "@trpc/client";
import { retryDelay } from "./core/retry-delay.ts";
import { WebSocket } from "./web-socket.ts";

export const WAITS = { firstMs: 500, lastMs: 30_000 };
/** For the other side to open, to answer a ping after waking, and to agree to a close. */
const OPEN_MS = 10_000;
const PONG_MS = 1_000;
const CLOSE_MS = 1_000;

type Options = Omit<
  Parameters<typeof createWSClient>[0],
  "url" | "WebSocket" | "retryDelayMs" | "keepAlive"
> & { url: string };

export function createSocket({ url, ...options }: Options) {
  const pause = createPause();
  /** The attempt that is due, and the one from which waits grow: waking begins anew. */
  let attempt = 0;
  let from = 0;
  let waitMs = 0;
  const sockets = new Set<{ check(): void }>();
  const client = createWSClient({
    ...options,
    WebSocket: watched(sockets),
    url: async () => {
      const ms = waitMs;
      waitMs = 0;
      if (ms > 0) await pause.wait(ms);
      return url;
    },
    // It waits for the address instead. The first time at once: most often it was only asleep.
    retryDelayMs(next) {
      if (next < attempt) from = 0;
      attempt = next;
      waitMs = next <= from ? 0 : retryDelay(next - from - 1, WAITS);
      return 0;
    },
    keepAlive: { enabled: true, intervalMs: 15_000, pongTimeoutMs: 5_000 },
  });
  return {
    client,
    /** The network or the computer may be back: what waits goes now, what is open has to prove it. */
    wake() {
      from = attempt + 1;
      pause.end();
      for (const socket of sockets) socket.check();
    },
    async close() {
      pause.end();
      await client.close();
    },
  };
}

/** A wait that can be cut short. */
function createPause() {
  let end = () => {};
  return {
    end: () => end(),
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

function watched(sockets: Set<{ check(): void }>): typeof WebSocket {
  // Of Node before 23, where the package for tools puts another one in its place: it tells of each end itself.
  if (!("dispatchEvent" in WebSocket.prototype)) return WebSocket;
  return class extends WebSocket {
    readonly #madeAt = performance.now();
    #isOver = false;
    #deadline: ReturnType<typeof setTimeout>;

    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      sockets.add(this);
      this.#deadline = setTimeout(() => this.#giveUp(), OPEN_MS);
      this.addEventListener("open", () => clearTimeout(this.#deadline));
      this.addEventListener("message", () => clearTimeout(this.#deadline));
      // Before all other listeners, so that the end is told once.
      this.addEventListener("close", (event) => {
        if (this.#isOver) event.stopImmediatePropagation();
        this.#isOver = true;
        clearTimeout(this.#deadline);
        sockets.delete(this);
      });
    }

    override close(code?: number, reason?: string) {
      super.close(code, reason);
      clearTimeout(this.#deadline);
      if (!this.#isOver) this.#deadline = setTimeout(() => this.#tellOver(), CLOSE_MS);
    }

    check() {
      if (this.readyState === WebSocket.OPEN) {
        clearTimeout(this.#deadline);
        this.#deadline = setTimeout(() => this.#giveUp(), PONG_MS);
        this.send("PING");
      } else if (performance.now() - this.#madeAt > PONG_MS) this.#giveUp();
    }

    #giveUp() {
      super.close();
      this.#tellOver();
    }

    #tellOver() {
      if (this.#isOver) return;
      // One that never opened fails by itself; tRPC waits for that.
      if (this.readyState === WebSocket.CONNECTING) return;
      this.dispatchEvent(new CloseEvent("close", { code: 1006 }));
    }
  };
}
