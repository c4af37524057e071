/**
 * One person at one page: the real client, what the pages do with what it brings, and a journal.
 *
 * A mutation without a clear answer is sent again with the same id. A change of this person's rights
 * makes it read again what they bring or take. A subscription that the server refuses stays ended,
 * as in the pages; one that broke comes back by itself.
 */
import { setTimeout as delay } from "node:timers/promises";
import { createClient, type FeedEvent, type GuildhallClient } from "@guildhall/api/client";
import type { ClientEvidence } from "../oracle/evidence.ts";
import { createJournal, isChange, type TaskRow, type Workspace } from "../oracle/journal.ts";
import { reasonOf } from "../servers/server-with-postgres.ts";
import type { FreshRead } from "./client-state.ts";
import type { Dice } from "./dice.ts";

export type Person = { name: string; userId: string; email: string; token: string };

type Options = Person & {
  /** Where this person reaches the server, perhaps through a network that misbehaves. */
  url: string;
  workspaceId: string;
  encoding: "json" | "msgpack";
  dice: Dice;
};

/** An answer that takes longer is none. */
const ANSWER_MS = 5_000;
/** Long after every limit on how soon service is back: a run ends also when nothing mends. */
const GIVE_UP_MS = 60_000;
/** What says neither yes nor no. */
const NO_ANSWER = new Set(["database_unavailable", "busy", "busy_server"]);

/** What became of a mutation that was sent. */
type Outcome =
  | { kind: "acknowledged"; answer: unknown }
  | { kind: "refused"; reason: string }
  | { kind: "unclear"; why: string };

