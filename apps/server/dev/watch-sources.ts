import { existsSync, type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import path from "node:path";

/** What the server is made of. */
const SOURCE = /(?<!\.test)\.(ts|json|sql)$/;
/** An editor writes a file in several steps, and a change of branch many files. */
const PAUSE_MS = 30;

/** Calls `onChange` after files of the server changed, came or went; answers how to stop it. */
export function watchSources(root: string, onChange: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  let pause: NodeJS.Timeout | undefined;

  /** Each folder by itself: a file that is replaced by another one, as editors do, is seen in all systems. */
  function watchFolder(folder: string): void {
    if (watchers.has(folder)) return;
    const watcher = watch(folder, (_, name) => {
      const changed = path.join(folder, name ?? "");
      if (isFolder(changed)) watchFolder(changed);
      else if (watchers.has(changed)) forget(changed);
      else if (!SOURCE.test(changed)) return;
      clearTimeout(pause);
      pause = setTimeout(onChange, PAUSE_MS);
    });
    watcher.on("close", () => watchers.delete(folder));
    watchers.set(folder, watcher);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) watchFolder(path.join(folder, entry.name));
    }
  }
  const forget = (folder: string) => watchers.get(folder)?.close();

  for (const folder of sourceFolders(root)) watchFolder(folder);
  return () => {
    clearTimeout(pause);
    for (const folder of [...watchers.keys()]) forget(folder);
  };
}

function sourceFolders(root: string): string[] {
  const packages = readdirSync(path.join(root, "packages")).map((name) => `packages/${name}/src`);
  return ["apps/server/src", "packages/db/migrations", ...packages]
    .map((folder) => path.join(root, folder))
    .filter((folder) => existsSync(folder));
}

const isFolder = (file: string) =>
  statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
