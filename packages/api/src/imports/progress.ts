import { schema } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { type WriteContext, write } from "../core/write.ts";
import { recordImport, underWay } from "./queries.ts";

const { imports } = schema;

type Standing = { state: "reading" | "writing"; done: number; total: number };

export type Progress = {
  /** Returns at once; what is told between two writes is written with the later one. */
  tell(standing: Standing): void;
  /** Waits until nothing more of it is under way. */
  settle(): Promise<void>;
};

type Shown = WriteContext & { import: { id: string; workspaceId: string } };

const EVERY_MS = 500;

/**
 * Shows on the import, and so on every page, how far it has come; at most twice a second. `onEnded`:
 * it is under way no more, somebody has cancelled it. Never waited for while its rows are written: it
 * needs a connection of its own, and who waits for a second one while holding a first can wait for ever.
 */
export function followProgress(run: Shown, onEnded: () => void): Progress {
  let next: Standing | null = null;
  let shownAt = 0;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const show = () => {
    timer = null;
    const standing = next;
    next = null;
    if (!standing) return;
    shownAt = Date.now();
    writing = showStanding(run, standing)
      .then((isUnderWay) => isUnderWay || onEnded())
      // Only what people see is late; the import itself meets the same trouble, and says so.
      .catch((err) => run.services.config.log.warn({ err }, "Progress could not be shown."))
      .then(plan);
  };
  const plan = () => {
    if (next && !timer) timer = setTimeout(show, Math.max(0, shownAt + EVERY_MS - Date.now()));
  };
  return {
    tell(standing) {
      const first = next === null && timer === null;
      next = standing;
      if (first) void writing.then(plan);
    },
    async settle() {
      next = null;
      if (timer) clearTimeout(timer);
      timer = null;
      await writing;
    },
  };
}

/** False when its end came first, and stays. */
function showStanding(run: Shown, standing: Standing): Promise<boolean> {
  const { id, workspaceId } = run.import;
  return write(run, workspaceId, async (tx, record) => {
    const changed = await tx
      .update(imports)
      .set(standing)
      .where(and(eq(imports.id, id), underWay))
      .returning({ id: imports.id });
    if (changed.length === 0) return false;
    await recordImport(tx, record, id);
    return true;
  });
}
