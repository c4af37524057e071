/** A real Guildhall for a test: the built server on an empty data folder, and people who use it. */
import { type ChildProcess, spawn } from "node:child_process";
import { on, once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { createClient, type GuildhallClient } from "@guildhall/api/client";

const root = path.resolve(import.meta.dirname, "..", "..", "..");
const PASSWORD = "correct horse battery";

export type Person = {
  id: string;
  name: string;
  email: string;
  password: string;
  /** Of a session, for what goes over plain HTTP. */
  token: string;
  /** The same person as a script: what a test needs to be there before the page is opened. */
  api: GuildhallClient;
};

export type Guildhall = {
  url: string;
  person(name: string): Promise<Person>;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** What it has printed since its last start: also the mails, as it has nothing to send them with. */
  output(): string;
  /** Again on the same port and data, as after a crash. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export async function startGuildhall(settings: Record<string, string> = {}): Promise<Guildhall> {
  const data = mkdtempSync(path.join(tmpdir(), "guildhall-e2e-"));
  let running = await launch(data, { PORT: "0", ...settings });
  const { url } = running;
  const clients: GuildhallClient[] = [];

  const kill = async (signal: NodeJS.Signals) => {
    if (running.child.exitCode !== null || running.child.signalCode !== null) return;
    const ended = once(running.child, "exit");
    running.child.kill(signal);
    await ended;
  };
  return {
    url,
    kill,
    output: () => running.output.join("\n"),
    async person(name) {
      const email = `${name.toLowerCase()}@example.com`;
      const door = createClient({ url });
      const { user, token } = await door.auth.register.mutate({ name, email, password: PASSWORD });
      const api = createClient({ url, token });
      clients.push(api);
      return { id: user.id, name, email, password: PASSWORD, token, api };
    },
    async restart() {
      running = await launch(data, { ...settings, PORT: new URL(url).port });
    },
    async stop() {
      await Promise.all(clients.map((client) => client.close()));
      await kill("SIGTERM");
      rmSync(data, { recursive: true, force: true });
    },
  };
}

type Running = { child: ChildProcess; url: string; output: string[] };

async function launch(data: string, settings: Record<string, string>): Promise<Running> {
  const child = spawn("node", [path.join(root, "apps/server/dist/main.js")], {
    cwd: data,
    env: { ...process.env, GUILDHALL_DATA: data, LOG_LEVEL: "warn", ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => output.push(line));
  const ready = async () => {
    for await (const [line] of on(lines, "line", { close: ["close"] })) {
      const url = /^Guildhall is ready at (\S+)$/.exec(line)?.[1];
      if (url) return url;
    }
  };
  const url = await ready();
  if (url) return { child, url, output };
  throw new Error("The server ended before it was ready: its own words are above.");
}
