import { execFileSync } from "node:child_process";
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * One live Guildhall per data folder. The lock is a file with the pid and the birth time of its
 * process: a pid alone comes back after a restart of the machine, and in a container it is the same
 * at every start.
 */
type Holder = { pid: number; born: string };

const held = new Set<string>();

/**
 * Takes the lock and answers how to release it; throws a sentence when a live process keeps it for
 * `patienceMs`: a server that was just told to stop is given the moment it needs.
 */
export async function lockDataFolder(dataFolder: string, patienceMs: number): Promise<() => void> {
  const file = path.join(dataFolder, "guildhall.lock");
  const me = JSON.stringify({ pid: process.pid, born: birthOf(process.pid) ?? "" });
  for (const deadline = Date.now() + patienceMs; ; ) {
    if (create(file, me)) {
      held.add(file);
      return () => release(file, me);
    }
    const text = readIfThere(file);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (!holder || !isAlive(holder, file)) {
      removeStale(file, text);
    } else if (Date.now() < deadline) {
      await delay(50);
    } else {
      throw new Error(
        `Another Guildhall (process ${holder.pid}) is using the data folder ${dataFolder}. Stop it first, or set GUILDHALL_DATA to another folder.`,
      );
    }
  }
}

/** Whether a live process keeps it. */
export function isDataFolderLocked(dataFolder: string): boolean {
  const file = path.join(dataFolder, "guildhall.lock");
  const holder = parseHolder(readIfThere(file) ?? "");
  return holder !== null && isAlive(holder, file);
}

function create(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Two starters may judge the same file stale: whoever moved a fresh one away puts it back. */
function removeStale(file: string, judged: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (readFileSync(aside, "utf8") !== judged) linkSync(aside, file);
  unlinkSync(aside);
}

function release(file: string, me: string): void {
  held.delete(file);
  if (readIfThere(file) === me) unlinkSync(file);
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** A file cut short by a full disk or a crash names nobody, and so holds nothing. */
function parseHolder(text: string): Holder | null {
  const match = /^\{"pid":(\d+),"born":"(.*)"\}$/.exec(text);
  return match ? { pid: Number(match[1]), born: match[2] ?? "" } : null;
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.pid === process.pid) return held.has(file);
  if (!processExists(holder.pid)) return false;
  const born = birthOf(holder.pid);
  return born === null || holder.born === "" || born === holder.born;
}

export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
  return statOf(pid)?.[0] !== "Z";
}

/**
 * The fields of Linux's `stat` from the state on; null elsewhere. A killed process whose parent does
 * not collect it (a container without an init) stays a zombie, state Z, and answers signals.
 */
function statOf(pid: number): string[] | null {
  if (process.platform !== "linux") return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may itself hold spaces: count the fields after its end.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null; // It ended meanwhile, or its facts are hidden.
  }
}

/** When a process began, as text that is only compared; null where the system does not tell. */
function birthOf(pid: number): string | null {
  if (process.platform === "win32") return null;
  try {
    if (process.platform === "linux") {
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      const started = statOf(pid)?.[19];
      return started ? `${boot}/${started}` : null;
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return null; // The process ended meanwhile, or its facts are hidden: the pid alone decides.
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
