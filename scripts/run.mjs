/**
 * The one entry of `npm start`, `npm test`, `npm run dev | check | build | bench | backup | restore |
 * reindex | test:faults | desktop:pack | key | sign | publish`. No dependency and nothing newer than Node 18: it runs before anything is installed,
 * and brings what is missing.
 */
import { build } from "./run/build.mjs";
import { check } from "./run/check.mjs";
import { moveData } from "./run/data.mjs";
import { packDesktop, releaseDesktop } from "./run/desktop.mjs";
import { dev } from "./run/dev.mjs";
import { testFaults } from "./run/faults.mjs";
import { ensureInstalled } from "./run/install.mjs";
import { exitCodeOf, run } from "./run/processes.mjs";
import { test } from "./run/test.mjs";

const [command = "start", ...rest] = process.argv.slice(2);
// npm takes the first "--" for itself; who calls this file types it too, and vitest would then run everything.
const args = rest[0] === "--" ? rest.slice(1) : rest;

const commands = {
  async start() {
    await build();
    return run("node", ["--enable-source-maps", "apps/server/dist/main.js", ...args], {
      ipc: true,
    });
  },
  dev,
  test: () => test(args),
  "test:faults": () => testFaults(args),
  check: async () => ((await check()).failed === 0 ? 0 : 1),
  async build() {
    await build();
    return 0;
  },
  bench: () => run("node", args[0] ? [`bench/${args[0]}.ts`, ...args.slice(1)] : ["bench/all.ts"]),
  backup: () => moveData("backup", args),
  restore: () => moveData("restore", args),
  reindex: () => moveData("reindex", args),
  "desktop:pack": () => packDesktop(args),
  "desktop:key": () => releaseDesktop("make-key", args),
  "desktop:sign": () => releaseDesktop("sign-release", args),
  "desktop:publish": () => moveData("desktop-publish", args),
};

if (!Object.hasOwn(commands, command)) {
  console.error(
    `There is no command "${command}": it is one of ${Object.keys(commands).join(", ")}.`,
  );
  process.exit(2);
}
try {
  await ensureInstalled();
  process.exitCode = await commands[command]();
} catch (error) {
  console.error(error.message);
  process.exitCode = exitCodeOf(error);
}
process.exit();
