/** For fault tests: a real server process on a Postgres of the test's own, and ways to end both. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient, type GuildhallClient } from "@guildhall/api/client";
import { freePort } from "@guildhall/db/embedded";
import { startDisposablePostgres } from "@guildhall/db/testing";
import { call, type Program, startProgram } from "@guildhall/testing/program";
import { bundledServer } from "./bundled-server.ts";

export async function startServerWithPostgres(env: Record<string, string> = {}) {
  const postgres = await startDisposablePostgres();
  const dataFolder = mkdtempSync(path.join(tmpdir(), "guildhall-server-"));
  // The same port after a restart: clients come back to the address they know.
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const clients: GuildhallClient[] = [];
  let program: Program;
  const start = async () => {
    const settings = {
      DATABASE_URL: postgres.url,
      GUILDHALL_DATA: dataFolder,
      PORT: String(port),
      ...env,
    };
    program = startProgram(settings, bundledServer());
    await program.ready();
  };
  await start();
  return {
    url,
    postgres,
    start,
    port,
    program: () => program,
    /** The processes that serve, when they are several. Known on Linux only. */
    workers: () => childrenOf(program.child.pid),
    async kill() {
      program.child.kill("SIGKILL");
      await program.exited;
    },
    client(token: string): GuildhallClient {
      const client = createClient({ url, token });
      clients.push(client);
      return client;
    },
    async register(name: string): Promise<string> {
      const person = { email: `${name}@example.org`, password: "correct horse", name };
      return String((await call(url, "auth.register", person)).data.token);
    },
    async remove() {
      await Promise.all(clients.map((client) => client.close()));
      program.child.kill("SIGKILL");
      await program.exited;
      await postgres.remove();
      rmSync(dataFolder, { recursive: true });
    },
  };
}

export type ServerWithPostgres = Awaited<ReturnType<typeof startServerWithPostgres>>;

function childrenOf(pid: number | undefined): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(file) ? readFileSync(file, "utf8") : "";
  return children.split(" ").filter(Boolean).map(Number);
}

export function found<T>(value: T | null | undefined): T {
  if (value === undefined || value === null)
    throw new Error("The run itself is wrong: this must be there.");
  return value;
}

/** What a tool does when no answer came: the same call again, with the same ids. */
export async function untilAnswered<T>(
  ask: () => Promise<T>,
  giveUp: (error: unknown) => boolean,
): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (giveUp(error) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** The reason the server gave; null when it did not answer at all. */
export function reasonOf(error: unknown): string | null {
  const data = error instanceof Error && "data" in error ? error.data : null;
  return typeof data === "object" && data && "reason" in data ? String(data.reason) : null;
}

/** The whole feed, a page at a time. */
export async function readFeed(client: GuildhallClient, workspaceId: string) {
  const changes = [];
  for (let seq = 0, more = true; more; ) {
    const page = await client.changes.since.query({ workspaceId, seq });
    changes.push(...page.changes);
    seq = page.seq;
    more = !page.upToDate;
  }
  return changes;
}
