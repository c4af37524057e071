/**
 * What waits in the outbox, applied to the server's rows, so that everything done shows at once. The
 * rows themselves stay as they are when nothing waits that concerns them: then no view draws again.
 */
import type { Mutations, View } from "./define-mutation.ts";
import type { EditMark } from "./outbox/edit-mark.ts";
import type { OutboxEntry } from "./outbox/outbox-store.ts";

/** Rows that may be changed, copied with the first change. */
export class ChangedRows<Row> {
  #rows: ReadonlyMap<string, Row>;
  #copy: Map<string, Row> | null = null;

  constructor(rows: ReadonlyMap<string, Row>) {
    this.#rows = rows;
  }

  get current(): ReadonlyMap<string, Row> {
    return this.#copy ?? this.#rows;
  }

  get changing(): Map<string, Row> {
    this.#copy ??= new Map(this.#rows);
    return this.#copy;
  }
}

/** One mutation that waits, or was refused, on its way into what is shown. */
export class Edit {
  readonly mark: EditMark;
  /** When it was made: an entry's id is a UUIDv7, and begins with its time. */
  readonly at: Date;
  readonly isRefused: boolean;

  constructor({ id, refusal }: Pick<OutboxEntry, "id" | "refusal">) {
    this.isRefused = refusal !== undefined;
    this.mark = refusal
      ? { state: "failed", entryId: id, message: refusal.message }
      : { state: "waiting" };
    this.at = new Date(Number.parseInt(id.replace("-", "").slice(0, 12), 16));
  }

  /** Those of them that are there; undefined in `fields` means "not touched". */
  patch<Row>(
    rows: ChangedRows<Row>,
    ids: Iterable<string>,
    fields: Partial<Row> | ((row: Row) => Partial<Row>) = {},
  ) {
    for (const id of ids) {
      const row = rows.current.get(id);
      if (!row) continue;
      const next = typeof fields === "function" ? fields(row) : fields;
      const named = Object.entries(next).filter(([, value]) => value !== undefined);
      rows.changing.set(id, { ...row, ...Object.fromEntries(named), edit: this.mark });
    }
  }

  /** Unless the server has it already: its change may come before its answer. */
  insert<Row extends { id: string }>(rows: ChangedRows<Row>, row: Row) {
    if (!rows.current.has(row.id)) rows.changing.set(row.id, { ...row, edit: this.mark });
  }

  /** What was refused stays, with what the server said. */
  delete<Row>(rows: ChangedRows<Row>, ids: Iterable<string>) {
    if (this.isRefused) return this.patch(rows, ids);
    for (const id of ids) if (rows.current.has(id)) rows.changing.delete(id);
  }
}

/** Changes `state` by what waits, in the order in which it was done. */
export function applyOptimistically<State>(
  mutations: Mutations,
  { view, state }: { view: View<State>; state: State },
  entries: readonly OutboxEntry[],
) {
  for (const entry of entries) {
    const mutation = mutations.get(entry.mutation);
    if (mutation?.view !== view) continue;
    const apply = mutation.apply as ((state: State, ...by: unknown[]) => void) | undefined;
    apply?.(state, entry.input, new Edit(entry), entry.shown);
  }
}
