/** What was done for these inputs need not be done again: hashes of contents, kept beside the output. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./processes.mjs";

const IGNORED = new Set(["node_modules", "dist", "out", ".git", "test-results", "e2e"]);

/** A hash over files and folders (relative to the root) and any further words. */
export function hashOf(paths, words = []) {
  const hash = createHash("sha256").update(JSON.stringify(words));
  for (const each of paths) {
    for (const file of filesOf(path.join(root, each))) {
      hash.update(`\0${path.relative(root, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}

function filesOf(target) {
  if (!existsSync(target)) return [];
  if (statSync(target).isFile()) return [target];
  return readdirSync(target, { withFileTypes: true })
    .filter((entry) => !IGNORED.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesOf(path.join(target, entry.name)));
}

export function isDone(stamp, hash) {
  const file = path.join(root, stamp);
  return existsSync(file) && readFileSync(file, "utf8") === hash;
}

export function markDone(stamp, hash) {
  const file = path.join(root, stamp);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, hash);
}
