/**
 * Where the page's own server reads what is wrong with this one (apps/desktop/dev/server-problem.ts), to show
 * it in the open pages. A file: the page's server may be Vite's program or Electron's.
 */
import { renameSync, writeFileSync } from "node:fs";

/** The file's path, set by `npm run dev`. */
const FILE = "GUILDHALL_DEV_PROBLEM";

/** `null`: nothing is wrong any more. */
export function tellProblem(problem: string | null): void {
  const file = process.env[FILE];
  if (!file) return;
  // Never half of it.
  writeFileSync(`${file}.new`, JSON.stringify({ problem }));
  renameSync(`${file}.new`, file);
}
