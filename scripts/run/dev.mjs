/** Server and page from source, each changing as it is edited. */
import { existsSync } from "node:fs";
import path from "node:path";
import { root, run, stopAll } from "./processes.mjs";

const desktop = path.join(root, "apps", "desktop");

export async function dev(args) {
  // Where the page's own server passes calls on to; vite.renderer.config.ts reads it.
  const env = { GUILDHALL_SERVER: `http://127.0.0.1:${process.env.PORT ?? 8001}` };
  const programs = [
    run("node", ["--watch", "--watch-preserve-output", "apps/server/src/main.ts", ...args]),
    hasElectron()
      ? run("electron-vite", ["dev"], { cwd: desktop, env })
      : run("vite", ["-c", "vite.renderer.config.ts", "--clearScreen", "false"], {
          cwd: desktop,
          env,
        }),
  ];
  if (!hasElectron()) {
    console.log(
      "Electron's program is not installed here: open the address that vite shows in a browser.",
    );
  }
  // One without the other is of no use: the first to end takes the other with it.
  const code = await Promise.race(programs);
  stopAll();
  await Promise.all(programs);
  return code;
}

/** Looked up as a file: asking the package itself would try to download it. */
function hasElectron() {
  return existsSync(path.join(desktop, "node_modules", "electron", "dist"));
}
