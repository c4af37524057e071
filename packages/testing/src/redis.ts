/** For tests: a real redis-server on a free port, that can be stopped, started again and frozen. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { freePort } from "@guildhall/db/embedded";

const run = promisify(execFile);

export type TestRedis = {
  url: string;
  port: number;
  /** Ends it; `start` brings it back on the same port. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Keeps its connections and answers nothing until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** What `redis-cli` prints. */
  cli(...args: string[]): Promise<string>;
  stop(): Promise<void>;
};

type Options = {
  /** More arguments of redis-server. */
  flags?: string[];
  /** Files of a certificate, its key, and of who signed it: the port then speaks TLS only. */
  tls?: { cert: string; key: string; ca: string };
};

export async function startTestRedis(options: Options = {}): Promise<TestRedis> {
  for (let tries = 1; ; tries++) {
    try {
      return await startOn(await freePort(), options);
    } catch (error) {
      // Free a moment ago; and a cluster's node also listens on a second one, 10,000 further.
      if (tries === MOST_TRIES || !/already in use/.test(String(error))) throw error;
    }
  }
}

const MOST_TRIES = 10;

async function startOn(port: number, { flags = [], tls }: Options): Promise<TestRedis> {
  const folder = mkdtempSync(path.join(tmpdir(), "guildhall-redis-"));
  const listening = tls
    ? [
        "--port",
        "0",
        "--tls-port",
        `${port}`,
        "--tls-cert-file",
        tls.cert,
        "--tls-key-file",
        tls.key,
      ]
    : ["--port", `${port}`];
  const trust = tls ? ["--tls-ca-cert-file", tls.ca, "--tls-auth-clients", "no"] : [];
  const rest = ["--bind", "127.0.0.1", "--save", "", "--dir", folder, ...trust, ...flags];
  let child: ChildProcess;

  async function start() {
    child = spawn("redis-server", [...listening, ...rest], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
    });
    while (!said.includes("Ready to accept connections")) {
      await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")]);
      if (child.exitCode !== null) throw new Error(`redis-server did not start: ${said}`);
    }
  }

  async function kill() {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }

  await start();
  return {
    url: `${tls ? "rediss" : "redis"}://127.0.0.1:${port}`,
    port,
    start,
    kill,
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
    cli: async (...args) => {
      const secure = tls ? ["--tls", "--cacert", tls.ca] : [];
      return (await run("redis-cli", ["-p", `${port}`, ...secure, ...args])).stdout.trim();
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Three nodes, each with a third of the slots. */
export async function startTestCluster() {
  const nodes = await Promise.all(
    [1, 2, 3].map(() =>
      startTestRedis({ flags: ["--cluster-enabled", "yes", "--cluster-node-timeout", "2000"] }),
    ),
  );
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
  await run("redis-cli", ["--cluster", "create", ...addresses, "--cluster-yes"]);
  return {
    nodes,
    urls: nodes.map(({ url }) => url),
    /** The first slots of one node go to another, with all that is in them. */
    async moveSlots(from: number, to: number, slots: number) {
      const ids = await Promise.all(nodes.map((node) => node.cli("cluster", "myid")));
      const way = ["--cluster-from", `${ids[from]}`, "--cluster-to", `${ids[to]}`];
      const count = ["--cluster-slots", `${slots}`, "--cluster-yes"];
      await run("redis-cli", ["--cluster", "reshard", `${addresses[0]}`, ...way, ...count]);
    },
    stop: async () => void (await Promise.all(nodes.map((node) => node.stop()))),
  };
}
