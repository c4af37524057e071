/** The desktop app: built, and packed as people get it. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { buildDesktop, buildServer } from "./build.mjs";
import { meantFrom } from "./data.mjs";
import { root, run } from "./processes.mjs";

const desktop = path.join(root, "apps", "desktop");

export async function packDesktop(args) {
  // The installers are for more than one kind of processor: their distributions electron-builder brings by itself.
  const dist = args.includes("--installers") ? undefined : await ensureElectron();
  await buildDesktop();
  await buildServer();
  return run("node", ["packaging/pack.ts", ...args], {
    cwd: desktop,
    env: dist && { ELECTRON_DIST: dist },
  });
}

/** What the makers of the app do with what was packed. */
export const releaseDesktop = (command, args) =>
  run("node", [path.join(desktop, "packaging", `${command}.ts`), ...meantFrom(args)]);

/** Where Electron's program is: as named, as installed, or brought now. Throws what is missing. */
async function ensureElectron() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return named;
  const electron = path.join(desktop, "node_modules", "electron");
  const dist = path.join(electron, "dist");
  const { version } = JSON.parse(readFileSync(path.join(electron, "package.json"), "utf8"));
  if (isThere(dist, version)) return dist;
  const said = [];
  const install = [path.join(electron, "install.js")];
  const code = await run("node", install, { onOutput: (text) => said.push(text) });
  if (code === 0 && isThere(dist, version)) return dist;
  const why = said.join("").split("\n")[0];
  throw new Error(
    `The app can't be packed here: Electron ${version} for ${process.platform}-${process.arch} isn't installed and couldn't be downloaded (${why}); set ELECTRON_MIRROR to a mirror that has it, or ELECTRON_OVERRIDE_DIST_PATH to a folder with its unpacked distribution.`,
  );
}

function isThere(dist, version) {
  const file = path.join(dist, "version");
  return existsSync(file) && readFileSync(file, "utf8").trim().replace(/^v/, "") === version;
}
