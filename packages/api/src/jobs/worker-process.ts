import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  type Bounds,
  type FromWorker,
  type Host,
  type HostEvents,
  Overrun,
} from "./worker-host.ts";

const LOOK_EVERY_MS = 100;

/** It knows nothing of the server: no settings, no database. */
export function openProcess(file: URL, { megabytes }: Bounds, events: HostEvents): Host {
  const { PATH, SystemRoot } = process.env;
  const child = fork(fileURLToPath(file), {
    // Nothing of ours: no keys, no addresses.
    env: { ...(PATH && { PATH }), ...(SystemRoot && { SystemRoot }) },
    execArgv: [`--max-old-space-size=${Math.floor(megabytes / 2)}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const exited = once(child, "exit");
  exited.catch(() => {}); // That it could not start is told below.
  const end = (why: Error) => {
    clearInterval(watch);
    events.onEnd(why);
  };
  child.on("message", (message) => events.onMessage(message as FromWorker));
  child.once("exit", (code, by) => end(new Overrun("end", `It ended with ${by ?? code}.`)));
  child.once("error", end);
  const watch = setInterval(async () => {
    if ((await residentBytes(child)) / 1024 ** 2 <= megabytes) return;
    end(new Overrun("memory", `More than ${megabytes} MB.`));
  }, LOOK_EVERY_MS);
  return {
    post: (message) =>
      child.send(message as object, (error) => error && end(new Overrun("end", error.message))),
    worked: async () => performance.now(),
    async end() {
      clearInterval(watch);
      if (child.kill("SIGKILL")) await exited;
    },
  };
}

/** What it holds, also outside of its heap, where Linux tells; elsewhere the bound of the heap must do. */
async function residentBytes({ pid }: ChildProcess): Promise<number> {
  if (process.platform !== "linux") return 0;
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
}
