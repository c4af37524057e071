/**
 * Running other programs so that stopping us stops all of them. Each runs in a process group of its
 * own: a terminal's Ctrl-C reaches only us, and we pass every signal on, once, to whole groups, so
 * that nobody is told twice and no grandchild is left over.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nodeOf } from "./node-program.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const windows = process.platform === "win32";
const running = new Set();
let stoppedBy = null;

/** Programs of the packages come first: also `node`, which is the version the lockfile names. */
function environment(cwd, extra) {
  const bins = [path.join(cwd, "node_modules", ".bin"), path.join(root, "node_modules", ".bin")];
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return { ...process.env, ...extra, [key]: [...bins, process.env[key]].join(path.delimiter) };
}

/**
 * Runs a program to its end and answers its exit code; 128 + n when a signal ended it. `onOutput` gets
 * what it prints.
 */
export function run(program, args, options = {}) {
  if (stoppedBy) return Promise.resolve(128 + constants.signals[stoppedBy]);
  const cwd = options.cwd ?? root;
  const { onOutput } = options;
  const output = onOutput ? "pipe" : (options.output ?? "inherit");
  const child = spawn(program === "node" ? (nodeOf(root) ?? program) : program, args, {
    cwd,
    env: environment(cwd, options.env),
    detached: !windows,
    // Programs of packages are .cmd files there, which only a shell starts.
    shell: windows && program !== "node",
    stdio: ["ignore", output, output, ...(options.ipc ? ["ipc"] : [])],
  });
  running.add(child);
  for (const stream of onOutput ? [child.stdout, child.stderr] : []) {
    stream.setEncoding("utf8").on("data", onOutput);
  }
  return new Promise((resolve, reject) => {
    child.once("error", (cause) => {
      running.delete(child);
      reject(new Error(`${program} could not be started: ${cause.message}`));
    });
    child.once("exit", (code, signal) => {
      running.delete(child);
      tell(child, "SIGTERM"); // Whoever of its group is still there has lost its reason to be.
      const exitCode = code ?? 128 + constants.signals[signal];
      // What it said last may still be on its way.
      if (onOutput) child.once("close", () => resolve(exitCode));
      else resolve(exitCode);
    });
  });
}

/** As `run`, but anything except success is the end, with a sentence. */
export async function must(program, args, options = {}) {
  const code = await run(program, args, options);
  if (code === 0) return;
  const what = options.what ?? `${program} ${args.join(" ")}`;
  throw Object.assign(new Error(`${what} failed (exit code ${code}).`), { exitCode: code });
}

export const exitCodeOf = (error) => error.exitCode ?? 1;

/** Ends everything that runs, as if someone had asked for it. */
export function stopAll(signal = "SIGTERM") {
  stoppedBy ??= signal;
  // A closed terminal means the end; to the server itself SIGHUP means to restart its workers.
  for (const child of running) tell(child, signal === "SIGHUP" ? "SIGTERM" : signal);
}

function tell(child, signal) {
  if (windows) {
    // No signals there: our server stops by itself when this channel ends, others are ended.
    if (child.connected) child.disconnect();
    else if (child.exitCode === null) child.kill();
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error; // Its whole group has ended.
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stopAll(signal));

// npm killed outright passes nothing on. Its end shows as a new parent of ours, or of the shell that
// npm put between; without npm, a new parent only means that the terminal which started us was closed.
if (process.env.npm_lifecycle_event && !windows) {
  const before = callers();
  const watching = setInterval(() => {
    if (callers() === before) return;
    // Said once: a server takes a second wish, while it stops, for impatience, and ends as it stands.
    clearInterval(watching);
    stopAll();
  }, 500).unref();
}

/** Our parent, and its parent when it is npm's `sh -c`; only Linux tells that without a program. */
function callers() {
  const parent = process.ppid;
  const files = `/proc/${parent}`;
  if (!existsSync(files)) return String(parent);
  try {
    const viaShell = readFileSync(`${files}/cmdline`, "utf8").split("\0")[1] === "-c";
    const stat = readFileSync(`${files}/stat`, "utf8");
    return viaShell
      ? `${parent} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]}`
      : String(parent);
  } catch {
    return String(process.ppid); // It ended between the two looks, and we have a new one.
  }
}
