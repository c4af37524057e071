/** Which files are tests, and which of them are meant. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { root } from "./processes.mjs";

const IGNORED = new Set(["node_modules", "dist", "out", "test-results"]);
const FOLDERS = ["packages", "apps", "scripts", "examples", "deploy"];
const TEST = /\.test\.tsx?$/;
const PAGE_TEST = /\.spec\.ts$/;

/** Those whose path, from the root, has one of the words; all of them where there is none. */
export function testFiles(words = []) {
  const files = FOLDERS.flatMap(filesOf).filter(
    (file) => words.length === 0 || words.some((word) => file.includes(word)),
  );
  return {
    tests: files.filter((file) => TEST.test(file)),
    pageTests: files.filter((file) => PAGE_TEST.test(file)),
  };
}

function filesOf(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (IGNORED.has(entry.name)) return [];
    const file = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesOf(file) : [file];
  });
}
