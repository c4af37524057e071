/** A copy of what the client is made of, for tests that change it. Packages of others stay where they are. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.join(import.meta.dirname, "../../..");
const COPIED = ["api", "db", "document-model", "importers"];

/** `edit`: of each source file. Answers the copy's root, and how to remove it. */
export function copyPackages(edit: (text: string) => string): { root: string; remove(): void } {
  const copy = mkdtempSync(path.join(tmpdir(), "guildhall-packages-"));
  for (const file of ["LICENSE", "tsconfig.base.json"])
    cpSync(path.join(root, file), path.join(copy, file));
  for (const name of COPIED) {
    const from = path.join(root, "packages", name);
    const to = path.join(copy, "packages", name);
    cpSync(from, to, { recursive: true, filter: (each) => path.basename(each) !== "node_modules" });
    for (const each of readdirSync(to, { recursive: true, encoding: "utf8" })) {
      if (!each.endsWith(".ts")) continue;
      const file = path.join(to, each);
      writeFileSync(file, edit(readFileSync(file, "utf8")));
    }
    linkModules(path.join(from, "node_modules"), path.join(to, "node_modules"), copy);
  }
  return { root: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}

/** One by one, since ours are those of the copy. */
function linkModules(from: string, to: string, copy: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name.startsWith("@")) {
      mkdirSync(path.join(to, name), { recursive: true });
      for (const inner of readdirSync(path.join(from, name))) link(`${name}/${inner}`);
    } else if (!name.startsWith(".")) link(name);
  }

  function link(name: string): void {
    const target = realpathSync(path.join(from, name));
    const own = path.relative(root, target);
    const isCopied = COPIED.some((each) => own === path.join("packages", each));
    symlinkSync(isCopied ? path.join(copy, own) : target, path.join(to, name));
  }
}
