/** Builds the page, the server's bundle and the client that it gives out, each only when something it is made of changed. */
import path from "node:path";
import { root } from "./processes.mjs";
import { hashOf, isDone, markDone } from "./stamp.mjs";
import { step } from "./steps.mjs";

/** What both are made of. */
const shared = [
  ...["packages/api", "packages/document-model", "packages/importers"],
  "scripts/licenses.ts",
];

const parts = [
  {
    name: "the page",
    stamp: "apps/desktop/dist/web.stamp",
    inputs: ["apps/desktop", ...shared, "packages/db/src/schema", "pnpm-lock.yaml"],
    program: "vite",
    args: ["build", "-c", "vite.renderer.config.ts", "--logLevel", "warn"],
    cwd: "apps/desktop",
  },
  {
    name: "the server",
    stamp: "apps/server/dist/main.stamp",
    inputs: ["apps/server", ...shared, "packages/db", "pnpm-lock.yaml"],
    program: "node",
    args: ["bundle.mjs"],
    cwd: "apps/server",
  },
  {
    // What the server gives out to tools, as /client.tgz.
    name: "the client",
    stamp: "apps/server/dist/client.stamp",
    inputs: [...shared, "packages/db/src", "pnpm-lock.yaml"],
    program: "node",
    args: ["client-package/build.ts", "../../apps/server/dist/client.tgz"],
    cwd: "packages/api",
  },
];

/** The same pages in their window, and what is around it. */
const desktop = {
  name: "the desktop app",
  stamp: "apps/desktop/dist/desktop.stamp",
  inputs: ["apps/desktop", ...shared, "packages/db/src/schema", "pnpm-lock.yaml"],
  program: "electron-vite",
  args: ["build", "--logLevel", "warn"],
  cwd: "apps/desktop",
};

// What vite writes into the page from the environment is an input like any file.
const settings = Object.entries(process.env)
  .filter(([name]) => name.startsWith("VITE_"))
  .sort();

export const build = () => buildParts(parts);

/** Without the page: for commands that show none. */
export const buildServer = () => buildParts(parts.filter(({ name }) => name === "the server"));

export const buildDesktop = () => buildParts([desktop]);

/** What changed, side by side. */
async function buildParts(wanted) {
  const changed = wanted
    .map((part) => ({ ...part, hash: hashOf(part.inputs, settings) }))
    .filter(({ stamp, hash }) => !isDone(stamp, hash));
  if (changed.length === 0) return;
  const names = new Intl.ListFormat("en").format(changed.map(({ name }) => name));
  await step(`Building ${names}`, (must) =>
    Promise.all(
      changed.map(async ({ name, stamp, hash, program, args, cwd }) => {
        await must(program, args, { cwd: path.join(root, cwd), what: `Building ${name}` });
        markDone(stamp, hash);
      }),
    ),
  );
}
