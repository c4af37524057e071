/** Server and page from source, each changing as it is edited. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root, run, stopAll } from "./processes.mjs";

const desktop = path.join(root, "apps", "desktop");

export async function dev() {
  const folder = mkdtempSync(path.join(tmpdir(), "guildhall-dev-"));
  const env = {
    // Whatever it is where this is typed: otherwise Vite reloads the page at each edit.
    NODE_ENV: "development",
    // Where the page's own server passes calls on to, and where it reads what is wrong there.
    GUILDHALL_SERVER: `http://127.0.0.1:${process.env.PORT ?? 8001}`,
    GUILDHALL_DEV_PROBLEM: path.join(folder, "problem.json"),
  };
  const programs = [
    run("node", ["--import", "./scripts/from-source.mjs", "apps/server/dev/main.ts"], {
      env,
      ipc: true,
    }),
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
  rmSync(folder, { recursive: true, force: true });
  return code;
}

/** Looked up as a file: asking the package itself would try to download it. */
function hasElectron() {
  return existsSync(path.join(desktop, "node_modules", "electron", "dist"));
}
