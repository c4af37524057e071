/** A copy of what `npm run dev` runs, for tests that edit it. Packages stay where they are. */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.join(import.meta.dirname, "../../..");
const COPIED = ["apps/server", "apps/desktop", "scripts"];
const LINKED = [
  "packages",
  "node_modules",
  "apps/server/node_modules",
  "apps/desktop/node_modules",
];
const LEFT_OUT = new Set(["node_modules", "dist", "out", "test-results"]);

/** Without the installing before it, which would find the copy's packages changed, and they are those of all. */
const PROGRAM = `import { dev } from "./scripts/run/dev.mjs";\nprocess.exit(await dev());\n`;

/** Answers its root, the program to run there, and how to remove it. */
export function copyForEdits(): { root: string; program: string; remove(): void } {
  const copy = mkdtempSync(path.join(tmpdir(), "guildhall-edited-"));
  for (const folder of COPIED) {
    cpSync(path.join(root, folder), path.join(copy, folder), {
      recursive: true,
      filter: (source) => !LEFT_OUT.has(path.basename(source)),
    });
  }
  for (const folder of LINKED) symlinkSync(path.join(root, folder), path.join(copy, folder));
  const program = path.join(copy, "dev.mjs");
  writeFileSync(program, PROGRAM);
  return {
    root: copy,
    program,
    remove: () => rmSync(copy, { recursive: true, force: true, maxRetries: 20 }),
  };
}
