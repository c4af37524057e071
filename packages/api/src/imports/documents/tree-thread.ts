/**
 * The thread that unpacks and reads what was uploaded: whatever is in it, only this thread's memory
 * and time are at stake. The server's bundle has it as a file of its own (apps/server/bundle.mjs).
 */
import {
  DocumentImportRefusal,
  type PlannedFile,
  type PlannedNode,
  type TreeReport,
} from "@guildhall/importers/documents";
import { parseTree } from "@guildhall/importers/documents/parse";
import { serve } from "../../jobs/worker-side.ts";

export type ImportUpload = { name: string; size: number };

export type TreeCall =
  /** From `start` up to `end`. */
  | { kind: "bytes"; start: number; end: number }
  | { kind: "progress"; done: number; total: number }
  | { kind: "nodes"; nodes: PlannedNode[] }
  /** Its bytes come behind it, piece by piece; null: that was all. */
  | { kind: "file"; file: Omit<PlannedFile, "content"> }
  | { kind: "piece"; bytes: Uint8Array | null };

export type TreeAnswer =
  | { kind: "report"; report: TreeReport }
  | { kind: "refused"; reason: string; message: string };

serve<ImportUpload, TreeCall>(async ({ name, size }, server): Promise<TreeAnswer> => {
  const read = (start: number, end: number) =>
    server.ask<Uint8Array>({ kind: "bytes", start, end });
  try {
    const report = await parseTree(
      { name, size, read },
      {
        progress: (done, total) => server.say({ kind: "progress", done, total }),
        nodes: (nodes) => server.say({ kind: "nodes", nodes }),
        async file({ content, ...file }) {
          await server.ask({ kind: "file", file });
          for await (const bytes of content) await server.ask({ kind: "piece", bytes });
          await server.ask({ kind: "piece", bytes: null });
        },
      },
    );
    return { kind: "report", report };
  } catch (error) {
    if (!(error instanceof DocumentImportRefusal)) throw error;
    return { kind: "refused", reason: error.reason, message: error.message };
  }
});