export class VirtualClient {
  readonly #options: Options;
  readonly #client: GuildhallClient;
  readonly #dice: Dice;
  /** How often something is tried again is the machine's affair: it must not decide what comes next. */
  readonly #pauses: Dice;
  readonly #journal = createJournal();
  readonly #heldUp: { from: number; until: number }[] = [];
  readonly #seen = new Set<string>();
  readonly #waiting = new Map<string, () => void>();
  /** Projects whose board must be read (again); null is the workspace itself. */
  readonly #stale = new Set<string | null>();
  readonly #closing = new AbortController();
  #reading: Promise<void> = Promise.resolve();
  #subscription: { unsubscribe(): void } | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.#dice = options.dice;
    this.#pauses = options.dice.fork();
    const { url, token, encoding } = options;
    this.#client = createClient({ url, token, encoding });
  }

  get name() {
    return this.#options.name;
  }
  get userId() {
    return this.#options.userId;
  }

  /** Reads everything and follows the feed from there, or all of it; the first time, or let in again. */
  async open({ fromTheBeginning = false } = {}): Promise<void> {
    const workspace = await this.#readWorkspace();
    if (!workspace) return;
    for (const { id } of workspace.projects) await this.#readBoard(id);
    this.#follow(fromTheBeginning ? { ...workspace, seq: 0 } : workspace);
  }

  /** The mutation, until it is clear what became of it; null when it was refused, or never clear. */
  async act<Input extends object, Answer>(
    path: string,
    input: Input,
    send: (
      client: GuildhallClient,
      input: Input & { mutationId: string },
      options: { signal: AbortSignal },
    ) => Promise<Answer>,
  ): Promise<{ answer: Answer; mutationId: string } | null> {
    const mutationId = this.#dice.uuid();
    this.#journal.write({ kind: "sent", mutationId, path, input });
    const answered = await this.#untilClear(
      (client, options) => send(client, { ...input, mutationId }, options),
      (entry) => this.#journal.write({ ...entry, mutationId }),
    );
    return answered && { ...answered, mutationId };
  }

  /** As `act`, for what is in no feed: of an invitation others hear when it is accepted. */
  async arrange<Answer>(
    send: (
      client: GuildhallClient,
      input: { mutationId: string },
      options: { signal: AbortSignal },
    ) => Promise<Answer>,
  ): Promise<Answer | null> {
    const mutationId = this.#dice.uuid();
    const answered = await this.#untilClear(
      (client, options) => send(client, { mutationId }, options),
      () => {},
    );
    return answered?.answer ?? null;
  }

  async #untilClear<Answer>(
    send: (client: GuildhallClient, options: { signal: AbortSignal }) => Promise<Answer>,
    note: (entry: Outcome) => void,
  ): Promise<{ answer: Answer } | null> {
    const until = Date.now() + GIVE_UP_MS;
    while (!this.#closing.signal.aborted && Date.now() < until) {
      try {
        const answer = await send(this.#client, { signal: AbortSignal.timeout(ANSWER_MS) });
        note({ kind: "acknowledged", answer });
        return { answer };
      } catch (error) {
        const reason = reasonOf(error);
        if (reason !== null && !NO_ANSWER.has(reason)) {
          note({ kind: "refused", reason });
          return null;
        }
        note({ kind: "unclear", why: reason ?? String(error) });
        await delay(50 + this.#pauses.roll(150));
      }
    }
    return null;
  }

  /** Resolves when the change that this mutation made has come here through the feed. */
  async hears(mutationId: string, signal: AbortSignal): Promise<boolean> {
    if (this.#seen.has(mutationId)) return true;
    return new Promise((resolve) => {
      this.#waiting.set(mutationId, () => resolve(true));
      const giveUp = () => resolve(false);
      signal.addEventListener("abort", giveUp, { once: true });
      if (signal.aborted) giveUp();
    });
  }

  /** A task that this person knows of. */
  someTask(): TaskRow | undefined {
    return this.#dice.pick([...this.#tasks.values()]);
  }
  readonly #tasks = new Map<string, TaskRow>();

  /** From now until the function it returns is called, this person's link is held up. */
  holdUp(): () => void {
    const held = { from: Date.now(), until: Number.POSITIVE_INFINITY };
    this.#heldUp.push(held);
    return () => {
      held.until = Date.now();
    };
  }

  /** Resolves when nothing more is being read because of what came so far. */
  settled(): Promise<void> {
    return this.#reading;
  }

  evidence(fresh: FreshRead | null): ClientEvidence {
    const { name, userId } = this.#options;
    return { name, userId, entries: this.#journal.entries, fresh, heldUp: this.#heldUp };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#subscription?.unsubscribe();
    await this.#client.close();
  }

  #follow({ seq, epoch }: { seq: number; epoch: string }) {
    this.#subscription?.unsubscribe();
    this.#journal.write({ kind: "subscribed", seq });
    this.#subscription = this.#client.changes.onChange.subscribe(
      { workspaceId: this.#options.workspaceId, lastEventId: seq, epoch },
      {
        onData: ({ data }: { data: FeedEvent }) => this.#receive(data),
        onError: (error) =>
          this.#journal.write({ kind: "ended", reason: reasonOf(error) ?? String(error) }),
      },
    );
  }

  #receive(event: FeedEvent) {
    this.#journal.write({ kind: "received", event });
    if (event.entity === "reset") {
      this.#follow(event);
      this.#readAgain(null);
      for (const id of this.#boards) this.#readAgain(id);
    } else if (isChange(event)) {
      this.#take(event);
      if (!event.mutationId) return;
      this.#seen.add(event.mutationId);
      this.#waiting.get(event.mutationId)?.();
    }
  }

  #take(event: Extract<FeedEvent, { actorId: unknown }>) {
    if (event.entity === "task") {
      if (event.row) this.#tasks.set(event.id, event.row);
      else this.#tasks.delete(event.id);
    }
    if (event.entity === "project" && event.op === "insert") this.#readAgain(event.id);
    if (event.entity === "member" && event.id === this.userId) this.#readAgain(null);
    if (event.entity !== "access" || event.row?.userId !== this.userId) return;
    this.#readAgain(null);
    if (event.row.role) this.#readAgain(event.id);
  }

  #readAgain(what: string | null) {
    this.#stale.add(what);
    this.#reading = this.#reading.then(async () => {
      if (this.#stale.delete(what)) {
        await (what === null ? this.#readWorkspace() : this.#readBoard(what));
      }
    });
  }

  readonly #boards = new Set<string>();

  async #readWorkspace(): Promise<Workspace | null> {
    const { workspaceId } = this.#options;
    const workspace = await this.#ask((options) =>
      this.#client.workspaces.open.query({ workspaceId }, options),
    );
    if (workspace) this.#journal.write({ kind: "read", workspace });
    return workspace;
  }

  async #readBoard(projectId: string): Promise<void> {
    const board = await this.#ask((options) => readBoard(this.#client, projectId, options));
    this.#boards.add(projectId);
    for (const task of board?.tasks ?? []) this.#tasks.set(task.id, task);
    this.#journal.write({ kind: "board", projectId, board });
  }

  /** Until there is an answer; null when it is no, or never comes. */
  async #ask<T>(read: (options: { signal: AbortSignal }) => Promise<T>): Promise<T | null> {
    const until = Date.now() + GIVE_UP_MS;
    while (!this.#closing.signal.aborted && Date.now() < until) {
      try {
        return await read({ signal: AbortSignal.timeout(ANSWER_MS) });
      } catch (error) {
        const reason = reasonOf(error);
        if (reason !== null && !NO_ANSWER.has(reason)) return null;
        await delay(50 + this.#pauses.roll(150));
      }
    }
    return null;
  }
}

/** All tasks of a project, a page at a time, with the place in the feed before the first. */
export async function readBoard(
  client: GuildhallClient,
  projectId: string,
  options: { signal?: AbortSignal } = {},
) {
  const tasks: TaskRow[] = [];
  let seq: number | null = null;
  let cursor: number | null = 0;
  while (cursor !== null) {
    const input = { projectId, archived: true, limit: 1_000, cursor };
    const page: Awaited<ReturnType<typeof client.tasks.list.query>> = await client.tasks.list.query(
      input,
      options,
    );
    tasks.push(...page.items);
    seq ??= page.seq;
    cursor = page.nextCursor;
  }
  return { seq: seq ?? 0, tasks };
}
