/** Starts the process that reads a file, and ends it when it takes too much of anything. */
import { type ChildProcess, fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { ReadAnswer, ReadRequest } from "./reading.ts";

type Bounds = { megabytes: number; seconds: number };
/** A hundred megapixels need some 500 MB while they are made small. */
const BOUNDS: Bounds = { megabytes: 1_024, seconds: 60 };
const LOOK_EVERY_MS = 100;

/** From source the process runs the source; the bundle has it as a file beside itself. */
const program = fileURLToPath(
  new URL(
    import.meta.url.endsWith(".ts") ? "./file-reader.ts" : "./file-reader.js",
    import.meta.url,
  ),
);

/** Resolves to null with a reason when the process overran its bounds or died of the file. */
export async function readInProcess(
  request: ReadRequest,
  signal: AbortSignal,
  bounds: Bounds = BOUNDS,
): Promise<{ answer: ReadAnswer } | { died: string }> {
  signal.throwIfAborted();
  const { PATH, SystemRoot } = process.env;
  const child = fork(program, {
    // Nothing of ours: no keys, no addresses.
    env: { ...(PATH && { PATH }), ...(SystemRoot && { SystemRoot }) },
    execArgv: [`--max-old-space-size=${Math.floor(bounds.megabytes / 2)}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const { promise, resolve, reject } = Promise.withResolvers<
    { answer: ReadAnswer } | { died: string }
  >();
  child.once("message", (answer) => resolve({ answer: answer as ReadAnswer }));
  child.once("exit", (code, by) => resolve({ died: `It ended with ${by ?? code}.` }));
  child.once("error", reject);
  const late = setTimeout(
    () => resolve({ died: `More than ${bounds.seconds} s.` }),
    bounds.seconds * 1_000,
  );
  const watch = setInterval(async () => {
    const megabytes = (await residentBytes(child)) / 1024 ** 2;
    if (megabytes > bounds.megabytes) resolve({ died: `More than ${bounds.megabytes} MB.` });
  }, LOOK_EVERY_MS);
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  child.send(request, (error) => error && resolve({ died: error.message }));
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    clearInterval(watch);
    signal.removeEventListener("abort", abort);
    child.kill("SIGKILL");
  }
}

/** What it holds, also outside of its heap, where Linux tells; elsewhere the bound of the heap must do. */
async function residentBytes({ pid }: ChildProcess): Promise<number> {
  if (process.platform !== "linux") return 0;
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
}
