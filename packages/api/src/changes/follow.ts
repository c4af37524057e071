/**
 * One loop for catching up and for live.
 *
 * Reading the backlog and then listening leaves a hole between the two; listening and then reading
 * leaves none, only repeats, and those are dropped by number. What this person may see is asked
 * again when something rings for them, when a change of rights passes by, and at least every
 * second that something is delivered: the context of a socket is not a permission.
 */
import { maySee, readSight, type Sight } from "../core/access.ts";
import type { RoutedChange } from "../core/change.ts";
import type { ActorContext } from "../core/context.ts";
import { notFound, signInFirst } from "../core/errors.ts";
import { type Feed, readCursor } from "../core/feed.ts";
import { asDatabaseFailure } from "../core/write.ts";
import { type Reset, resetTo } from "./reset.ts";

const SIGHT_MS = 1_000;
/** An idle subscription also notices an expired session, without anything ringing. */
const IDLE_CHECK_MS = 30_000;
/** While the database is away: how long to wait before asking it again. */
const OUTAGE_MS = 500;

type Input = { workspaceId: string; lastEventId?: number | null; epoch?: string | null };
const RIGHTS = new Set<string>(["member", "project", "projectMember", "access"]);

export async function* follow(
  ctx: ActorContext,
  input: Input,
  signal: AbortSignal,
): AsyncGenerator<RoutedChange | Reset> {
  const { feed, signals } = ctx.services;
  const inbox = new Inbox(signal);
  const guard = new Guard(ctx, input.workspaceId);
  await guard.check();
  const stop = await feed.listen(input.workspaceId, (batch) => inbox.put(batch));
  const stopSignals = signals.onUser(ctx.actor.user.id, () => {
    guard.doubt();
    inbox.wake();
  });
  try {
    const cursor = await readCursor(ctx.services.db, input.workspaceId);
    let last = input.lastEventId ?? cursor.seq;
    const reset = resetTo(cursor, last, input.epoch);
    if (reset) {
      yield reset;
      last = reset.seq;
    }
    while (!signal.aborted) {
      try {
        for await (const batch of batchesAfter(last, feed, input.workspaceId, inbox, signal)) {
          if (batch.some((c) => RIGHTS.has(c.entity))) guard.doubt();
          const sight = await guard.check();
          for (const change of batch) if (maySee(sight, ctx.actor.user.id, change)) yield change;
          last = batch.at(-1)?.seq ?? last;
        }
      } catch (error) {
        // Nothing of the batch was given out yet: it is read again when the database is back.
        if (!asDatabaseFailure(error)) throw error;
        await inbox.pause(OUTAGE_MS);
      }
    }
  } catch (error) {
    throw asDatabaseFailure(error) ?? error;
  } finally {
    stopSignals();
    stop();
  }
}

/** What was missed, then what happens; an empty batch is a reason to look at the rights again. */
async function* batchesAfter(
  after: number,
  feed: Feed,
  workspaceId: string,
  inbox: Inbox,
  signal: AbortSignal,
) {
  let last = after;
  for (;;) {
    const page = await feed.read(workspaceId, last);
    if (page.length === 0) break;
    yield page;
    last = page.at(-1)?.seq ?? last;
  }
  while (!signal.aborted) {
    const batch = (await inbox.take()).filter((c) => c.seq > last);
    yield batch;
    last = batch.at(-1)?.seq ?? last;
  }
}

/** Asks again, when there is reason to, whether this person is signed in and what they may see. */
class Guard {
  readonly #ctx: ActorContext;
  readonly #workspaceId: string;
  #sight: Sight | null = null;
  #askedAt = 0;
  #doubts = 0;

  constructor(ctx: ActorContext, workspaceId: string) {
    this.#ctx = ctx;
    this.#workspaceId = workspaceId;
  }

  doubt() {
    this.#doubts++;
    this.#askedAt = 0;
  }

  async check(): Promise<Sight> {
    if (this.#sight && Date.now() - this.#askedAt < SIGHT_MS) return this.#sight;
    const { services, credentials, actor } = this.#ctx;
    const askedAt = Date.now();
    const doubts = this.#doubts;
    const present = await services.authenticate(credentials);
    if (present?.user.id !== actor.user.id) throw signInFirst();
    const sight = await readSight(services.db, actor.user.id, this.#workspaceId);
    if (!sight) throw notFound("workspace");
    this.#sight = sight;
    // A doubt that came while we asked is not answered yet.
    if (doubts === this.#doubts) this.#askedAt = askedAt;
    return sight;
  }
}

/** Holds what arrives while the subscriber is busy; `take` waits for the next batch. */
class Inbox {
  #held: RoutedChange[] = [];
  #wake: (() => void) | null = null;
  /** A wake that came while nobody waited is kept: the next wait ends at once. */
  #woken = false;

  constructor(signal: AbortSignal) {
    signal.addEventListener("abort", () => this.wake(), { once: true });
  }

  put(batch: RoutedChange[]) {
    for (const change of batch) this.#held.push(change);
    this.wake();
  }

  wake() {
    this.#woken = true;
    this.#wake?.();
    this.#wake = null;
  }

  async take(): Promise<RoutedChange[]> {
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
