/**
 * The server as it runs in production, from the sources as they are now: one file, which starts in
 * a fifth of the time. These tests start some forty servers.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

const serverFolder = path.resolve(import.meta.dirname, "../../../server");
const dist = path.join(serverFolder, "dist");
let made: string | undefined;

/** Its main file; made once for each process that asks, and gone with it. */
export function bundledServer(): string {
  if (made) return made;
  // Inside the package: what is not bundled is looked for from there.
  const folder = path.join(dist, `faults-${process.pid}`);
  removeAbandoned();
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  execFileSync(process.execPath, ["bundle.mjs", folder], { cwd: serverFolder });
  made = path.join(folder, "main.js");
  return made;
}

/** A process that was killed could not clear up after itself. */
function removeAbandoned(): void {
  for (const name of existsSync(dist) ? readdirSync(dist) : []) {
    const pid = /^faults-(\d+)$/.exec(name)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    rmSync(path.join(dist, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
