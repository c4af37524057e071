/** What every run of an import has, whatever it brings. */
import { schema, type Tx } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import type { Actor, Services } from "../core/context.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { isOpenAccount } from "../core/rights/open-account.ts";
import { importerGone } from "./import-refusals.ts";
import type { ReadableFile } from "./load-files.ts";
import type { Progress } from "./progress.ts";
import { recordImport, underWay } from "./queries.ts";

const { imports, users } = schema;

type Row = typeof imports.$inferSelect;

/** In the mapping of an import of a workspace: under which address its importer is in it. */
export const MY_ADDRESS = "myAddress";

export type ImportRun = {
  services: Services;
  /** Who started it; written as them, with the rights they have now. */
  actor: Pick<Actor, "user">;
  path: string;
  import: Row;
  /** Its uploads, in the order in which they were named. */
  files: ReadableFile[];
  progress: Progress;
  /** Aborted when the server stops, and with `Ended` when somebody has cancelled the import. */
  signal: AbortSignal;
};

/** Unwinds a run whose import was cancelled, or brought to its end by another worker. */
export class Ended extends Error {}

type End = Partial<Pick<Row, "format" | "rootId">> & Pick<Row, "report"> & { total: number };

/** In the transaction of what it brings: done means here, and here means done. */
export async function finishImport(
  tx: Tx,
  record: RecordChange,
  { import: { id }, actor }: ImportRun,
  end: End,
): Promise<void> {
  // Held: nothing is written as somebody whose account is deactivated or closed by now.
  const [importer] = await tx
    .select({ id: users.id })
    .from(users)
    .where(isOpenAccount(actor.user.id))
    .for("share");
  if (!importer) throw importerGone();
  const ended = await tx
    .update(imports)
    .set({ ...end, state: "done", done: end.total, finishedAt: new Date() })
    .where(and(eq(imports.id, id), underWay))
    .returning({ id: imports.id });
  if (ended.length === 0) throw new Ended();
  await recordImport(tx, record, id);
}
