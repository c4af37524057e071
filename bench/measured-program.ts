/** Programs measured from outside: each in a process of its own, the load in another. */
import { type ChildProcess, spawn } from "node:child_process";
import { on, once } from "node:events";
import { cpus, loadavg, totalmem } from "node:os";
import path from "node:path";

/** `stall`: ms, see report-cpu.ts. */
export type Usage = { cpu: number; rss: number; stall: number };

export type MeasuredProgram = {
  url: string;
  /** µs of CPU used since its start, and bytes of memory; with `--expose-gc` also of what is in use. */
  usage(of?: "now" | "collected" | "stalls"): Promise<Usage>;
  stop(): Promise<void>;
};

/** Starts a Node program that prints `… is ready at <url>`. */
export async function startMeasured(
  file: string,
  env: Record<string, string>,
  flags: string[] = [],
): Promise<MeasuredProgram> {
  const preload = path.join(import.meta.dirname, "report-cpu.ts");
  const child = spawn(process.execPath, [...flags, "--import", preload, file], {
    cwd: path.join(import.meta.dirname, ".."),
    env: { ...process.env, NODE_ENV: "production", PORT: "0", LOG_LEVEL: "error", ...env },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  return {
    url: await readyAt(child),
    async usage(of = "now") {
      child.send(of);
      // The program itself may tell its parent something in between.
      for await (const [told] of on(child, "message")) {
        if (typeof told === "object" && "rss" in told) return told as Usage;
      }
      throw new Error("It tells until it ends.");
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function readyAt(child: ChildProcess): Promise<string> {
  let said = "";
  for await (const chunk of child.stdout ?? []) {
    said += chunk;
    const url = /is ready at (http:\S+)$/m.exec(said)?.[1];
    if (!url) continue;
    child.stdout?.resume();
    return url;
  }
  throw new Error(`${child.spawnargs.join(" ")} ended before it was ready: ${said}`);
}

export const share = (numbers: number[], part: number) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * part)] ?? Number.NaN;

export const median = (numbers: number[]) => share(numbers, 0.5);

/** What the figures were measured on. */
export const machine = () => {
  const [cpu] = cpus();
  const load = loadavg()[0]?.toFixed(1);
  return `${cpu?.model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}; load before ${load}`;
};
