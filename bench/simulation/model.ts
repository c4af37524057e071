/**
 * Guildhall in virtual time: what workers, sockets and writes ask of cores, of the lock of each
 * workspace and of memory. Each worker is one core that does one thing after the other; each write
 * holds its workspace's row from its first number to its commit; each change is then sent by every
 * worker to its sockets of that workspace, one after the other.
 */

/** Times in ms of CPU unless said otherwise. */
export type Constants = {
  /** A worker that does nothing, of each second; and its memory, in bytes. */
  idle: number;
  empty: number;
  /** Of each socket that follows a workspace: memory in bytes, and a sign of life. */
  socket: number;
  heartbeat: number;
  /** A write over HTTP, with the encoding of its change. */
  write: number;
  /** A change to one socket. */
  delivery: number;
  /** Asking again what the person at a socket may see, in each second in which something is sent. */
  recheck: number;
  /**
   * Time, not CPU: a write's transaction, which holds the row; from the time that stands on a change
   * to its first socket; from one worker to the next, through Redis.
   */
  commit: number;
  announce: number;
  hop: number;
};

export type Case = {
  workers: number;
  workspaces: number;
  /** In all; spread evenly over workers and workspaces. */
  sockets: number;
  /** In all, each a change; at random times. */
  writesPerSecond: number;
  heartbeatSeconds: number;
  seconds: number;
};

export type Outcome = {
  /** Of one core, of the busiest worker. */
  cpu: number;
  /** Bytes, of each worker. */
  memory: number;
  /** ms from the time on a change to the socket, and from the request to its answer. */
  delivery: { p50: number; p99: number };
  write: { p50: number; p95: number };
};

export const at = (numbers: number[], part: number) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * part)] ?? Number.NaN;

/** The same numbers in each run. */
export function chances(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

/** Random times as independent people make them: the gaps are exponential. */
export function* arrivals(perSecond: number, seconds: number, chance: () => number) {
  for (let now = 0; ; ) {
    now += (-Math.log(chance()) * 1_000) / perSecond;
    if (now >= seconds * 1_000) return;
    yield now;
  }
}

export function simulate(given: Case, constants: Constants): Outcome {
  const { workers, workspaces, sockets, writesPerSecond, seconds } = given;
  const chance = chances(7);
  const audience = sockets / workers / workspaces;
  const background = backgroundOf(given, constants);
  // What runs beside it takes its share of each moment.
  const stretch = 1 / Math.max(0.01, 1 - background / 1_000);
  const cores = Array.from({ length: workers }, () => ({ freeAt: 0, busy: 0 }));
  const locks = Array.from({ length: workspaces }, () => 0);
  const delivered: number[] = [];
  const answered: number[] = [];
  const agenda = new Agenda();

  const work = (worker: number, now: number, cost: number) => {
    const core = cores[worker];
    if (!core) throw new RangeError("There is no such worker.");
    const from = Math.max(now, core.freeAt);
    core.freeAt = from + cost * stretch;
    core.busy += cost;
    return { from, until: core.freeAt };
  };
  const send = (worker: number, committed: number) => (now: number) => {
    const { from, until } = work(worker, now, audience * constants.delivery);
    for (let i = 1; i <= 20; i++)
      delivered.push(constants.announce + from + ((until - from) * i) / 20 - committed);
  };
  const write = (worker: number, workspace: number) => (asked: number) => {
    const { until: begun } = work(worker, asked, constants.write / 2);
    agenda.put(begun, (now) => {
      const committed = Math.max(now, locks[workspace] ?? 0) + constants.commit;
      locks[workspace] = committed;
      agenda.put(committed, () => {
        const { until } = work(worker, committed, constants.write / 2);
        answered.push(until - asked);
        for (let other = 0; other < workers; other++) {
          const hop = other === worker ? 0 : constants.hop;
          agenda.put(committed + hop, send(other, committed));
        }
      });
    });
  };
  let n = 0;
  for (const time of arrivals(writesPerSecond, seconds, chance)) {
    agenda.put(time, write(n % workers, Math.floor(chance() * workspaces)));
    n++;
  }
  agenda.run();
  return {
    cpu: (Math.max(...cores.map((core) => core.busy)) / seconds + background) / 1_000,
    memory: constants.empty + (sockets / workers) * constants.socket,
    delivery: { p50: at(delivered, 0.5), p99: at(delivered, 0.99) },
    write: { p50: at(answered, 0.5), p95: at(answered, 0.95) },
  };
}

/** ms of each second, of one worker: what no single change causes. */
function backgroundOf(given: Case, constants: Constants): number {
  const each = given.sockets / given.workers;
  const perWorkspace = given.writesPerSecond / given.workspaces;
  const busySeconds = 1 - Math.exp(-perWorkspace);
  const beats = constants.heartbeat / given.heartbeatSeconds;
  return constants.idle + each * (beats + busySeconds * constants.recheck);
}

/** What happens next, by time. */
class Agenda {
  #items: { time: number; run: (now: number) => void }[] = [];

  put(time: number, run: (now: number) => void) {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      // The soonest stands last, where it is taken from.
      if ((this.#items[middle]?.time ?? 0) > time) low = middle + 1;
      else high = middle;
    }
    this.#items.splice(low, 0, { time, run });
  }

  run() {
    for (let next = this.#items.pop(); next; next = this.#items.pop()) next.run(next.time);
  }
}
