import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { processExists } from "./data-folder-lock.ts";
import { commandAs, type PostgresPrograms, type RunAs } from "./postgres-program.ts";

const run = promisify(execFile);

export type Cluster = { programs: PostgresPrograms; runAs: RunAs; folder: string; logFile: string };
export type Postmaster = {
  pid: number;
  exited: Promise<void>;
  /** From now on our process does not end before it: whoever awaits `exited` with nothing else to do. */
  hold(): void;
};
export type StopMode = "fast" | "immediate";

/** Waiting for Postgres is reading one small file: 15 ms costs nothing and adds nothing to a start. */
const POLL_MS = 15;
const START_DEADLINE_MS = 60_000; // Recovery after a crash replays the log first.
const LOG_LIMIT = 5_000_000;

/** `postmaster.pid`, line by line: pid, folder, start time, port, socket folder, address, shm, status. */
export function readPostmasterFile(
  folder: string,
): { pid: number; port: number; ready: boolean } | null {
  let text: string;
  try {
    text = readFileSync(path.join(folder, "postmaster.pid"), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const lines = text.split("\n");
  const pid = Math.abs(Number(lines[0]));
  return pid > 1 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" } : null;
}

/** Starts Postgres on `cluster` and resolves when it takes connections. */
export async function startPostmaster(
  cluster: Cluster,
  port: number,
  settings: Record<string, string>,
): Promise<Postmaster> {
  for (const deadline = Date.now() + 10_000; ; await delay(100)) {
    const from = rotateLog(cluster.logFile);
    const child = spawnPostmaster(cluster, port, settings);
    const exited = once(child, "exit").then(() => {});
    if (await becomesReady(cluster.folder, child)) {
      return { pid: child.pid ?? 0, exited, hold: () => child.ref() };
    }
    const said = readFileSync(cluster.logFile, "utf8").slice(from);
    // The last server processes of a killed Postgres let go of its shared memory within moments.
    if (/shared memory block .* still in use/.test(said) && Date.now() < deadline) continue;
    throw new Error(explain(said, cluster, port));
  }
}

function spawnPostmaster(cluster: Cluster, port: number, settings: Record<string, string>) {
  const flags = Object.entries({
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    log_checkpoints: "off",
    ...settings,
  });
  const command = commandAs(cluster.runAs, cluster.programs.postgres, [
    "-D",
    cluster.folder,
    "-p",
    String(port),
    ...flags.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const recycled = readPostmasterFile(cluster.folder)?.pid;
  const log = openSync(cluster.logFile, "a", 0o600);
  const child = spawn(command.file, command.args, {
    ...command.options,
    // Its own process group: Ctrl-C must reach our server first, which stops Postgres last. And a
    // file for its log: a pipe would break under an orphan.
    detached: process.platform !== "win32",
    windowsHide: true,
    stdio: ["ignore", log, log],
    env: {
      ...process.env,
      LC_ALL: "C",
      // Postgres takes a live process with the old pid for itself unless it is told that it is not.
      ...(recycled ? { PG_GRANDPARENT_PID: String(recycled) } : {}),
    },
  });
  closeSync(log);
  child.unref();
  return child;
}

async function becomesReady(folder: string, child: ChildProcess): Promise<boolean> {
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  for (const deadline = Date.now() + START_DEADLINE_MS; !ended; await delay(POLL_MS)) {
    const file = readPostmasterFile(folder);
    if (file?.ready && file.pid === child.pid) return true;
    if (Date.now() > deadline) child.kill("SIGQUIT");
  }
  return false;
}

function rotateLog(logFile: string): number {
  closeSync(openSync(logFile, "a", 0o600));
  const size = statSync(logFile).size;
  if (size < LOG_LIMIT) return size;
  truncateSync(logFile);
  return 0;
}

/** One sentence about why Postgres did not start. */
export function explain(said: string, cluster: Cluster, port: number): string {
  if (/semaphores|shared memory segment|Cannot allocate memory/i.test(said)) {
    return "The system doesn't have enough memory for that many Postgres connections. Lower DB_POOL_SIZE, DB_MAX_OVERFLOW or WORKERS.";
  }
  if (/No space left on device|Disk quota exceeded/.test(said)) {
    return `The disk of ${cluster.folder} is full. Free up space and start again, or set GUILDHALL_DATA to a folder on another disk.`;
  }
  if (/Permission denied/.test(said)) {
    return `Postgres doesn't have permission to write to ${cluster.folder}. Give it back to the user that ran it before.`;
  }
  if (/Address already in use|could not bind/.test(said)) {
    return `Port ${port} on 127.0.0.1, which Postgres needs, is in use by another program.`;
  }
  const line =
    /^.*(?:FATAL|PANIC|ERROR):\s*(.+)$/m.exec(said)?.[1] ?? said.trim().split("\n").at(-1);
  return `Postgres didn't start: ${line || "it gave no reason"}. Its log is ${cluster.logFile}.`;
}

/** Stops Postgres: `fast` ends sessions and writes a checkpoint, `immediate` is as good as a crash. */
export async function stopPostmaster(cluster: Cluster, pid: number, mode: StopMode): Promise<void> {
  if (process.platform === "win32") {
    await run(cluster.programs.pgCtl, ["stop", "-D", cluster.folder, "-m", mode, "-w", "-t", "60"]);
    return;
  }
  signal(pid, mode === "fast" ? "SIGINT" : "SIGQUIT");
  // A checkpoint on a slow disk may outlast our patience; its log recovers from `immediate`.
  const hurry = Date.now() + 8_000;
  for (let hurried = false; processExists(pid); await delay(POLL_MS)) {
    if (hurried || Date.now() < hurry) continue;
    signal(pid, "SIGQUIT");
    hurried = true;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It ended by itself between the question and the signal.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Stops the Postgres that a killed Guildhall left running in this folder, and says whether it did. */
export async function stopOrphan(cluster: Cluster): Promise<boolean> {
  const file = readPostmasterFile(cluster.folder);
  if (!file || !processExists(file.pid) || !(await isPostmasterOf(file.pid, cluster.folder))) {
    return false;
  }
  await stopPostmaster(cluster, file.pid, "fast");
  return true;
}

/** Whether `pid` is a Postgres on `folder`, and not a stranger that got the number later. */
async function isPostmasterOf(pid: number, folder: string): Promise<boolean> {
  try {
    if (process.platform === "win32") {
      const { stdout } = await run("tasklist", ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"]);
      return stdout.toLowerCase().includes("postgres.exe");
    }
    if (process.platform === "linux") {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return /postgres$/.test(command[0] ?? "") && command.includes(folder);
    }
    const { stdout } = await run("ps", ["-ww", "-o", "command=", "-p", String(pid)]);
    return stdout.includes("postgres") && stdout.includes(folder);
  } catch {
    return false; // It ended while we asked: nothing is left to stop.
  }
}
