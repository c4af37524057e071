/**
 * The writers of one workspace line up here, in order, before they ask Postgres for the same rows.
 *
 * Problem: a write takes the next number of its workspace's feed, and most lock a project, a column or
 * a task before. Of twenty that want the same row Postgres wakes one at a time and not the first, and each
 * that waits holds a connection: the slowest take five times as long as the median.
 * Naive: one at a time in each workspace; then the database idles while the server works.
 * Choice: a few at a time, the first come first. It is a hint and no lock: the rows' locks keep
 * things right, whoever passes. So what isn't known to belong to a workspace runs at once, and nobody
 * waits long behind a slow one.
 */
/** Measured with twenty in flight: fewer leave the database idle, more queue at its rows. */
const AT_ONCE = 6;
/** In ms. Longer than a full queue of short writes takes, shorter than people notice. */
const LONGEST_WAIT = 250;
/** So many things, those written to last, are known to belong to their workspace. */
const REMEMBERED = 50_000;

type Queue = { running: number; waiting: Set<() => void> };

export class WriteQueue {
  readonly #queues = new Map<string, Queue>();
  readonly #workspaceOf = new Map<string, string>();
  readonly #atOnce: number;

  constructor(atOnce = AT_ONCE) {
    this.#atOnce = atOnce;
  }

  /** Notes that something belongs to a workspace. */
  note(id: string, workspaceId: string): void {
    const known = this.#workspaceOf;
    known.delete(id);
    known.set(id, workspaceId);
    if (known.size <= REMEMBERED) return;
    const [oldest] = known.keys();
    if (oldest !== undefined) known.delete(oldest);
  }

  /** The workspace of the first thing that an input names, as far as is known. */
  workspaceOf(input: unknown): string | undefined {
    if (typeof input !== "object" || input === null) return undefined;
    for (const value of Object.values(input)) {
      const id: unknown = Array.isArray(value) ? value[0] : value;
      const workspaceId = typeof id === "string" ? this.#workspaceOf.get(id) : undefined;
      if (workspaceId) return workspaceId;
    }
    return undefined;
  }

  async run<T>(workspaceId: string | undefined, write: () => Promise<T>): Promise<T> {
    if (!workspaceId) return write();
    const queue = this.#queues.get(workspaceId) ?? { running: 0, waiting: new Set() };
    this.#queues.set(workspaceId, queue);
    if (queue.running >= this.#atOnce) await turnIn(queue);
    queue.running++;
    try {
      return await write();
    } finally {
      queue.running--;
      const [next] = queue.waiting;
      if (next) next();
      else if (queue.running === 0) this.#queues.delete(workspaceId);
    }
  }
}

function turnIn({ waiting }: Queue): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      waiting.delete(go);
      resolve();
    };
    const timer = setTimeout(go, LONGEST_WAIT);
    waiting.add(go);
  });
}
