import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { isFromWorker } from "../src/workers/worker-messages.ts";

/** A call that is still under way must not hold up who waits for an edit; what is committed is safe. */
const STOP_MS = 2_000;
/** Of what it wrote before it ended: more than a stack. */
const LAST_WORDS = 8_000;

export type RestartedOptions = {
  file: string;
  preload: string;
  env: Record<string, string>;
  /** What ended it, or kept it from starting; null once it serves. */
  onProblem: (problem: string | null) => void;
};

/** A server of which one runs at a time. One that ends by itself stays ended until the next `restart`. */
export class RestartedProgram {
  readonly #options: RestartedOptions;
  #child: ChildProcess | null = null;
  #isWanted = false;
  #restarting: Promise<void> | null = null;

  constructor(options: RestartedOptions) {
    this.#options = options;
  }

  /** Asked for again while it is under way, it is done once more, with what is in the files by then. */
  restart(): void {
    this.#isWanted = true;
    this.#restarting ??= this.#restart().finally(() => {
      this.#restarting = null;
    });
  }

  async stop(): Promise<void> {
    await this.#restarting;
    await this.#end();
  }

  async #restart(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#end();
      this.#start();
    }
  }

  #start(): void {
    const { file, preload, env, onProblem } = this.#options;
    const child = spawn(process.execPath, ["--import", preload, file], {
      env: { ...process.env, ...env },
      // Its log goes where ours would go, and looks at a terminal as it does there.
      stdio: ["ignore", "inherit", "pipe", "ipc"],
    });
    this.#child = child;
    let lastWords = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      process.stderr.write(text);
      lastWords = (lastWords + text).slice(-LAST_WORDS);
    });
    child.on("message", (message) => {
      if (isFromWorker(message) && "ready" in message) onProblem(null);
    });
    child.once("close", (code, signal) => {
      if (this.#child !== child) return;
      this.#child = null;
      const end = `The server ended (${signal ?? code}): it is started again after the next edit.`;
      process.stderr.write(`${end}\n`);
      onProblem(`${end}\n\n${lastWords.trim()}`);
    });
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = null; // From here on its end is no problem.
    if (!child) return;
    const ended = once(child, "close");
    child.kill("SIGTERM");
    const hurry = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(hurry);
  }
}
