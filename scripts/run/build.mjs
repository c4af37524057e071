/** Builds the page and the server's bundle, each only when something it is made of changed. */
import path from "node:path";
import { must, root } from "./processes.mjs";
import { hashOf, isDone, markDone } from "./stamp.mjs";

const parts = [
  {
    name: "the page",
    stamp: "apps/desktop/dist/web.stamp",
    inputs: ["apps/desktop", "packages/api", "packages/db/src/schema", "pnpm-lock.yaml"],
    program: "vite",
    args: ["build", "-c", "vite.renderer.config.ts", "--logLevel", "warn"],
    cwd: "apps/desktop",
  },
  {
    name: "the server",
    stamp: "apps/server/dist/main.stamp",
    inputs: ["apps/server", "packages/api", "packages/db", "pnpm-lock.yaml"],
    program: "node",
    args: ["bundle.mjs"],
    cwd: "apps/server",
  },
];

// What vite writes into the page from the environment is an input like any file.
const settings = Object.entries(process.env)
  .filter(([name]) => name.startsWith("VITE_"))
  .sort();

export async function build() {
  await Promise.all(parts.map(buildPart));
}

/** Without the page: for commands that show none. */
export const buildServer = () => buildPart(parts.find(({ name }) => name === "the server"));

async function buildPart({ name, stamp, inputs, program, args, cwd }) {
  const hash = hashOf(inputs, settings);
  if (isDone(stamp, hash)) return;
  console.log(`Building ${name} …`);
  await must(program, args, { cwd: path.join(root, cwd), what: `Building ${name}` });
  markDone(stamp, hash);
}
