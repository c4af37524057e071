/** Redis for the tests of several workers: one that is here, or Debian's, brought by apt. */
import { existsSync } from "node:fs";
import path from "node:path";
import { must } from "./processes.mjs";

const advice = {
  linux: "sudo apt-get install redis-server",
  darwin: "brew install redis",
};

/** Throws the command that brings redis-server and redis-cli where we may not. */
export async function ensureRedis() {
  if (isHere()) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Redis for the tests of several workers …");
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await must("apt-get", ["update", "-qq"], { env });
    const packages = ["redis-server", "redis-tools"];
    await must("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
      env,
    });
    if (isHere()) return;
  }
  throw new Error(
    `The tests of several workers need redis-server and redis-cli. This gets them: ${advice[process.platform] ?? "install Redis, and have both in PATH"}.`,
  );
}

function isHere() {
  const folders = (process.env.PATH ?? process.env.Path ?? "").split(path.delimiter);
  const end = process.platform === "win32" ? ".exe" : "";
  const has = (program) => folders.some((folder) => existsSync(path.join(folder, program + end)));
  return has("redis-server") && has("redis-cli");
}
