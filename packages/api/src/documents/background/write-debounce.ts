/** Notices when the writing in a document pauses, or has gone on for a while. */

const PAUSE_MS = 2_000;
/** Of those who never pause: search is that far behind them at most. */
const LONGEST_MS = 20_000;

type Writing = { since: number; timer: NodeJS.Timeout };

export class WriteDebounce {
  readonly #onPause: (documentId: string) => void;
  readonly #writing = new Map<string, Writing>();

  constructor(onPause: (documentId: string) => void) {
    this.#onPause = onPause;
  }

  /** Something was written. */
  note(documentId: string) {
    const writing = this.#writing.get(documentId);
    if (!writing) {
      const timer = setTimeout(() => this.#tell(documentId), PAUSE_MS).unref();
      this.#writing.set(documentId, { since: Date.now(), timer });
    } else if (Date.now() - writing.since > LONGEST_MS) {
      this.#tell(documentId);
    } else {
      writing.timer.refresh();
    }
  }

  stop() {
    for (const { timer } of this.#writing.values()) clearTimeout(timer);
    this.#writing.clear();
  }

  #tell(documentId: string) {
    clearTimeout(this.#writing.get(documentId)?.timer);
    this.#writing.delete(documentId);
    this.#onPause(documentId);
  }
}
