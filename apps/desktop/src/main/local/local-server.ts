/**
 * The server of a workspace on this computer: the bundle that runs on servers, with the Postgres that it brings, in a
 * process of its own and on the loopback. It is started and stopped with the app.
 *
 * What a killed app leaves (a Postgres, a lock) the server clears away at its next start. One that ends by itself
 * is started again, later and later, and given up after a few times in words.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ExpectedError } from "../bridge/expected-error.ts";
import { backUpBefore } from "./back-up-before.ts";
import { type Forked, type LocalOptions, localEnv } from "./local-options.ts";

const STOP_MS = 12_000;
const WAITS_MS = [500, 2_000, 5_000, 15_000, 30_000];
/** One that ran so long was no failed try. */
const HEALTHY_MS = 60_000;

export function openLocalServer(options: LocalOptions) {
  let running: { child: Forked; url: string; exited: Promise<void> } | null = null;
  let starting: Promise<string> | null = null;
  const stopping = { asked: new AbortController() };
  let port = 0;
  let failures = 0;

  async function startOnce(): Promise<string> {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    await backUpBefore(options);
    options.onState({ kind: "starting" });
    const begun = await begin(options, port).catch((error: unknown) => {
      // The port of before may be another program's by now.
      if (port === 0 || !String(error).includes("in use")) throw error;
      return begin(options, 0);
    });
    port = Number(new URL(begun.url).port);
    running = begun;
    options.onState({ kind: "running" });
    const since = Date.now();
    void begun.exited.then(() => {
      running = null;
      if (stopping.asked.signal.aborted) return;
      if (Date.now() - since > HEALTHY_MS) failures = 0;
      void startAgain();
    });
    return begun.url;
  }

  function start(): Promise<string> {
    if (running) return Promise.resolve(running.url);
    stopping.asked = new AbortController();
    starting ??= startOnce()
      .catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        options.onState({ kind: "failed", message });
        throw new ExpectedError(message);
      })
      .finally(() => {
        starting = null;
      });
    return starting;
  }

  async function startAgain() {
    const wait = WAITS_MS[failures++];
    if (wait === undefined) {
      const message =
        "The workspace on this computer stopped several times. Nothing that was saved is lost. Restart the app; if it keeps happening, restart the computer.";
      return options.onState({ kind: "failed", message });
    }
    options.onState({ kind: "restarting" });
    // It is cut short by stopping alone, which is asked about next.
    await delay(wait, undefined, { signal: stopping.asked.signal }).catch(() => {});
    if (!stopping.asked.signal.aborted) await start().catch(startAgain);
  }

  return {
    start,
    url: () => running?.url ?? null,
    /** It and its Postgres; what is under way is finished. */
    async stop() {
      stopping.asked.abort();
      // Whoever started it is told why it failed; here there is then nothing to stop.
      await starting?.catch(() => {});
      if (!running) return;
      const { child, exited } = running;
      child.postMessage({ guildhall: "stop" });
      const late = setTimeout(() => child.kill(), STOP_MS);
      await exited;
      clearTimeout(late);
      options.onState({ kind: "stopped" });
    },
  };
}

export type LocalServer = ReturnType<typeof openLocalServer>;

type Said = { guildhall?: unknown; ready?: unknown; failed?: unknown };

async function begin(options: LocalOptions, port: number) {
  const child = options.fork(join(options.program, "dist", "main.js"), [], {
    env: localEnv(options, port),
    cwd: options.folder,
    stdio: "pipe",
    serviceName: "Guildhall workspace",
  });
  const ready = Promise.withResolvers<string>();
  let said = "";
  child.stderr?.on("data", (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-2_000);
  });
  child.on("message", (message) => {
    const { ready: url, failed } = message as Said;
    if (typeof url === "string") ready.resolve(url);
    if (typeof failed === "string") ready.reject(new Error(inWords(failed)));
  });
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code) => {
      ready.reject(new Error(`The workspace on this computer couldn't start (${code}). ${said}`));
      resolve();
    });
  });
  return { child, exited, url: await ready.promise };
}

/** What the server says to operators, as whoever has it on their own computer can do something about it. */
function inWords(failed: string): string {
  if (/disk .* is full|disk is full/.test(failed)) {
    return "The disk of this computer is full, so the workspace couldn't start. Nothing is lost: free up space and try again.";
  }
  if (/newer Guildhall|newer version/i.test(failed)) {
    return "The workspace on this computer was last used by a newer version of this app. Nothing was changed: update the app, then open it again.";
  }
  return failed.replaceAll("GUILDHALL_DATA", "the data folder");
}
