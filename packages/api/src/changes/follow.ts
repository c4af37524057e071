/**
 * One loop for catching up and for live.
 *
 * Reading the backlog and then listening leaves a hole between the two; listening and then reading
 * leaves none, only repeats, and those are dropped by number. What this person may see is asked
 * again when something rings for them, when a change of rights passes by, and at least every
 * second that something is delivered: the context of a socket is not a permission.
 *
 * This is the plain way, one event after the other, for a call in process and for server-sent
 * events. A WebSocket is handed over to its room instead, once it has caught up: hand-over.ts.
 */
import type { ChangeMessage } from "../core/change-message.ts";
import type { ActorContext } from "../core/context.ts";
import { catchUp, seen } from "./catch-up.ts";
import { Guard } from "./guard.ts";
import type { Live, Reset } from "./reset.ts";

/** An idle subscription also notices an expired session, without anything ringing. */
const IDLE_CHECK_MS = 30_000;
/** While the database is away: how long to wait before asking it again. */
const OUTAGE_MS = 500;

export type FollowInput = {
  workspaceId: string;
  lastEventId?: number | null | undefined;
  epoch?: string | null | undefined;
};

export async function* follow(
  ctx: ActorContext,
  input: FollowInput,
  signal: AbortSignal,
): AsyncGenerator<ChangeMessage | Reset | Live> {
  const { feed, signals } = ctx.services;
  const { workspaceId } = input;
  const inbox = new Inbox(signal);
  const guard = new Guard(ctx, workspaceId);
  await guard.check();
  const stop = await feed.listen(workspaceId, (batch) => inbox.put(batch));
  const stopSignals = signals.onUser(ctx.actor.user.id, () => {
    guard.doubt();
    inbox.wake();
  });
  const pause = () => {
    signal.throwIfAborted();
    return inbox.pause(OUTAGE_MS);
  };
  try {
    const live = yield* catchUp({
      ctx,
      guard,
      workspaceId,
      lastEventId: input.lastEventId,
      epoch: input.epoch,
      signal,
      isEnough: () => false,
      drained: async () => {},
      pause,
    });
    yield live;
    let last = live.seq;
    while (!signal.aborted) {
      const batch = (await inbox.take()).filter((message) => message.seq > last);
      last = batch.at(-1)?.seq ?? last;
      // An empty batch is a reason to look at the rights again.
      yield* seen({ ctx, guard, workspaceId, pause }, batch);
    }
  } finally {
    stopSignals();
    stop();
  }
}

/** Holds what arrives while the subscriber is busy; `take` waits for the next batch. */
class Inbox {
  #held: ChangeMessage[] = [];
  #wake: (() => void) | null = null;
  /** A wake that came while nobody waited is kept: the next wait ends at once. */
  #woken = false;

  constructor(signal: AbortSignal) {
    signal.addEventListener("abort", () => this.wake(), { once: true });
  }

  put(batch: ChangeMessage[]) {
    for (const message of batch) this.#held.push(message);
    this.wake();
  }

  wake() {
    this.#woken = true;
    this.#wake?.();
    this.#wake = null;
  }

  async take(): Promise<ChangeMessage[]> {
    if (!this.#woken) await this.pause(IDLE_CHECK_MS);
    this.#woken = false;
    const batch = this.#held;
    this.#held = [];
    return batch;
  }

  /** Until something wakes us, or this long. */
  async pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }
}
