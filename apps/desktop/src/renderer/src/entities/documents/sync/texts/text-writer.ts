/**
 * Stores what is committed of one open document on this computer: in memory as the list of updates
 * that came, written down a moment after the last one. Each write copies all of it, so a long text is
 * written less often; what is not written yet comes again from the server, or is still an edit.
 */
import { mergeUpdates } from "yjs";
import { readText, storeText, storeTextAtOnce } from "./text-store.ts";
import type { Arrived } from "./transport.ts";

/** So many small ones behind the first are merged into one; the first may be all of a long text. */
const MOST_UPDATES = 200;
/** When the text is opened anyway, what has come to this is merged with the first. */
const MERGE_BYTES = 32_000;
const WRITE_AFTER_MS = 300;
const LONG_BYTES = 200_000;
const WRITE_LONG_AFTER_MS = 4_000;

export function createTextWriter(account: string, documentId: string) {
  let seq = 0;
  let epoch: string | undefined;
  let updates: Uint8Array[] = [];
  let bytes = 0;
  /** My own edits that were answered and will come once more from the log. */
  const mine = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written: PromiseWithResolvers<void> | null = null;
  /** Of all that came, also what is being written: none of it is safe yet. */
  let unstored = 0;

  function put(more: readonly Uint8Array[]) {
    for (const update of more) {
      updates.push(update);
      bytes += update.byteLength;
    }
    unstored++;
    timer ??= setTimeout(write, bytes > LONG_BYTES ? WRITE_LONG_AFTER_MS : WRITE_AFTER_MS);
    written ??= Promise.withResolvers();
    // A full disk costs the offline copy; whoever waits for it is told, and nobody need wait.
    written.promise.catch(() => undefined);
    return written.promise;
  }

  function write() {
    clearTimeout(timer);
    timer = undefined;
    const done = written;
    written = null;
    if (!done) return;
    const [first, ...behind] = updates;
    if (first && behind.length > MOST_UPDATES) updates = [first, mergeUpdates(behind)];
    const upTo = unstored;
    const stored = () => {
      unstored -= upTo;
      done.resolve();
    };
    storeText(account, documentId, textNow()).then(stored, done.reject);
  }

  const textNow = () => ({ seq, epoch, updates: [...updates] });

  return {
    updates: (): readonly Uint8Array[] => updates,
    cursor: () => ({ after: seq, epoch }),

    /** False when nothing of it is stored here. */
    async restore(): Promise<boolean> {
      const stored = await readText(account, documentId);
      if (!stored) return false;
      ({ seq, epoch } = stored);
      updates = [...stored.updates, ...updates];
      bytes = updates.reduce((sum, { byteLength }) => sum + byteLength, 0);
      const behind = bytes - (updates[0]?.byteLength ?? 0);
      if (behind > MERGE_BYTES || updates.length > MOST_UPDATES) updates = [mergeUpdates(updates)];
      return true;
    },

    /** An edit of ours was answered. Resolves when it is written down as committed. */
    commit(id: string, update: Uint8Array): Promise<void> {
      mine.add(id);
      return put([update]);
    },

    arrived(arrived: readonly Arrived[], upTo: number) {
      put(arrived.filter(({ id }) => !(id && mine.delete(id))).map(({ update }) => update));
      seq = Math.max(seq, upTo);
    },

    live(of: string) {
      epoch = of;
      put([]);
    },

    /** The log is another one, and knows less. */
    startOver() {
      seq = 0;
      updates = [];
      bytes = 0;
      mine.clear();
    },

    /** At once, what waits to be written down. */
    write,
    /** The same, as the page goes. */
    writeAtOnce() {
      if (unstored > 0) void storeTextAtOnce(account, documentId, textNow());
    },
  };
}
