import { invariant } from "../../core/errors.ts";
import { dropContent, keepContent } from "../../files/upload/store-file.ts";
import type { ImportRun } from "../import-run.ts";
import { readTree } from "./read-tree.ts";
import { type KeptFile, writeTree } from "./write-tree.ts";

export async function importDocuments(run: ImportRun): Promise<void> {
  const { services, progress, signal } = run;
  const upload = invariant(run.files[0], "it brings one upload");
  const files: KeptFile[] = [];
  let spare: { key: string }[] | null = null;
  try {
    const tree = await readTree(upload, {
      signal,
      onProgress: (done, total) => progress.tell({ state: "reading", done, total }),
      onFile: async ({ content, ...file }) => {
        const kept = await keepContent(services, content);
        files.push({ ...file, kept });
      },
    });
    await progress.settle();
    signal.throwIfAborted();
    spare = await writeTree(run, tree, files);
    services.search.wake();
    await services.lookForUnreadTexts();
  } finally {
    // After a commit only what was there before; else all of it.
    const unused = spare ?? files.map(({ kept }) => kept);
    for (const content of unused) await dropContent(services, content);
  }
}
