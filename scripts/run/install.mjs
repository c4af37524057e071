/** Installs the packages of the lockfile, only when it or a manifest changed. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { nodeOf } from "./node-program.mjs";
import { root } from "./processes.mjs";
import { hashOf, isDone, markDone } from "./stamp.mjs";
import { step } from "./steps.mjs";

const PNPM = "pnpm@12.21.0";
const STAMP = "node_modules/.guildhall-installed";
/** Runs TypeScript as it is. The lockfile brings such a Node for most systems; else it is the person's. */
const OLDEST_NODE = [22, 18];

export async function ensureInstalled() {
  const hash = hashOf(
    [
      "package.json",
      ".pnpmfile.cjs",
      "pnpm-lock.yaml",
      "pnpm-workspace.yaml",
      "patches",
      ...manifests(),
    ],
    [process.platform, process.arch],
  );
  if (!isDone(STAMP, hash)) {
    await step("Installing packages (the first time takes minutes)", (must) =>
      must(
        "npx",
        ["-y", PNPM, "install", "--frozen-lockfile", "--config.confirmModulesPurge=false"],
        { what: "Installing the packages" },
      ),
    );
    markDone(STAMP, hash);
  }
  await requireNode();
}

function manifests() {
  const folders = ["apps", "packages"].flatMap((parent) =>
    readdirSync(path.join(root, parent)).map((name) => `${parent}/${name}`),
  );
  return [...folders, "bench", "examples"].map((folder) => `${folder}/package.json`);
}

async function requireNode() {
  if (nodeOf(root)) return;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(
    `Guildhall needs Node ${OLDEST_NODE.join(".")} or newer on this system, and this is ${process.versions.node}: install a newer one.`,
  );
}
