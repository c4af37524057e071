/**
 * Lays out what the container image holds, and nothing else: `node deploy/collect-image.mjs <folder>`,
 * after `npm run build`. The Dockerfile calls it, and image.test.ts starts what it made, so that a
 * file which the server needs and the image lacks shows in a test and not in a container.
 */
import { cpSync, existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
/** What the bundle loads from outside; the built-in Postgres stays out of containers. */
const EXTERNAL = ["@node-rs/bcrypt", "pdfjs-dist", "sharp"];

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("Say where to: node deploy/collect-image.mjs <folder>");
  process.exit(2);
}

for (const part of [
  ...["apps/server/package.json", "apps/server/dist"],
  ...["apps/desktop/dist/web", "apps/desktop/dist/licenses.json"],
]) {
  const from = path.join(root, part);
  if (!existsSync(from)) throw new Error(`There is no ${part}: run npm run build first.`);
  cpSync(from, path.join(folder, part), { recursive: true });
}
const server = createRequire(path.join(root, "apps/server/package.json"));
for (const name of EXTERNAL) copyPackage(name, server);

/** With what it depends on; of its optional packages those that were installed for this system. */
function copyPackage(name, require) {
  // Looked for, not resolved: some packages export no manifest.
  const places = require.resolve.paths(name).map((each) => path.join(each, name, "package.json"));
  const found = places.find((each) => existsSync(each));
  if (!found) throw new Error(`${name} is not installed.`);
  const manifest = realpathSync(found);
  cpSync(path.dirname(manifest), path.join(folder, "node_modules", name), { recursive: true });
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
    readFileSync(manifest, "utf8"),
  );
  // pnpm puts what a package depends on beside it.
  const beside = manifest.slice(0, manifest.lastIndexOf(`node_modules${path.sep}`));
  const installed = Object.keys(optionalDependencies).filter((each) =>
    existsSync(path.join(beside, "node_modules", each)),
  );
  for (const each of [...Object.keys(dependencies), ...installed]) {
    copyPackage(each, createRequire(manifest));
  }
}
