/** A Redis of the test's own, which is ended, emptied or frozen while others use it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import { freePort } from "./server-with-postgres.ts";

export type TestingRedis = Awaited<ReturnType<typeof startTestingRedis>>;

export async function startTestingRedis() {
  const port = await freePort();
  let child: ChildProcess;
  const start = async () => {
    const args = [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
    ];
    child = spawn("redis-server", args, { stdio: "ignore" });
    await once(child, "spawn");
    for (;;) {
      try {
        if ((await command(port, "PING")).startsWith("+PONG")) return;
      } catch (error) {
        // Not listening yet: that is all it may be.
        if (child.exitCode !== null) throw error;
      }
    }
  };
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop,
    flushAll: () => command(port, "FLUSHALL"),
    /** Alive for the kernel, and deaf: connections stay open and nothing is answered. */
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
  };
}

/** Sends one command and answers the first thing that Redis says. */
async function command(port: number, words: string): Promise<string> {
  const socket = createConnection({ port, host: "127.0.0.1" });
  try {
    await once(socket, "connect");
    socket.write(`${words}\r\n`);
    const [answer] = await once(socket, "data");
    return String(answer);
  } finally {
    socket.destroy();
  }
}
